"""Counting days between an opening and a due date. Rule in words: docs/rules/limits.md

The opening day is not counted (民法典 201). Pauses are not counted (许可法 45). A last day that is no working day
moves to the next one (民法典 203). Whole pauses are leapt over: the cost grows with the pauses, not with the days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import MAXYEAR, date, datetime, time, timedelta, timezone
from typing import NamedTuple, Protocol

from .calendar import ONE_DAY, Calendar, OutOfReach
from .terms import Limit, Pause, Unit

CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has kept one time without summer time since 1992, before any limit here could begin."""


class Stop(NamedTuple):
    """A closed interval of days that are not counted, and the pause it comes from."""

    first: date
    last: date


class Ruler(Protocol):
    """What one unit of days counts."""

    def count(self, first: date, last: date) -> int:
        """Days that count from first to last, both included."""

    def nth(self, after: date, count: int) -> date:
        """The count-th day that counts after a day."""


class WorkingDays:
    """Counts the calendar's working days."""

    def __init__(self, calendar: Calendar) -> None:
        self.count, self.nth = calendar.count_working, calendar.working_after


class NaturalDays:
    """Counts every day."""

    def count(self, first: date, last: date) -> int:
        """Days from first to last, both included."""
        return max(0, (last - first).days + 1)

    def nth(self, after: date, count: int) -> date:
        """The day so many days later. Raises OutOfReach."""
        try:
            return after + timedelta(days=count)
        except OverflowError:
            raise OutOfReach from None


class Leg(NamedTuple):
    """One stretch of a limit: so many of the ruler's days."""

    ruler: Ruler
    days: int


def ruler(unit: Unit, calendar: Calendar) -> Ruler:
    """What a unit counts: months and natural days every day, working days and hours the working days."""
    return NaturalDays() if unit in (Unit.NATURAL_DAY, Unit.MONTH) else WorkingDays(calendar)


def legs(opened: date, limit: Limit, extension: int, calendar: Calendar) -> list[Leg]:
    """The stretches of a limit given in days or months; an extension of months is a stretch of its own, in days."""
    if limit.unit is not Unit.MONTH:
        return [Leg(ruler(limit.unit, calendar), limit.amount + extension)]
    months = (add_months(opened, limit.amount) - opened).days
    return [Leg(NaturalDays(), months), Leg(WorkingDays(calendar), extension)]


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter (民法典 202). Raises OutOfReach."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        raise OutOfReach
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def stops(pauses: Iterable[Pause], calendar: Calendar, *, until: date | None = None) -> list[Stop]:
    """The days of all pauses as separate intervals in order, so that an overlap is not taken off twice.

    until: a pause still running is taken to last until this day; None: until its planned end, which is provisional.
    """
    merged: list[Stop] = []
    for first, last in sorted((pause.first, _end(pause, calendar, until)) for pause in pauses):
        if merged and first <= merged[-1].last + ONE_DAY:
            merged[-1] = Stop(merged[-1].first, max(merged[-1].last, last))
        else:
            merged.append(Stop(first, last))
    return merged


def planned_end(pause: Pause, calendar: Calendar) -> date:
    """The last day the applicant was told a special procedure would take; its first day if nothing was said.

    The first day is not counted, as with any limit.
    """
    return calendar.working_after(pause.first, pause.planned_days) if pause.planned_days else pause.first


def _end(pause: Pause, calendar: Calendar, until: date | None) -> date:
    if pause.last is not None:
        return pause.last
    return max(pause.first, until) if until else planned_end(pause, calendar)


def last_counted(leg: Leg, after: date, halts: Sequence[Stop]) -> date:
    """The day on which the leg's last day is counted; `after` itself when it has none."""
    left, cursor = leg.days, after
    if left == 0:
        return after
    for halt in halts:
        if halt.last <= cursor:
            continue
        before = leg.ruler.count(cursor + ONE_DAY, halt.first - ONE_DAY)
        if before >= left:
            break
        left, cursor = left - before, halt.last
    return leg.ruler.nth(cursor, left)


def nth_counted(stretches: Sequence[Leg], after: date, count: int, halts: Sequence[Stop]) -> date:
    """The count-th counted day of a limit made of stretches; the last one when the limit is shorter."""
    for leg in stretches:
        part = min(count, leg.days)
        after, count = last_counted(leg._replace(days=part), after, halts), count - part
        if count == 0:
            break
    return after


def settle(day: date, halts: Sequence[Stop], calendar: Calendar) -> date:
    """The first day from this one on that is a working day outside every pause (民法典 203)."""
    day = calendar.working_from(day)
    for halt in halts:
        if halt.first <= day <= halt.last:
            day = calendar.next_working(halt.last)
    return day


def counted_between(measure: Ruler, first: date, last: date, halts: Sequence[Stop]) -> int:
    """Days that count from first to last, both included, without the stops."""
    within = measure.count(first, last)
    for halt in halts:
        within -= measure.count(max(first, halt.first), min(last, halt.last))
    return within


def local(moment: datetime) -> datetime:
    """The moment as a wall clock in China shows it, without zone; one without a zone is taken to be local already."""
    return moment.astimezone(CHINA_TIME).replace(tzinfo=None) if moment.tzinfo else moment


def as_day(moment: date) -> date:
    """The local day of a moment; a day stays itself."""
    return local(moment).date() if isinstance(moment, datetime) else moment


def moment_of(opened: date) -> datetime:
    """The local moment an opening stands for; a mere day opens at midnight."""
    return local(opened) if isinstance(opened, datetime) else datetime.combine(opened, time.min)
