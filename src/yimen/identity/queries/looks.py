"""Who looked at somebody's data."""

from __future__ import annotations

from yimen.ledger.choices import LOOK, subject_chain
from yimen.ledger.queries import Line, story


def looks_at(subject_id: int) -> list[Line]:
    """Who looked at somebody's data, newest first."""
    return [line for line in reversed(story(subject_chain(subject_id))) if line.verb == LOOK]
