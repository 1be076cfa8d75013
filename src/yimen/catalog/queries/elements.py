"""Every element of an edition as label and value, in groups: for the desk's page, and to tell two editions apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yimen.catalog.choices import EditionDocument
from yimen.catalog.choices.labels import LABELS, label
from yimen.catalog.choices.steps import StepKind
from yimen.catalog.queries.condition_words import condition_words
from yimen.city import queries as city
from yimen.law.form_rules import RuleKind
from yimen.sheets.choices import ColumnKind, Kind, Part, code_lists
from yimen.sheets.queries import library
from yimen.ui.words import plain_date
from yimen.vault.queries import kinds

GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("identity", gettext_lazy("事项和编码"), (
        "name", "slug", "code", "codes", "kind", "everyday_words", "department", "agency", "level", "inherits",
        "confidence",
    )),
    ("authority", gettext_lazy("权力和依据"), ("authority", "legal_basis", "market", "oversight")),
    ("audience", gettext_lazy("服务对象和主题"), ("subjects", "theme", "person_themes", "firm_themes", "life_event")),
    ("conditions", gettext_lazy("受理条件和数量"), (
        "conditions", "quota", "commitment", "commitment_public", "commitment_days", "tolerance_days",
    )),
    ("materials", gettext_lazy("申请材料"), ("materials",)),
    ("form", gettext_lazy("表单"), ("form_fields", "form_rules")),
    ("limits", gettext_lazy("办理时限"), (
        "case_type", "statutory_days", "statutory_unit", "statutory_note", "promised_days", "promised_unit",
        "promised_note", "special_procedures", "special_note", "joint",
    )),
    ("process", gettext_lazy("办理流程"), ("process", "steps")),
    ("ways", gettext_lazy("办理方式"), (
        "channels", "visits", "visits_reason", "online_depth", "online", "in_hall", "terminals", "appointment", "post",
        "delivery", "cross_city", "scope",
    )),
    ("fees", gettext_lazy("收费"), ("fee",)),
    ("results", gettext_lazy("办理结果"), ("results",)),
    ("places", gettext_lazy("地点和联系方式"), ("places", "contacts")),
    ("agents", gettext_lazy("中介服务"), ("agents",)),
    ("rights", gettext_lazy("权利、义务和救济"), ("rights",)),
    ("faq", gettext_lazy("常见问题"), ("faq",)),
    ("manual", gettext_lazy("业务手册"), ("manual",)),
)  # fmt: skip

KINDS = {
    Kind.TEXT: gettext_lazy("文字"), Kind.TEXTAREA: gettext_lazy("多行文字"), Kind.CHOICE: gettext_lazy("单选"),
    Kind.MULTI: gettext_lazy("多选"), Kind.BOOLEAN: gettext_lazy("是或否"), Kind.NUMBER: gettext_lazy("数字"),
    Kind.DATE: gettext_lazy("日期"), Kind.PHONE: gettext_lazy("电话"), Kind.IDCARD: gettext_lazy("公民身份号码"),
    Kind.USCC: gettext_lazy("统一社会信用代码"), Kind.ADDRESS: gettext_lazy("地址"), Kind.TABLE: gettext_lazy("表格"),
    Kind.FILE: gettext_lazy("文件"), Kind.PERIOD: gettext_lazy("起止日期"), Kind.MONEY: gettext_lazy("金额"),
    Kind.DECLARATION: gettext_lazy("承诺声明"), Kind.SIGNATURE: gettext_lazy("签名"),
}  # fmt: skip

RULES = {
    RuleKind.ORDER: gettext_lazy("先后顺序"), RuleKind.ONE_OF: gettext_lazy("至少填一项"),
    RuleKind.EQUAL: gettext_lazy("应当一致"), RuleKind.DIFFER: gettext_lazy("不能相同"),
    RuleKind.COMPARE: gettext_lazy("比较大小"), RuleKind.SUM: gettext_lazy("合计"),
    RuleKind.DISTANCE: gettext_lazy("相隔天数"),
}  # fmt: skip

CONFIDENCE = {"high": gettext_lazy("高"), "medium": gettext_lazy("中"), "low": gettext_lazy("低")}

# Fields whose value is said otherwise than it stands: by name, given the labels of the form's fields.
SPECIAL: Mapping[str, Callable[[Any, Mapping[str, str]], str]] = {
    "show_if": condition_words,
    "department": lambda code, labels: _named(code, department=code),
    "agency": lambda code, labels: _named(code, code=code) if code else "",
    "licence_type": lambda code, labels: kinds()[code].name if code in kinds() else said(code),
    "amount_cents": lambda cents, labels: "" if cents is None else _("%(n)s 元") % {"n": f"{cents / 100:.2f}"},
    "element": lambda code, labels: each.name if (each := library().get(code)) else said(code),
    "code_list": lambda key, labels: code_lists()[key].name if key else "",
    "fields": lambda names, labels: "、".join(_field(name, labels) for name in names),
    "confidence": lambda word, labels: str(CONFIDENCE.get(word, said(word))),
    "file": lambda file, labels: _("平台保存的文件（%(id)s）") % {"id": file[:8]} if file else "",
}


def _field(name: str, labels: Mapping[str, str]) -> str:
    owner, _dot, column = name.partition(".")
    return f"{labels.get(owner, owner)} · {column}" if column else labels.get(name, name)


def _named(otherwise: str, **asked: str) -> str:
    """The name of the highest agency that is meant; the code itself of one that the city doesn't have."""
    found = city.agencies().filter(**asked).order_by("division__path", "code").values_list("name", flat=True).first()
    return found or otherwise


@dataclass(frozen=True)
class Element:
    """One field. place: where in the document, as `materials[m01].name`; value: in words, "" where nothing is said."""

    place: str
    label: str
    value: str

    @property
    def filled(self) -> bool:
        """Does the document say anything here?"""
        return bool(self.value)


@dataclass(frozen=True)
class Entry:
    """One of several alike: a material, a step. title: what it is called."""

    title: str
    rows: tuple[Element, ...]


@dataclass(frozen=True)
class Group:
    """A chapter of the document: its plain fields, and its lists of entries under the list's own label."""

    key: str
    title: str
    rows: tuple[Element, ...]
    lists: tuple[tuple[str, tuple[Entry, ...]], ...]

    @property
    def filled(self) -> tuple[Element, ...]:
        """The rows that say something."""
        return tuple(row for row in self.rows if row.filled)

    @property
    def blank(self) -> tuple[str, ...]:
        """The labels of what is not filled in yet."""
        return tuple(row.label for row in self.rows if not row.filled)


def elements(document: EditionDocument) -> list[Group]:
    """All fields of the document, in the order in which an editor thinks of them."""
    return [_group(key, str(title), names, document, _labels(document)) for key, title, names in GROUPS]


def part_elements(part: Part, document: EditionDocument, place: str = "") -> tuple[Element, ...]:
    """The fields of one part (a material, a step), which may belong to another edition of the same item."""
    return tuple(_rows(part, f"{place}." if place else "", _labels(document)))


def said(value: Any) -> str:
    """A value in words: no code, no English, nothing of how it is stored."""
    if value is None or value == "" or value == () or value == {}:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Kind | ColumnKind):
        return str(KINDS[Kind(value.value)])
    if isinstance(value, RuleKind):
        return str(RULES[value])
    if isinstance(value, StepKind):
        return value.label
    if isinstance(value, StrEnum | str):
        return str(value)
    if isinstance(value, date):
        return plain_date(value)
    if isinstance(value, Part):
        return _("；").join(f"{row.label}：{row.value}" for row in _rows(value, "", {}) if row.filled)
    return _collected(value)


def _collected(value: Any) -> str:
    if isinstance(value, tuple):
        parts = [said(each) for each in value]
        return ("\n" if any(isinstance(each, Part) or len(each) > 30 for each in value) else "、").join(parts)
    if isinstance(value, dict):
        return _("；").join(f"{key} {said(each)}" for key, each in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _labels(document: EditionDocument) -> dict[str, str]:
    return {field.name: field.label for field in document.form_fields}


def _value(name: str, value: Any, labels: Mapping[str, str]) -> str:
    return SPECIAL[name](value, labels) if name in SPECIAL else said(value)


def _group(key: str, title: str, names: tuple[str, ...], document: EditionDocument, labels: Mapping[str, str]) -> Group:
    """A part among the document's fields (codes, fee) is spread out: its fields stand among the group's."""
    rows: list[Element] = []
    lists: list[tuple[str, tuple[Entry, ...]]] = []
    for name in names:
        value = getattr(document, name)
        spread = isinstance(value, Part)
        owner = value if spread else document
        for each in type(value).model_fields if spread else (name,):
            held, place = getattr(owner, each), f"{name}.{each}" if spread else each
            if _is_list_of_parts(held):
                lists.append((label(type(owner), each), tuple(_entries(held, place, labels))))
            else:
                rows.append(Element(place, label(type(owner), each), _value(each, held, labels)))
    return Group(key, title, tuple(rows), tuple(lists))


def _is_list_of_parts(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Part)


def _entries(parts: tuple[Part, ...], place: str, labels: Mapping[str, str]) -> Iterator[Entry]:
    for number, part in enumerate(parts, 1):
        yield Entry(_title(part, number), tuple(_rows(part, f"{place}[{_key(part, number)}].", labels)))


def _rows(part: Part, prefix: str, labels: Mapping[str, str]) -> Iterator[Element]:
    for name in LABELS[type(part)]:
        yield Element(f"{prefix}{name}", label(type(part), name), _value(name, getattr(part, name), labels))


def _title(part: Part, number: int) -> str:
    named = next((str(value) for name in ("label", "name", "title", "q", "subject") if (value := _of(part, name))), "")
    return named or _("第 %(n)s 项") % {"n": number}


def _key(part: Part, number: int) -> str:
    return str(_of(part, "key") or _of(part, "name") or number)


def _of(part: Part, name: str) -> Any:
    return getattr(part, name, None)
