"""What clocks say aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yimen.kit.events import Event


@dataclass(frozen=True)
class DueDayMoved(Event):
    """The due day of a running clock became another one because the calendar changed."""

    about: str
    kind: str
    key: str
    due_on: date
