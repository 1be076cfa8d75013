"""What this room says aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class PaperDrawnUp(Event):
    """A paper has its number and its facts; it is typeset and signed after this. about: number of the case."""

    number: str
    about: str
    kind: str
    at: datetime
