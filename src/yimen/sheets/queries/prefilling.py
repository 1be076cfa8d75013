"""What is already known about a person or firm, field by field: of several sources the most trusted (law.prefill)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings

from yimen.city import queries as city
from yimen.kit.time import day_of
from yimen.law.prefill import disagreeing, ranked
from yimen.sheets.choices import FormField, Kind, Sheet
from yimen.sheets.ports import TRUSTED, Origin, Prefilled, known
from yimen.sheets.queries.elements import Library, library
from yimen.sheets.queries.reading import Unreadable, empty, read

NEVER = frozenset({"file", "declaration", "signature"})
"""Kinds that are never filled in for somebody: what is handed in, promised, signed."""

More = Mapping[str, Sequence[Prefilled]]


def prefill(
    sheet: Sheet, subject_ids: Sequence[int], at: datetime, *, more: More | None = None
) -> dict[str, Prefilled]:
    """{field: the best that is known}, asking the sources for each subject (the firm, then whoever acts for it).

    more: what a later room knows besides, by field. A value that the field itself would refuse is left out. A written
    address brings its divisions with it. Trusted sources that say otherwise stand in `others`.
    """
    fields = [field for field in sheet.form_fields if field.kind.value not in NEVER]
    paths = paths_of(fields)
    wanted = {path for some in paths.values() for path in some}
    told = [known(subject, wanted, at) for subject in subject_ids] if wanted else []
    found: dict[str, Prefilled] = {}
    for field in fields:
        candidates = [
            replace(values[path], turn=turn, place=place)
            for turn, values in enumerate(told)
            for place, path in enumerate(paths[field.name])
            if path in values
        ]
        best = _best(field, [*candidates, *(more or {}).get(field.name, ())], at)
        if best is not None:
            found[field.name] = best
    return found


def paths_of(fields: Iterable[FormField]) -> dict[str, list[str]]:
    """Where each field may be taken from: as it says itself, then as the library says of what it means."""
    books: list[Library] = []

    def sources(field: FormField) -> list[str]:
        if not field.prefill and not field.element:
            return []
        books.extend([library()] if not books else [])
        element = books[0].get(books[0].sure_element_of(field))
        own = [field.prefill] if field.prefill else []
        return list(dict.fromkeys([*own, *(element.sources if element else ())]))

    return {field.name: sources(field) for field in fields}


def ages() -> dict[Origin, int]:
    """How old what somebody wrote earlier may be, in days."""
    return {Origin.SAME_ITEM: settings.REUSE_DAYS["same_item"], Origin.OTHER_ITEM: settings.REUSE_DAYS["other_item"]}


def _best(field: FormField, candidates: Sequence[Prefilled], at: datetime) -> Prefilled | None:
    in_order = iter(ranked(candidates, today=day_of(at), ages=ages()))
    winner = next((fits for each in in_order if (fits := fitting_value(field, each)) is not None), None)
    if winner is None:
        return None
    trusted = (fitting_value(field, each) for each in in_order if each.origin in TRUSTED)
    return replace(winner, others=tuple(disagreeing(winner, (each for each in trusted if each is not None))))


def fitting_value(field: FormField, prefilled: Prefilled | None) -> Prefilled | None:
    """The same with its value as the field keeps it; None where the field would refuse it."""
    if prefilled is None or empty(prefilled.value):
        return None
    value: Any = prefilled.value
    if field.kind is Kind.ADDRESS and isinstance(value, str):
        value = city.address_parts(value)
    try:
        return replace(prefilled, value=read(field, value))
    except Unreadable:
        return None
