"""A field as its template `ui/fields/<kind>.html` wants it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from yimen.law.completeness import FieldNeed, asked_fields
from yimen.law.condition_tree import Differs, Equals, OneOf
from yimen.law.conditions import parse
from yimen.sheets.choices import Column, FormField, Kind, Sheet
from yimen.sheets.ports import Prefilled
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.values import empty
from yimen.sheets.queries.wording import label_and_unit, text, yuan

_AUTOCOMPLETE = {
    "person.name": "name",
    "person.phone": "tel",
    "person.residence_address": "street-address",
    "person.birth_date": "bday",
    "org.name": "organization",
    "org.contact_phone": "tel",
    "org.contact_name": "name",
}


class FieldView(TypedDict):
    """docs/ui.md section 3. visible: does its condition hold for the answers given?"""

    name: str
    label: str
    kind: str
    required: bool
    choices: list[str]
    value: Any
    error: str
    hint: str
    source: str
    columns: list[dict[str, Any]]
    unit: str
    autocomplete: str
    show_if: str
    visible: bool
    divisions: dict[str, list[dict[str, str]]]
    max_length: int
    statement: str
    signed: str
    files: list[dict[str, str]]


def needs(sheet: Sheet) -> list[FieldNeed]:
    """The fields as law.completeness counts them."""
    return [FieldNeed(one.name, one.label, one.kind.value, one.required, one.show_if) for one in sheet.form_fields]


def asked(sheet: Sheet, answers: Mapping[str, Any]) -> frozenset[str]:
    """The names of the fields that are asked, given these answers."""
    return asked_fields(needs(sheet), answers)


def view(
    field: FormField,
    answers: Mapping[str, Any],
    known: Mapping[str, Prefilled],
    errors: Mapping[str, str],
    places: Places,
    *,
    visible: bool = True,
) -> FieldView:
    """One field with its value: what was answered, else what is already known (and then where that comes from)."""
    label, unit = label_and_unit(field)
    prefilled = known.get(field.name)
    value = answers.get(field.name, prefilled.value if prefilled else None)
    taken = prefilled is not None and value == prefilled.value and not empty(value)
    return FieldView(
        name=field.name,
        label=label,
        kind=field.kind.value,
        required=field.required,
        choices=list(field.options),
        value=_typed(field, value, places),
        error=errors.get(field.name, ""),
        hint=field.hint,
        source=prefilled.note if prefilled and taken else "",
        columns=[column_view(column) for column in field.table] if field.kind is Kind.TABLE else [],
        unit=unit,
        autocomplete=_AUTOCOMPLETE.get(field.prefill or "", ""),
        show_if=_for_script(field.show_if),
        visible=visible,
        divisions=places.lists(value) if field.kind is Kind.ADDRESS else {},
        max_length=field.max_length,
        statement=field.statement or "",
        signed=text(field, value, places) if field.kind is Kind.SIGNATURE and _stamped(value) else "",
        files=[{"name": text(field, value, places)}] if field.kind is Kind.FILE and not empty(value) else [],
    )


def _typed(field: FormField, value: Any, places: Places) -> Any:
    """A value as its inputs show it."""
    if field.kind is Kind.ADDRESS:
        return places.parts(value)
    if field.kind is Kind.MONEY and isinstance(value, Mapping) and isinstance(value.get("cents"), int):
        return yuan(value["cents"]).replace(",", "")
    if field.kind is Kind.SIGNATURE and isinstance(value, Mapping):
        return str(value.get("name") or "")
    return value


def _stamped(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value.get("at"))


def by_name(sheet: Sheet) -> dict[str, FormField]:
    """The fields of a sheet by name."""
    return {field.name: field for field in sheet.form_fields}


def _for_script(show_if: str | None) -> str:
    """The script knows conditions on one field; a longer one is left to the server."""
    return show_if if show_if and isinstance(parse(show_if), Equals | Differs | OneOf) else ""


def column_view(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": column.label,
        "kind": column.type.value,
        "choices": list(column.choices or ()),
        "unit": column.unit,
    }
