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


@dataclass(frozen=True)
class BatchMapped(Event):
    """The columns of a table of old licences are known: its rows can be looked at. by: whose rights count."""

    batch: int
    by: int
    at: datetime


@dataclass(frozen=True)
class BatchPassed(Event):
    """A second person has compared the sample: the rows become licences. by: whose rights count."""

    batch: int
    by: int
    at: datetime


@dataclass(frozen=True)
class BatchReturned(Event):
    """Too much of the sample was wrong: nothing of the batch becomes a licence."""

    batch: int
    at: datetime


@dataclass(frozen=True)
class BatchEntered(Event):
    """All rows of a batch are licences now."""

    batch: int
    licences: int
    at: datetime
