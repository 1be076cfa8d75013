"""Answers as people read them: check-your-answers, desk, paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from yimen.sheets.choices import FormField, Kind, Sheet
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.sections import sections
from yimen.sheets.queries.values import empty
from yimen.sheets.queries.views import asked
from yimen.sheets.queries.wording import label_and_unit, text


class Shown(NamedTuple):
    """One line; text "" when nothing was written. page: the place of its page among those of `pages`; file: was it

    answered with a file (`filing.file_of`)?
    """

    section: str
    label: str
    text: str
    name: str
    page: int
    file: bool = False


def show(sheet: Sheet, answers: Mapping[str, Any]) -> list[Shown]:
    """Every field that is asked, given the answers, with its value in words."""
    here_and_now, places = asked(sheet, answers), Places()
    all_pages = sections(sheet.form_fields)
    found = [(part.title, [one for one in part.fields if one.name in here_and_now]) for part in all_pages]
    pages = [(title, fields) for title, fields in found if fields]
    return [
        _line(title, one, answers.get(one.name), places, place)
        for place, (title, fields) in enumerate(pages, 1)
        for one in fields
    ]


def _line(section: str, field: FormField, value: Any, places: Places, page: int) -> Shown:
    filed = field.kind is Kind.FILE and not empty(value)
    return Shown(section, label_and_unit(field)[0], text(field, value, places), field.name, page, file=filed)
