"""What a widget offers to choose from, each with its Chinese word; what is stored beside it stays choosable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yimen.catalog.choices import EditionDocument, Result
from yimen.catalog.choices.elements import DiscretionInput
from yimen.catalog.choices.material import Material
from yimen.catalog.choices.steps import LABELS as STEPS
from yimen.catalog.queries.editing.conditions import NO, YES
from yimen.catalog.queries.editing.nodes import Fields, Node, walk
from yimen.catalog.queries.elements import CONFIDENCE, KINDS, RULES
from yimen.city import queries as city
from yimen.law.catalogue.themes import FIRM, PERSON
from yimen.sheets.choices import FormField, FormRule, code_lists
from yimen.vault.queries import kinds

Pairs = Iterable[tuple[str, Any]]
WORDS: dict[str, Any] = {
    **{kind.value: word for kind, word in KINDS.items()},
    **{kind.value: word for kind, word in STEPS.items()},
    **{kind.value: word for kind, word in RULES.items()},
    **CONFIDENCE,
}
SUGGESTED = {
    "person.name": gettext_lazy("姓名"), "person.id_number": gettext_lazy("证件号码"),
    "person.phone": gettext_lazy("手机号码"), "person.residence_address": gettext_lazy("居住地址"),
    "person.birth_date": gettext_lazy("出生日期"), "org.name": gettext_lazy("单位名称"),
    "org.uscc": gettext_lazy("统一社会信用代码"), "org.legal_rep_name": gettext_lazy("法定代表人姓名"),
    "org.legal_rep_id_number": gettext_lazy("法定代表人证件号码"), "org.address": gettext_lazy("住所"),
    "org.contact_name": gettext_lazy("联系人"), "org.contact_phone": gettext_lazy("联系电话"),
}  # fmt: skip


def _departments(_document: Mapping[str, Any]) -> Pairs:
    own = city.own_city()
    found: dict[str, str] = {}
    for agency in city.agencies().order_by("division__path", "code"):
        if own is None or agency.division_id == own.pk or agency.department not in found:
            found.setdefault(agency.department, agency.name)
    return sorted(found.items(), key=lambda pair: pair[1])


def _agencies(document: Mapping[str, Any]) -> Pairs:
    rows = city.agencies().filter(department=str(document.get("department") or ""))
    return list(rows.order_by("division__path", "code").values_list("code", "name"))


def _licences(_document: Mapping[str, Any]) -> Pairs:
    return sorted(((code, kind.name) for code, kind in kinds().items()), key=lambda pair: pair[1])


SOURCES: dict[tuple[type, str], Callable[[Mapping[str, Any]], Pairs]] = {
    (FormField, "code_list"): lambda document: ((key, each.name) for key, each in code_lists().items()),
    (EditionDocument, "department"): _departments,
    (EditionDocument, "agency"): _agencies,
    (EditionDocument, "confidence"): lambda document: CONFIDENCE.items(),
    (EditionDocument, "person_themes"): lambda document: ((name, name) for name in PERSON.values()),
    (EditionDocument, "firm_themes"): lambda document: ((name, name) for name in FIRM.values()),
    (Material, "licence_type"): _licences,
    (Result, "licence_type"): _licences,
}


OF_FORM = {(FormRule, "fields"): True, (DiscretionInput, "field"): False}
"""Which take a field of the form; True: also a column of a table."""


def form_choices(fields: Fields, *, columns: bool) -> list[tuple[str, str]]:
    """The form's fields by name, with their labels; a column of a table as `table.column`."""
    found = []
    for each in fields:
        name, label = str(each.get("name") or ""), str(each.get("label") or each.get("name") or "")
        held = each.get("columns")
        inside = [one for one in held if isinstance(one, Mapping)] if isinstance(held, list | tuple) and columns else []
        found += [(name, label)] if name else []
        found += [
            (f"{name}.{one['name']}", f"{label} · {one.get('label') or one['name']}")
            for one in inside
            if name and one.get("name")
        ]
    return found


def dress(nodes: list[Node], document: Mapping[str, Any], fields: Fields) -> None:
    """Give every widget of a page what it offers."""
    known: dict[tuple[type, str], list[tuple[str, Any]]] = {}
    for node in walk(nodes):
        key = (node.spec.part, node.spec.field)
        if key in OF_FORM:
            node.options = _choices(form_choices(fields, columns=OF_FORM[key]), node.shown)
        elif node.kind in ("choice", "multi"):
            if key not in known:
                known[key] = list(SOURCES[key](document)) if key in SOURCES else _own(node)
            node.options = _choices(known[key], node.shown)
        elif node.kind == "condition":
            node.options = values_of(node.shown.field, node.shown.values, fields)


def suggestions() -> list[tuple[str, str]]:
    """Where a field of the form may be prefilled from: (path, in words)."""
    licences = [
        (f"licence.{code}.{key}", f"{kind.name}：{key}") for code, kind in kinds().items() for key in kind.key_fields
    ]
    return [*((path, str(words)) for path, words in SUGGESTED.items()), *licences]


def condition_fields(fields: Fields, chosen: str) -> list[dict[str, Any]]:
    """The fields that a condition may look at, and what each can be."""
    found = [
        {"value": str(field["name"]), "label": str(field.get("label") or field["name"]), "values": _values(field)}
        for field in fields
        if field.get("name")
    ]
    if chosen and chosen not in {each["value"] for each in found}:
        found.append({"value": chosen, "label": _("{name}（表单里没有）").format(name=chosen), "values": []})
    return found


def values_of(name: str, chosen: Iterable[str], fields: Fields) -> list[dict[str, Any]]:
    """The values of a field to choose from; none for one that is written freely."""
    field = next((each for each in fields if each.get("name") == name), {})
    held = list(chosen)
    return _choices([(each["value"], each["label"]) for each in _values(field)], held) if _values(field) else []


def _values(field: Mapping[str, Any]) -> list[dict[str, str]]:
    if field.get("type") == "boolean":
        return [{"value": YES, "label": _("是")}, {"value": NO, "label": _("否")}]
    listed = code_lists().get(str(field.get("code_list") or ""))
    choices = field.get("choices") or (list(listed.names) if listed else None)
    return [{"value": str(each), "label": str(each)} for each in choices] if isinstance(choices, list) else []


def _own(node: Node) -> list[tuple[str, Any]]:
    return [(value, WORDS.get(value, value)) for value in node.spec.options]


def _choices(pairs: list[tuple[str, Any]], shown: str | list[str]) -> list[dict[str, Any]]:
    held = shown if isinstance(shown, list) else [shown] if shown else []
    known = {value for value, _label in pairs}
    strange = [(value, _("{value}（不在列表中）").format(value=value)) for value in held if value not in known]
    return [{"value": value, "label": str(label), "chosen": value in held} for value, label in [*pairs, *strange]]
