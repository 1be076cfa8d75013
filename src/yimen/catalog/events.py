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


@dataclass(frozen=True)
class ItemSuspended(Event):
    """Nothing new is taken on for the time being."""

    slug: str
    at: datetime


@dataclass(frozen=True)
class ItemResumed(Event):
    """It can be applied for again."""

    slug: str
    at: datetime


@dataclass(frozen=True)
class ItemCancelled(Event):
    """The item is no more; what takes its place, if anything, stands with it."""

    slug: str
    at: datetime


@dataclass(frozen=True)
class UploadBegun(Event):
    """Somebody sent a file of items."""

    upload: int
    at: datetime


@dataclass(frozen=True)
class UploadConfirmed(Event):
    """What was found fit is to be loaded; by: the account that said so."""

    upload: int
    by: int
    at: datetime
