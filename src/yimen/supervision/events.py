"""What supervision says aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class CardIssued(Event):
    """A warning, yellow or red card was issued."""

    number: str
    rule: str
    level: str
    agency: int | None
    at: datetime
