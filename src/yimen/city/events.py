"""What the city says aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yimen.kit.events import Event


@dataclass(frozen=True)
class CalendarChanged(Event):
    """Days from first to last (both included) may count otherwise than before: due dates that cross them move."""

    first: date
    last: date
