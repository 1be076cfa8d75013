"""A package in the making as the form of its editor, and the form back as a document, fit or not.

Items, licences and departments are written by their names, conditions as 问题=答案: an editor need know no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from django.utils.translation import gettext as _

from yimen.catalog.choices.words import Audience
from yimen.catalog.models import Item
from yimen.catalog.queries.packaging.listing import item_names
from yimen.city.queries import agencies
from yimen.law.condition_tree import Condition, Equals, Every, OneOf
from yimen.law.conditions import ConditionError, parse
from yimen.vault.queries import kinds

YES, NO = "是", "否"
PLAIN = ("name", "life_event", "basis", "description", "lead_department")
SPLIT = re.compile(r"[、,，;；\n]+")
_LEAD = re.compile(r"^\s*(?P<question>.+?)\s*[=＝]\s*(?P<answers>.+?)\s*$")

Raw = dict[str, Any]


def fields(raw: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The editor's form by section, as the field templates want it."""
    return {
        "about": _about(raw),
        "questions": [_questions(raw)],
        "items": [_items(raw)],
        "shared": _shared(raw),
        "external": [_external(raw)],
    }


def every_field(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All of them, for reading a post."""
    return [field for section in fields(raw).values() for field in section]


def document_of(values: Mapping[str, Any], before: Mapping[str, Any]) -> Raw:
    """What the form says, as a document; what the form doesn't show stays as it was."""
    found: Raw = {**before}
    for name in PLAIN:
        found[name] = str(values.get(name) or "").strip()
    found["basis"] = found["basis"] or None
    found["subjects"] = list(values.get("subjects") or [])
    found["questions"] = [_question(row) for row in values.get("questions") or []]
    slugs = _slugs([str(row.get("item") or "") for row in values.get("items") or []])
    found["items"] = [_item(row, slugs, found["questions"]) for row in values.get("items") or []]
    found["shared_materials"] = lines(values.get("shared_materials"))
    known = {kind.name: code for code, kind in kinds().items()}
    found["shared_licences"] = [known.get(each, each) for each in lines(values.get("shared_licences"))]
    found["everyday_words"] = lines(values.get("everyday_words"))
    found["external_steps"] = [
        {"name": row.get("name", ""), "department": row.get("department", "")} for row in values.get("external") or []
    ]
    return found


def values_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A document as the values of the form."""
    return {field["name"]: field["value"] for field in every_field(raw)}


def condition_in_words(when: str | None, questions: Sequence[Mapping[str, Any]]) -> str:
    """经营主体形式=企业, where the condition is as plain as that; else as it is written."""
    if not when:
        return ""
    labels = {str(each.get("name")): str(each.get("label")) for each in questions}
    try:
        return _said(parse(when), labels) or when
    except ConditionError:
        return when


def condition_from_words(said: str, questions: Sequence[Mapping[str, Any]]) -> str | None:
    """The condition that an editor wrote as 问题=答案, 且 between several; others stay as written, to be checked."""
    said = said.strip()
    if not said:
        return None
    names = {str(each.get("label")): str(each.get("name")) for each in questions}
    names |= {name: name for name in names.values()}
    parts = []
    for part in re.split(r"\s*且\s*", said):
        found = _LEAD.match(part)
        if found is None or "'" in part or found["question"] not in names:
            return said
        answers = [each.strip() for each in re.split(r"\s*(?:/|或)\s*", found["answers"])]
        name = names[found["question"]]
        parts.append(str(Equals(name, answers[0]) if len(answers) == 1 else OneOf(name, tuple(answers))))
    return " and ".join(parts)


def lines(text: Any) -> list[str]:
    """One thing a line, or between commas; none twice."""
    return list(dict.fromkeys(each.strip() for each in SPLIT.split(str(text or "")) if each.strip()))


def _said(condition: Condition, labels: Mapping[str, str]) -> str:
    match condition:
        case Equals(field=name, value=str(value)) if name in labels:
            return f"{labels[name]}={value}"
        case OneOf(field=name, values=values) if name in labels and all(isinstance(each, str) for each in values):
            return f"{labels[name]}={'/'.join(str(each) for each in values)}"
        case Every(parts=parts):
            said = [_said(part, labels) for part in parts]
            return " 且 ".join(said) if all(said) else ""
    return ""


def _about(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    offices = dict.fromkeys((each.department, each.name) for each in agencies() if each.division.code.endswith("00"))
    departments = [{"value": code, "label": name} for code, name in offices]
    return [
        _field("name", _("名称"), raw, required=True),
        _field("description", _("一句话说明"), raw, kind="textarea", required=True),
        _field("life_event", _("人生或者企业大事"), raw, required=True, hint=_("例如：出生、结婚、企业准营")),
        _field("subjects", _("谁可以申请"), raw, kind="multi", choices=list(get_args(Audience))),
        _field("lead_department", _("牵头部门"), raw, kind="choice", required=True, choices=departments),
        _field("basis", _("联办依据"), raw, kind="textarea"),
        _lines("everyday_words", _("大家怎么叫它"), raw, hint=_("一行一个，搜索时用得上。例如：开饭店")),
    ]


def _questions(raw: Mapping[str, Any]) -> dict[str, Any]:
    rows = [
        {
            "label": each.get("label", ""),
            "name": each.get("name", ""),
            "choices": "、".join(each.get("choices") or []),
            "hint": each.get("hint", ""),
        }
        for each in raw.get("questions") or []
    ]
    columns = [
        _column("label", _("问题")),
        _column("choices", _("选项（用、隔开）")),
        _column("hint", _("提示")),
        _column("name", _("代码（小写英文）")),
    ]
    return _table("questions", _("问题"), rows, columns)


def _items(raw: Mapping[str, Any]) -> dict[str, Any]:
    listed = raw.get("items") or []
    names = item_names([slug for each in listed for slug in [each.get("slug", ""), *(each.get("depends_on") or [])]])
    questions = raw.get("questions") or []
    rows = [
        {
            "item": names.get(each.get("slug", ""), each.get("slug", "")),
            "order": str(each.get("order", "")),
            "parallel": YES if each.get("parallel") else NO,
            "required": YES if each.get("required") else NO,
            "when": condition_in_words(each.get("when"), questions),
            "stage": each.get("stage") or "",
            "after": "、".join(names.get(slug, slug) for slug in each.get("depends_on") or []),
        }
        for each in listed
    ]
    columns = [
        _column("item", _("事项（名称或者代码）")),
        _column("order", _("顺序"), "number"),
        _column("parallel", _("与同序的同时办"), "choice", [YES, NO]),
        _column("required", _("必办"), "choice", [YES, NO]),
        _column("when", _("什么情形要办（问题=选项）")),
        _column("stage", _("阶段")),
        _column("after", _("只等哪些事项（不填：等前面全部）")),
    ]
    return _table("items", _("事项"), rows, columns)


def _shared(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    known = {code: kind.name for code, kind in kinds().items()}
    named = {**raw, "shared_licences": [known.get(each, each) for each in raw.get("shared_licences") or []]}
    return [
        _lines("shared_materials", _("几个事项都要的同一份材料"), raw, hint=_("一行一个，写材料的通用名称")),
        _lines("shared_licences", _("几个事项都要的同一种证照"), named, hint=_("一行一个，写证照名称")),
    ]


def _external(raw: Mapping[str, Any]) -> dict[str, Any]:
    rows = [
        {"name": each.get("name", ""), "department": each.get("department", "")}
        for each in raw.get("external_steps") or []
    ]
    offices = dict.fromkeys((each.department, each.name) for each in agencies() if each.division.code.endswith("00"))
    choices = [{"value": code, "label": name} for code, name in offices]
    columns = [_column("name", _("要办什么")), _column("department", _("找谁"), "choice", choices)]
    return _table("external", _("在别处办的"), rows, columns)


def _question(row: Mapping[str, str]) -> Raw:
    found: Raw = {"name": row.get("name", ""), "label": row.get("label", ""), "choices": lines(row.get("choices"))}
    return found | ({"hint": row["hint"]} if row.get("hint") else {})


def _item(row: Mapping[str, str], slugs: Mapping[str, str], questions: Sequence[Mapping[str, Any]]) -> Raw:
    said = row.get("item", "")
    order = row.get("order", "")
    after = lines(row.get("after"))
    found: Raw = {
        "slug": slugs.get(said, said),
        "order": int(order) if order.isdecimal() else order or 1,
        "required": row.get("required") == YES,
        "when": condition_from_words(row.get("when", ""), questions),
        "stage": row.get("stage") or None,
        "parallel": row.get("parallel") == YES,
    }
    if after:
        known = {**slugs, **_slugs(after)}
        found["depends_on"] = [known.get(each, each) for each in after]
    return found


def _slugs(said: Sequence[str]) -> dict[str, str]:
    """{as written: slug} for items written by their name."""
    rows = Item.objects.filter(name__in=list(said)).values_list("name", "slug")
    return dict(rows)


def _field(name: str, label: str, raw: Mapping[str, Any], *, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": kind, "required": False, "value": raw.get(name) or "", **more}


def _lines(name: str, label: str, raw: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return _field(name, label, {name: "\n".join(raw.get(name) or [])}, kind="textarea", **more)


def _column(name: str, label: str, kind: str = "text", choices: Sequence[Any] = ()) -> dict[str, Any]:
    return {"name": name, "label": label, "kind": kind, "choices": list(choices), "unit": ""}


def _table(name: str, label: str, rows: list[dict[str, str]], columns: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name, "label": label, "kind": "table", "required": True, "value": rows or [{}], "columns": columns,
    }  # fmt: skip
