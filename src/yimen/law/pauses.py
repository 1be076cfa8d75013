"""On which grounds a clock may stand still. Rule in words: docs/rules/pauses.md

许可法 45 names eight; the time they need must be told to the applicant in writing. An item may declare more (公示,
现场勘查) where its own legal basis says that they are not counted. Anything else is 违规挂起: stopped unlawfully.
"""

from __future__ import annotations

from collections.abc import Collection

from .refusals import Objection
from .said import said, several

ARTICLE = said("许可法第四十五条")

STATUTORY: tuple[str, ...] = (
    said("听证"), said("招标"), said("拍卖"), said("检验"), said("检测"), said("检疫"), said("鉴定"), said("专家评审"),
)  # fmt: skip
"""The grounds of 许可法 45, valid since 2004-07-01."""

BEYOND = said("事项实施清单载明的特别程序")


def statutory_ground(ground: str) -> str | None:
    """The ground of article 45 a name stands for: 听证（涉及重大利益关系） is 听证, 水质检测 is 检测; else None."""
    head = ground.split("（", 1)[0].split("(", 1)[0].strip()
    return next((known for known in STATUTORY if head.startswith(known) or head.endswith(known)), None)


def check(ground: str, *, declared: Collection[str] = (), planned_days: int | None, reason: str) -> Objection | None:
    """May the clock stop on this ground?

    ground: as asked for; declared: the special procedures of the case's edition that are not counted towards its limit;
    planned_days: working days told to the applicant; reason: why it is needed. None: it may.
    """
    if not ground.strip():
        return Objection("ground_missing", "请选择特别程序的种类。", ARTICLE)
    if statutory_ground(ground) is None and ground not in declared:
        named = several(said(each) for each in dict.fromkeys((*STATUTORY, *declared)))
        sentence = said("“{ground}”不能暂停计时；可以暂停的有：{named}。", ground=ground, named=named)
        return Objection("ground_not_allowed", sentence, ARTICLE)
    if planned_days is None or planned_days < 1:
        return Objection("planned_days_missing", "须书面告知申请人所需时间，请填写至少1个工作日。", ARTICLE)
    if not reason.strip():
        return Objection("reason_missing", "请填写启动特别程序的理由或依据。", ARTICLE)
    return None


def is_declared(ground: str, declared: Collection[str]) -> bool:
    """Does the edition itself declare this procedure? One that it does not is reported to supervision (T10)."""
    return ground in declared


def cited(ground: str) -> str:
    """The ground with the provision it rests on, for a reckoning: 听证（许可法第四十五条）."""
    if not ground:
        return said("暂停计时")
    if "第" in ground and "条" in ground:
        return ground
    return said("{ground}（{source}）", ground=said(ground), source=ARTICLE if statutory_ground(ground) else BEYOND)
