"""Reckons terms by the city's calendar and office hours."""

from __future__ import annotations

from typing import Any

from yimen.city.queries import calendar, office_hours
from yimen.kit.telling import translated
from yimen.law.calendar import OutOfReach
from yimen.law.limits import reckon


def reckoned(terms: Any) -> dict[str, Any] | None:
    """{due, due_at, sentences, provisional}; None where the answer lies beyond any calendar."""
    try:
        found = reckon(
            opened=terms.opened,
            limit=terms.limit,
            pauses=terms.pauses,
            extension=terms.extension,
            calendar=calendar(),
            hours=office_hours(),
        )
    except OutOfReach:
        return None
    sentences = [translated(each) for each in found.sentences()]
    return {"due": found.due, "due_at": found.due_at, "sentences": sentences, "provisional": found.provisional}
