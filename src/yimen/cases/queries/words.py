"""The words for each entry of a case's story: what it is called, what it says, to whom it is told.

Templates speak to the applicant in plain sentences; a part between << and >> is left out when its fact is empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PART = re.compile(r"<<(.*?)>>")
_NAME = re.compile(r"\{(\w+)\}")


class Audience(IntEnum):
    """Who reads; each also reads what the one before may. PUBLIC: whoever has number and query password."""

    PUBLIC = 0
    APPLICANT = 1
    STAFF = 2


@dataclass(frozen=True)
class Words:
    """more: added for applicant and staff (grounds and contents). only_open: left out while it was a draft."""

    name: str | Promise
    text: str | Promise
    tone: str = "neutral"
    icon: str = "point"
    more: str | Promise = ""
    audience: Audience = Audience.PUBLIC
    only_open: bool = False

    @property
    def title(self) -> str:
        return str(self.name)

    def sentence(self, facts: Mapping[str, Any]) -> str:
        return _fill(str(self.text), facts)

    def addition(self, facts: Mapping[str, Any]) -> str:
        return _fill(str(self.more), facts)


def words_of(verb: str) -> Words | None:
    """None for entries that are nobody's news (saved answers, signatures, stored files)."""
    return _WORDS.get(verb)


def _fill(text: str, facts: Mapping[str, Any]) -> str:
    facts = {name: str(_LABELS.get((name, value), value)).rstrip("。") for name, value in facts.items()}
    kept = _PART.sub(lambda part: part[1] if all(facts.get(name) for name in _NAME.findall(part[1])) else "", text)
    return kept.format(**facts)


_LABELS: dict[tuple[str, Any], str | Promise] = {
    ("outcome", "grant"): _("准予"),
    ("outcome", "deny"): _("不予批准"),
    ("opinion", "agree"): _("同意"),
    ("opinion", "disagree"): _("不同意"),
    ("way", "window"): _("窗口领取"),
    ("way", "post"): _("邮寄"),
    ("way", "electronic"): _("电子送达"),
    ("verdict", "kept"): _("属实"),
    ("verdict", "false"): _("不实"),
}

_WORDS: dict[str, Words] = {
    "begun": Words(_("开始填写"), _("开始申请“{item}”。"), audience=Audience.APPLICANT, icon="pencil"),
    "submitted": Words(_("提交申请"), _("申请已提交。"), audience=Audience.APPLICANT, icon="send"),
    "receive": Words(_("收件"), _("{agency}已收到申请材料<<，将在{due}前告知是否受理>>。"), "info", "inbox"),
    "accept": Words(_("受理"), _("申请已受理<<，最迟{due}前作出决定>>。"), "info", "circle-check"),
    "deem-accepted": Words(
        _("视为受理"),
        _("逾期没有告知是否受理，依法自收到材料之日起视为受理（行政许可法第三十二条）<<，最迟{due}前作出决定>>。"),
        "info",
        "circle-check",
    ),
    "ask-supplement": Words(
        _("告知补正"),
        _("材料不齐全或者不符合要求，已一次性告知需要补正的全部内容<<，请在{due}前补齐>>。"),
        "warn",
        "file-plus",
        more=_("<<需要补正：{wanting}。>>"),
    ),
    "attached": Words(
        _("提交材料"), _("已提交<<“{material}”>>。"), audience=Audience.APPLICANT, only_open=True, icon="upload"
    ),
    "checked": Words(
        _("核对原件"), _("已与原件核对一致<<：“{material}”>>。"), audience=Audience.STAFF, icon="clipboard-check"
    ),
    "used_again": Words(
        _("再次使用材料"), _("以前交过的材料再次使用<<：“{material}”>>。"), audience=Audience.APPLICANT, icon="refresh"
    ),
    "committed": Words(
        _("签署承诺书"), _("以书面承诺代替<<“{material}”>>。"), audience=Audience.APPLICANT, icon="writing-sign"
    ),
    "commitment_checked": Words(
        _("核查承诺"),
        _("已核查承诺<<（“{material}”）>>：{verdict}。"),
        "info",
        "clipboard-check",
        more=_("<<情况：{ground}。>>"),
        audience=Audience.APPLICANT,
    ),
    "commitment_repaired": Words(
        _("修复承诺"),
        _("不实承诺已经修复。"),
        "good",
        "circle-check",
        audience=Audience.APPLICANT,
        more=_("<<理由：{ground}。>>"),
    ),
    "decision_revoked": Words(_("撤销决定"), _("原来的决定已经撤销。"), "bad", "ban", more=_("<<理由：{ground}。>>")),
    "promise_broken": Words(
        _("没有按期补交"),
        _("承诺后补的材料没有按期补交<<：{names}>>。"),
        "warn",
        "alert-triangle",
        audience=Audience.APPLICANT,
    ),
    "removed": Words(
        _("撤回材料"), _("已撤回<<“{material}”>>。"), audience=Audience.APPLICANT, only_open=True, icon="x"
    ),
    "supplement": Words(_("补正"), _("补正材料已收到<<，将在{due}前告知是否受理>>。"), "info", "inbox"),
    "refuse": Words(
        _("不予受理"), _("申请不予受理。"), "bad", "circle-x", more=_("<<理由：{ground}。>><<请向{body}申请。>>")
    ),
    "not-needed": Words(
        _("不受理"), _("该事项依法不需要办理，不予受理。"), "neutral", "circle-minus", more=_("<<理由：{ground}。>>")
    ),
    "opine": Words(_("审查"), _("“{step}”环节已完成。"), "info", "progress"),
    "pause": Words(
        _("特别程序开始"),
        _("进入特别程序“{ground}”，预计{days}个工作日，所需时间不计入办理期限（行政许可法第四十五条）。"),
        "warn",
        "player-pause",
        more=_("<<原因：{reason}。>>"),
    ),
    "resume": Words(
        _("特别程序结束"),
        _("特别程序“{ground}”已结束，继续计算办理期限<<，最迟{due}前作出决定>>。"),
        "info",
        "progress",
        more=_("<<结果：{result}。>>"),
    ),
    "extend": Words(
        _("延长期限"),
        _("经负责人批准，办理期限延长{days}个工作日<<，最迟{due}前作出决定>>（行政许可法第四十二条）。"),
        "warn",
        "calendar",
        more=_("<<理由：{ground}。>>"),
    ),
    "decide": Words(_("作出决定"), _("作出{outcome}的决定。"), "good", "gavel", more=_("<<理由：{ground}。>>")),
    "forward": Words(
        _("转报"),
        _("已将全部材料转报有权决定的机关。"),
        "neutral",
        "share-3",
        more=_("<<转报：{body}。>><<理由：{ground}。>>"),
    ),
    "drawn-up": Words(_("制作结果"), _("已制作<<：{names}>>，等待签发。"), audience=Audience.STAFF, icon="file-text"),
    "issue": Words(_("签发结果"), _("结果已签发<<：{names}>>。"), "good", "certificate"),
    "deliver": Words(_("送达"), _("结果已送达（{way}<<，快递单号{tracking}>>）。"), "good", "truck-delivery"),
    "close": Words(_("办结"), _("办件已办结。"), "good", "circle-check"),
    "withdraw": Words(_("撤回申请"), _("申请已撤回。"), "neutral", "arrow-back-up", more=_("<<理由：{ground}。>>")),
    "return": Words(
        _("退件"),
        _("本件已退回，您可以重新申请。"),
        "neutral",
        "arrow-back-up",
        more=_("<<理由：{ground}。>>"),
    ),
    "void": Words(_("作废"), _("本件已作废。"), "neutral", "ban", more=_("<<理由：{ground}。>>")),
    "eased": Words(
        _("要求减轻"),
        _("办事指南更新为第 {version} 版，减轻的要求也适用于本件。"),
        "good",
        "circle-check",
        more=_("<<{eased}。>>"),
    ),
    "promise-shortened": Words(_("期限缩短"), _("承诺期限缩短<<，最迟{due}前作出决定>>。"), "good", "calendar"),
    "due-moved": Words(_("期限调整"), _("工作日历有调整<<，期限改为{due}>>。"), "info", "calendar"),
    "paper_withdrawn": Words(
        _("文书撤销"), _("一份文书已撤销。"), "warn", "ban", more=_("<<理由：{ground}。>>"), audience=Audience.APPLICANT
    ),
}
