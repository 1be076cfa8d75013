"""Answers as people read them: check-your-answers, desk, paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from yimen.sheets.choices import FormField, Kind, Sheet
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.reading import empty
from yimen.sheets.queries.sections import sections
from yimen.sheets.queries.views import asked, label_and_unit


class Shown(NamedTuple):
    """One line; text "" when nothing was written. page: the place of its page among those of `pages`."""

    section: str
    label: str
    text: str
    name: str
    page: int


def show(sheet: Sheet, answers: Mapping[str, Any]) -> list[Shown]:
    """Every field that is asked, given the answers, with its value in words."""
    here_and_now, places = asked(sheet, answers), Places()
    all_pages = sections(sheet.form_fields)
    found = [(part.title, [one for one in part.fields if one.name in here_and_now]) for part in all_pages]
    pages = [(title, fields) for title, fields in found if fields]
    return [
        Shown(title, label_and_unit(one)[0], text(one, answers.get(one.name), places), one.name, place)
        for place, (title, fields) in enumerate(pages, 1)
        for one in fields
    ]


def text(field: FormField, value: Any, places: Places) -> str:
    """One value in words; a value that could not be read is shown as it was written."""
    if empty(value):
        return ""
    if field.kind is Kind.ADDRESS:
        return places.words(value)
    if field.kind is Kind.TABLE and isinstance(value, list):
        return "\n".join(_row(field, place, row) for place, row in enumerate(value, 1))
    if field.kind is Kind.DATE:
        return _day(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    unit = label_and_unit(field)[1]
    return f"{_number(value)} {unit}" if unit and field.kind is Kind.NUMBER else _number(value)


def _row(field: FormField, place: int, row: Any) -> str:
    if not isinstance(row, Mapping):
        return f"{place}. {row}"
    labels = {str(name): str(name) for name in row} | {column.name: column.label for column in field.table}
    cells = (f"{labels[name]} {_number(value)}" for name, value in row.items() if not empty(value))
    return f"{place}. {'，'.join(cells)}"


def _day(value: Any) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.year}年{day.month}月{day.day}日"


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) and abs(value) >= 10_000 else str(value)
