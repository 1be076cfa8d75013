"""What cases say aloud. All of them bear the number and the time.

due_on: the due day as it was then; who hears later may find another one on the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class CaseReceived(Event):
    """The material has arrived (收件); the acceptance clock runs."""

    number: str
    at: datetime
    due_on: date | None = None


@dataclass(frozen=True)
class CaseAccepted(Event):
    """The office has taken it on (受理), or the law has done so for a silent office."""

    number: str
    at: datetime
    deemed: bool = False
    due_on: date | None = None


@dataclass(frozen=True)
class SupplementAsked(Event):
    """The one notice of everything that is missing went out (一次性告知)."""

    number: str
    at: datetime
    due_on: date


@dataclass(frozen=True)
class CaseSupplemented(Event):
    """The applicant handed in what was missing."""

    number: str
    at: datetime
    due_on: date | None = None


@dataclass(frozen=True)
class CaseRefused(Event):
    """Not accepted: refused (不予受理) or not needed (不受理)."""

    number: str
    at: datetime
    not_needed: bool = False


@dataclass(frozen=True)
class CasePaused(Event):
    """A special procedure began; its time is not counted (许可法 45)."""

    number: str
    at: datetime
    ground: str


@dataclass(frozen=True)
class CaseResumed(Event):
    """The special procedure ended."""

    number: str
    at: datetime
    due_on: date | None = None


@dataclass(frozen=True)
class CaseExtended(Event):
    """The leader granted more days (许可法 42)."""

    number: str
    at: datetime
    days: int
    due_on: date | None = None


@dataclass(frozen=True)
class CaseEased(Event):
    """It was granted what a later edition of its item eased. faster: a shorter promise holds; due_on: where it runs."""

    number: str
    at: datetime
    version: int
    faster: bool = False
    due_on: date | None = None


@dataclass(frozen=True)
class CaseDecided(Event):
    """Granted or denied."""

    number: str
    at: datetime
    outcome: str


@dataclass(frozen=True)
class CaseEnded(Event):
    """Ended without a decision: returned, withdrawn, void or forwarded."""

    number: str
    at: datetime
    state: str


@dataclass(frozen=True)
class DecisionRevoked(Event):
    """A decision was taken back (许可法 69): what was issued with it holds no longer."""

    number: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class CaseClosed(Event):
    """The result is in the applicant's hands."""

    number: str
    at: datetime
