"""Who may act for whom: what a mandate lets its agent do on a day, in an item (行政许可法 29; 民法典 161–175, 17, 34).

Rule in words, with a worked table: docs/rules/mandates.md. Plain values in and out; days are days in China.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from .limits import local

MAJORITY = 18  # 民法典 17: whoever is eighteen is an adult
SEE_LICENCES, SIGN = "see_licences", "sign"


class Kind(StrEnum):
    """As identity keeps them."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    HANDLER = "handler"
    PERSONAL = "personal"
    GUARDIAN = "guardian"
    HELPER = "helper"


class Obstacle(StrEnum):
    """Why a mandate doesn't let its agent do an act; in the order in which they are asked."""

    NOT_YET = "not_yet"
    OVER = "over"
    OF_AGE = "of_age"
    REVOKED = "revoked"
    NOT_ACCEPTED = "not_accepted"
    POWER = "power"
    ITEM = "item"


@dataclass(frozen=True)
class Authority:
    """What was given. first, last: days that both count. items, themes: both empty for everything.

    revoked_at, accepted_at: instants. ward_born: a guardian's ward, where the birthday is known.
    """

    kind: str
    powers: frozenset[str]
    first: date
    last: date | None = None
    items: frozenset[str] = field(default_factory=frozenset)
    themes: frozenset[str] = field(default_factory=frozenset)
    revoked_at: datetime | None = None
    asks_consent: bool = False
    accepted_at: datetime | None = None
    ward_born: date | None = None


def obstacle(given: Authority, *, power: str, item: str, themes: Collection[str], at: datetime) -> Obstacle | None:
    """What keeps the agent from using `power` in `item` (a slug, with the themes it stands under) at an instant.

    None where nothing does. Seeing licences is not bound to items: who was given it sees all of them.
    """
    return time_obstacle(given, at) or _scope_obstacle(given, power, item, themes)


def time_obstacle(given: Authority, at: datetime) -> Obstacle | None:
    """Does it hold at this instant at all?"""
    day = local(at).date()
    if day < given.first:
        return Obstacle.NOT_YET
    if given.last is not None and day > given.last:
        return Obstacle.OVER
    if given.kind == Kind.GUARDIAN and given.ward_born is not None and came_of_age(given.ward_born, given.first, day):
        return Obstacle.OF_AGE
    if given.revoked_at is not None and given.revoked_at <= at:
        return Obstacle.REVOKED
    if given.asks_consent and (given.accepted_at is None or given.accepted_at > at):
        return Obstacle.NOT_ACCEPTED
    return None


def _scope_obstacle(given: Authority, power: str, item: str, themes: Collection[str]) -> Obstacle | None:
    if power not in given.powers:
        return Obstacle.POWER
    everything = not given.items and not given.themes
    if power == SEE_LICENCES or everything or item in given.items or given.themes & set(themes):
        return None
    return Obstacle.ITEM


def eighteenth_birthday(born: date) -> date:
    """The day on which somebody is an adult; who was born on 29 February, on 1 March of a common year."""
    try:
        return born.replace(year=born.year + MAJORITY)
    except ValueError:
        return date(born.year + MAJORITY, 3, 1)


def came_of_age(born: date, since: date, day: date) -> bool:
    """Has a ward who was a minor when the guardianship was entered become an adult?

    An adult's guardian (民法典 33, 28: who cannot see to their own affairs) is not ended by a birthday.
    """
    majority = eighteenth_birthday(born)
    return since < majority <= day


def last_day(kind: str, *, first: date, last: date | None, ward_born: date | None) -> date | None:
    """The last day of a mandate as it is entered: a minor's guardian acts until the day before the birthday."""
    if kind != Kind.GUARDIAN or ward_born is None or first >= eighteenth_birthday(ward_born):
        return last
    eve = eighteenth_birthday(ward_born) - timedelta(days=1)
    return eve if last is None else min(last, eve)


def needs_consent(kind: str, powers: Collection[str]) -> bool:
    """Must the agent accept before it holds?

    To be allowed binds nobody (民法典 165: one-sided); to sign in another's name does: a person asked to sign for a
    friend says yes first. A firm's handler does so in their work, a guardian by law, a helper by their post.
    """
    return kind == Kind.PERSONAL and SIGN in powers
