"""Whose power, on what basis, in which steps, with which codes (rules 9, 10, 12, 17, 18).

Rules in words: docs/rules/catalogue.md
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from yimen.law.said import said, several

from .finding import Hit
from .identifying import wrong_codes
from .shapes import Edition, Step

PERMIT, SERVICE, ENTRUSTED = "行政许可", "公共服务", "受委托组织"
APPROVERS = {"staffing": said("机构编制部门"), "legal": said("法制部门")}
# A step shows what happens in it by its kind, or by its words where it does several things at once (制证送达).
STAGES = {
    "受理": ("accept", re.compile("受理|收件|接件|接收")),
    "审核": ("review", re.compile("审查|审核|初审|复审|核查|核验|勘查|评审|审评|验收|比对|评估")),
    "审批": ("decide", re.compile("决定|批准|核准|审批|审定|认定|准予")),
    "办结": ("draw_up", re.compile("办结|制证|缮证|制卡|登簿|决定|批准|核准|审批|审定|发证|赋码")),
    "送达": ("deliver", re.compile("送达|发证|发放|颁发|领证|领取|支付|拨付|发卡")),
}
ELEMENTS: tuple[tuple[str, str, str, Callable[[Edition], object]], ...] = (
    ("codes", "编码", "基本编码", lambda d: d.codes.basic),
    ("codes", "编码", "实施编码", lambda d: d.codes.implementation),
    ("authority", "权力", "权力来源", lambda d: d.authority.source),
    ("authority", "权力", "实施主体性质", lambda d: d.authority.nature),
    ("authority", "权力", "权限划分", lambda d: d.authority.division),
    ("process", "办理过程", "办理流程", lambda d: d.process),
    ("process", "办理过程", "办理形式", lambda d: d.channels),
    ("process", "办理过程", "受理条件", lambda d: d.conditions),
    ("rights", "权利救济", "行政复议", lambda d: d.rights.reconsideration),
    ("rights", "权利救济", "行政诉讼", lambda d: d.rights.litigation),
    ("rights", "权利救济", "责任追究", lambda d: d.rights.accountability),
)


def hits(document: Edition, approvals: Collection[str] | None = None) -> Iterator[Hit]:
    """Everything about power, basis, steps, codes, approvals."""
    yield from _authority(document)
    yield from _basis(document)
    if document.kind == PERMIT:
        yield from _permit(document)
    yield from _elements(document)
    yield from wrong_codes(document.codes)
    missing = [name for code, name in APPROVERS.items() if approvals is not None and code not in approvals]
    if missing:
        yield Hit(
            "approvals_missing",
            "",
            said("没有{names}的审核同意。", names=several(missing)),
            "送机构编制部门、法制部门审核。",
        )


def _authority(document: Edition) -> Iterator[Hit]:
    authority = document.authority
    if authority.nature == ENTRUSTED and not (authority.entrusted_by or "").strip():
        sentence = "实施主体是受委托组织，没有写明委托部门。"
        yield Hit("entrusting_missing", "authority.entrusted_by", sentence, "写明受哪个部门委托。")


def _basis(document: Edition) -> Iterator[Hit]:
    if not document.legal_basis and document.kind != SERVICE:
        yield Hit(
            "legal_basis_missing",
            "legal_basis",
            said("{kind}没有写设定依据。", kind=said(document.kind)),
            "写明法律名称、文号和条款。",
        )
    for place, basis in enumerate(document.legal_basis):
        if not basis.article:
            sentence = said("设定依据《{title}》没有写到条款。", title=basis.title)
            yield Hit("basis_article_missing", f"legal_basis[{place}].article", sentence, "写明第几条。", basis.title)


def _permit(document: Edition) -> Iterator[Hit]:
    if not document.faq:
        yield Hit("faq_missing", "faq", "行政许可没有常见问题。", "写出群众问得最多的一个问题和解答。")
    absent = [name for name in STAGES if not any(_does(step, name) for step in document.steps)]
    if absent:
        yield Hit(
            "steps_incomplete",
            "steps",
            said("行政许可的流程缺少环节：{names}。", names=several(map(said, absent))),
            "补上环节，写明谁办、几天。",
        )


def _does(step: Step, stage: str) -> bool:
    kind, words = STAGES[stage]
    return step.kind == kind or bool(words.search(step.name))


def _elements(document: Edition) -> Iterator[Hit]:
    """One finding per part of the form, naming all that is missing in it."""
    missing: dict[tuple[str, str], list[str]] = {}
    for place, part, name, value in ELEMENTS:
        if document.kind == SERVICE and place == "rights":
            continue
        if not value(document):
            missing.setdefault((place, part), []).append(name)
    for (place, part), names in missing.items():
        yield Hit(
            "element_missing",
            place,
            said("{part}缺项：{names}。", part=said(part), names=several(map(said, names))),
            "按国家标准补齐。",
        )
