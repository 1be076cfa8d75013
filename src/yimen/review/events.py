"""What review says aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class TaskDone(Event):
    """A step of the review has an opinion."""

    number: str
    task: int
    opinion: str
    at: datetime
