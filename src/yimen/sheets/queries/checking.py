"""Checks answers one by one: the good ones are kept even when others are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from yimen.kit.telling import named
from yimen.law.said import said
from yimen.sheets.choices import Kind, Sheet
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.reading import Unreadable, read
from yimen.sheets.queries.views import by_name


class FieldError(TypedDict):
    """The shape of `Invalid.errors`."""

    field: str
    code: str
    message: str


def check(
    sheet: Sheet, answers: Mapping[str, Any], *, today: date = date.max
) -> tuple[dict[str, Any], list[FieldError]]:
    """(plain values of the good answers, errors of the others). An emptied field is kept as None.

    today: a citizen number of somebody not yet born is wrong.
    Whether something is missing is not asked here: law.completeness says so, for the whole application.
    Codes: unknown_field too_long not_a_choice not_yes_or_no not_a_number not_a_date no_such_day not_a_phone
    bad_citizen_id bad_uscc bad_address no_such_division unknown_part not_a_table too_many_rows too_many_columns
    not_text.
    """
    fields = by_name(sheet)
    clean: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, raw in answers.items():
        field = fields.get(name)
        if field is None:
            errors.append(FieldError(field=str(name)[:64], code="unknown_field", message="表单中没有这一项。"))
            continue
        try:
            clean[name] = read(field, raw, today)
        except Unreadable as wrong:
            message = named(field.label, wrong.message)
            errors.append(FieldError(field=name, code=wrong.code, message=message))
    return _with_real_places(sheet, clean, errors)


def _with_real_places(
    sheet: Sheet, clean: dict[str, Any], errors: list[FieldError]
) -> tuple[dict[str, Any], list[FieldError]]:
    addresses = [field for field in sheet.form_fields if field.kind is Kind.ADDRESS and clean.get(field.name)]
    places = Places()
    for field in addresses:
        if not places.possible(clean[field.name]["division"]):
            message = named(field.label, said("请从列表中选择所在的区划。"))
            errors.append(FieldError(field=field.name, code="no_such_division", message=message))
            del clean[field.name]
    return clean, errors
