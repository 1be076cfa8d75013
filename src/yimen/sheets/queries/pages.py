"""The fields of a form on pages of one topic each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yimen.sheets.choices import FormField, Sheet
from yimen.sheets.ports import Prefilled
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.sections import Section, controller, sections
from yimen.sheets.queries.views import FieldView, asked, view


@dataclass(frozen=True)
class Page:
    """One page: its place (from 1), heading, fields, and the names whose answers it brings."""

    place: int
    title: str
    fields: tuple[FieldView, ...]

    @property
    def names(self) -> frozenset[str]:
        """The fields that a post of this page speaks of."""
        return frozenset(field["name"] for field in self.fields)


def pages(
    sheet: Sheet,
    answers: Mapping[str, Any],
    known: Mapping[str, Prefilled] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Page]:
    """All pages that have something to ask. A field whose condition doesn't hold stays only beside the field that

    decides it (the script shows and hides it there); on a page of its own it would never be asked.
    """
    here_and_now = asked(sheet, _believed(answers, known or {}))
    places = Places()
    built = []
    for section in sections(sheet.form_fields):
        shown = [one for one in section.fields if one.name in here_and_now or _decided_here(one, section)]
        if shown:
            faces = [
                view(one, answers, known or {}, errors or {}, places, visible=one.name in here_and_now) for one in shown
            ]
            built.append((section.title, tuple(_without_far_conditions(faces, section))))
    return [Page(place, title, fields) for place, (title, fields) in enumerate(built, 1)]


def fields_for(
    sheet: Sheet,
    answers: Mapping[str, Any],
    known: Mapping[str, Prefilled] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[FieldView]:
    """All fields that are asked, given the answers, in the order of the file."""
    here_and_now = asked(sheet, _believed(answers, known or {}))
    places = Places()
    return [
        view(one, answers, known or {}, errors or {}, places) for one in sheet.form_fields if one.name in here_and_now
    ]


def _believed(answers: Mapping[str, Any], known: Mapping[str, Prefilled]) -> dict[str, Any]:
    return {name: prefilled.value for name, prefilled in known.items()} | dict(answers)


def _decided_here(one: FormField, section: Section) -> bool:
    return controller(one) in {other.name for other in section.fields}


def _without_far_conditions(faces: list[FieldView], section: Section) -> list[FieldView]:
    """A condition on a field of another page can't change while this one is open: the script needn't look for it."""
    near = {one.name for one in section.fields if _decided_here(one, section)}
    return [face if face["name"] in near else {**face, "show_if": ""} for face in faces]
