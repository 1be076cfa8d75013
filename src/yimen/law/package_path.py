"""How long a one-thing package takes: the longest way through its members. Rule in words: docs/rules/packages.md

Members stand in groups by order. Of one group those that may run side by side (parallel) do, the others follow one
another in the order of the list. A member that names what it comes after waits for just that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from .calendar import OFFICE_HOURS, Calendar, OfficeHours
from .due import due_on
from .office import length_of_day
from .said import said, several
from .terms import Limit, Unit

WORKED = Fraction(5, 7)
"""Of seven natural days five are worked, holidays left aside: for comparing units, not for a date."""

MONTH = 30
"""Natural days of a month when units are compared."""


class PackageError(ValueError):
    """Members that can't be put in an order. sentence: Chinese; cycle: the members that wait for one another."""

    def __init__(self, cycle: Sequence[str]) -> None:
        self.cycle = tuple(cycle)
        self.sentence = said("先后关系成了循环：{path}。", path=several([*self.cycle, self.cycle[0]], " → "))
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True)
class Leg:
    """A member on the way. after: keys of what it waits for; None: all of lower order."""

    key: str
    limit: Limit
    order: int = 0
    parallel: bool = False
    after: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """When a member runs, in working days from the start. after: the members it waits for, of those taking part."""

    leg: Leg
    starts: Fraction
    ends: Fraction
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """spans: every member in the order in which they can begin; critical: the longest chain of them."""

    spans: tuple[Span, ...]
    critical: tuple[str, ...]

    @property
    def working_days(self) -> int:
        """The composite limit, in working days, begun days whole."""
        return ceil(max((span.ends for span in self.spans), default=Fraction(0)))

    @property
    def one_by_one(self) -> int:
        """How long the members would take one after another."""
        return ceil(sum((in_working_days(span.leg.limit) for span in self.spans), Fraction(0)))

    @property
    def mixed(self) -> bool:
        """Is some limit counted in other units than working days, so that the sum is a conversion?"""
        return any(span.leg.limit.unit is not Unit.WORKING_DAY for span in self.spans if span.leg.limit.amount)


def in_working_days(limit: Limit, hours: OfficeHours = OFFICE_HOURS) -> Fraction:
    """A limit in working days, for comparing and adding: month = 30 natural days, a week = 5 working days,

    hours by the length of an office day. A date is never reckoned from this: see `latest_days`.
    """
    day = Fraction(int(length_of_day(hours) / timedelta(minutes=1)), 60)
    in_one = {
        Unit.WORKING_DAY: Fraction(1),
        Unit.NATURAL_DAY: WORKED,
        Unit.MONTH: MONTH * WORKED,
        Unit.HOUR: 1 / day,
    }
    return limit.amount * in_one[limit.unit]


def critical_path(
    legs: Sequence[Leg], taking_part: Collection[str] | None = None, hours: OfficeHours = OFFICE_HOURS
) -> CriticalPath:
    """The way through those members that take part (all when None).

    What waits for a member that takes no part waits for what that one would have waited for. Raises PackageError.
    """
    require_no_cycle(legs)
    by_key = {leg.key: leg for leg in legs}
    here = set(by_key) if taking_part is None else set(taking_part) & set(by_key)
    spans: dict[str, Span] = {}

    def span(key: str) -> Span:
        if key not in spans:
            before = tuple(sorted(_present(by_key[key], by_key, here), key=list(by_key).index))
            starts = max((span(each).ends for each in before), default=Fraction(0))
            spans[key] = Span(by_key[key], starts, starts + in_working_days(by_key[key].limit, hours), before)
        return spans[key]

    walked = sorted((span(leg.key) for leg in legs if leg.key in here), key=lambda each: each.starts)
    ordered = _in_turn(walked)
    return CriticalPath(ordered, _longest(ordered))


def latest_days(
    path: CriticalPath, *, started: date, calendar: Calendar, hours: OfficeHours = OFFICE_HOURS
) -> dict[str, date]:
    """The latest day of each member when all begins on a day and each takes its whole limit, by the calendar.

    As `due_on`, chained: a member is opened on the day when the last that it waits for is done.
    """
    days: dict[str, date] = {}
    for span in path.spans:
        opened = max((days[key] for key in span.after), default=started)
        days[span.leg.key] = due_on(opened=opened, limit=span.leg.limit, calendar=calendar, hours=hours)
    return days


def require_no_cycle(legs: Sequence[Leg]) -> None:
    """Raises PackageError with the members that wait for one another."""
    by_key = {leg.key: leg for leg in legs}
    done: set[str] = set()
    for leg in legs:
        _walk(leg.key, by_key, done, [])


def _walk(key: str, by_key: Mapping[str, Leg], done: set[str], trail: list[str]) -> None:
    if key in trail:
        raise PackageError(trail[trail.index(key) :])
    if key in done:
        return
    for before in _before(by_key[key], by_key):
        _walk(before, by_key, done, [*trail, key])
    done.add(key)


def _before(leg: Leg, by_key: Mapping[str, Leg]) -> Iterator[str]:
    """What a member waits for directly, whether that takes part or not."""
    if leg.after is not None:
        yield from (key for key in leg.after if key in by_key)
        return
    mates: list[str] = []
    for other in by_key.values():
        if other.key == leg.key:
            break
        if other.order == leg.order and not other.parallel:
            mates.append(other.key)
    yield from (other.key for other in by_key.values() if other.order < leg.order)
    if not leg.parallel:
        yield from mates


def _present(leg: Leg, by_key: Mapping[str, Leg], here: Collection[str]) -> set[str]:
    found: set[str] = set()
    for key in _before(leg, by_key):
        found |= {key} if key in here else _present(by_key[key], by_key, here)
    return found


def _in_turn(spans: Sequence[Span]) -> tuple[Span, ...]:
    """By start, and among equals what waits after what is waited for (a member done at once takes no time)."""
    left, ordered, seen = list(spans), [], set[str]()
    while left:
        following = next(span for span in left if seen.issuperset(span.after))
        left.remove(following)
        ordered.append(following)
        seen.add(following.leg.key)
    return tuple(ordered)


def _longest(spans: Sequence[Span]) -> tuple[str, ...]:
    by_key = {span.leg.key: span for span in spans}
    last = max(spans, key=lambda span: span.ends, default=None)
    chain: list[str] = []
    while last is not None:
        chain.insert(0, last.leg.key)
        last = max((by_key[key] for key in last.after), key=lambda span: span.ends, default=None)
    return tuple(chain)
