"""What the catalogue says aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class EditionReleased(Event):
    """A new edition of an item counts from now on."""

    slug: str
    version: int
    at: datetime
