"""What the licence library says aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class LicenceSigned(Event):
    """A licence holds from now on."""

    licence: int
    holder: int
    kind: str
    case: str
    at: datetime


@dataclass(frozen=True)
class LicenceRevoked(Event):
    """A licence holds no longer."""

    licence: int
    holder: int
    kind: str
    at: datetime
