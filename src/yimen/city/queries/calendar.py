"""The working calendar: the law's own, overridden by the city's table; office hours; a year as a picture."""

from __future__ import annotations

import calendar as weeks
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Subquery

from yimen.city.models import CalendarDay, CalendarVersion, CalendarYear
from yimen.kit.commands import memo
from yimen.kit.prepared import prepared
from yimen.law.calendar import CHINA, SATURDAY, Calendar, Day, OfficeHours

_kept: tuple[UUID | None, Calendar] = (None, CHINA)
_lock = Lock()


def calendar() -> Calendar:
    """The calendar as the city has it now. A copy per process; whether it is old costs one small statement,
    and within one command nothing after the first call."""
    remembered = memo()
    if "city.calendar" not in remembered:
        remembered["city.calendar"] = _fresh()
    known: Calendar = remembered["city.calendar"]
    return known


def calendar_stamp() -> Subquery:
    """The calendar's stamp as a column of somebody else's statement; give what it says to `calendar_is`."""
    return Subquery(CalendarVersion.objects.values("stamp")[:1])


def calendar_is(stamp: UUID | None) -> None:
    """Within this command the calendar is the one of the stamp: `calendar` needs no statement of its own."""
    memo().setdefault("city.calendar", _stamped(stamp))


def _fresh() -> Calendar:
    return _stamped(next((version.stamp for version in _version()), None))


@prepared
def _version() -> QuerySet[CalendarVersion]:
    return CalendarVersion.objects.order_by("pk")[:1]


def _stamped(stamp: UUID | None) -> Calendar:
    global _kept
    kept = _kept
    if kept[0] != stamp:
        with _lock:
            kept = _kept = (stamp, _load())
    return kept[1]


def _load() -> Calendar:
    years = frozenset(CalendarYear.objects.values_list("year", flat=True))
    days = {row.day: Day(row.working, row.name, source=row.source) for row in CalendarDay.objects.all()}
    # A year that the city has entered completely replaces the law's own: a day it leaves out is an ordinary one.
    ordinary = {day: Day(day.weekday() < SATURDAY) for day in CHINA.days if day.year in years}
    return CHINA.with_days(ordinary | days, published=years)


def office_hours() -> OfficeHours:
    """When offices are open: the city's setting, as the law counts it."""
    return _hours(settings.YIMEN_OFFICE_HOURS)


@cache
def _hours(text: str) -> OfficeHours:
    return OfficeHours(tuple(_span(part) for part in text.split(",")))


def _span(text: str) -> tuple[time, time]:
    begins, ends = text.strip().split("-")
    return time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip())


@dataclass(frozen=True)
class PictureDay:
    """One square of the year's picture. nature: working off feast lieu; own: the city's table says so."""

    day: date
    working: bool
    nature: str
    why: str
    provisional: bool
    own: bool


@dataclass(frozen=True)
class Month:
    number: int
    weeks: list[list[PictureDay | None]]
    working: int


def calendar_days(year: int) -> dict[date, CalendarDay]:
    """What the city's own table says about a year."""
    return {row.day: row for row in CalendarDay.objects.filter(day__year=year)}


def year_picture(year: int) -> list[Month]:
    """Twelve months of weeks from Monday to Sunday; None where a week belongs to another month."""
    known, own = calendar(), calendar_days(year)
    return [_month(year, number, known, own) for number in range(1, 13)]


def _month(year: int, number: int, known: Calendar, own: dict[date, CalendarDay]) -> Month:
    rows = weeks.Calendar().monthdatescalendar(year, number)
    squares = [[_square(day, known, own) if day.month == number else None for day in row] for row in rows]
    return Month(number, squares, sum(1 for row in squares for square in row if square and square.working))


def _square(day: date, known: Calendar, own: dict[date, CalendarDay]) -> PictureDay:
    working, weekday, row = known.is_working(day), day.weekday() < SATURDAY, own.get(day)
    nature = ("working" if weekday else "lieu") if working else ("feast" if weekday or day in known.days else "off")
    provisional = known.is_provisional(day) or bool(row and row.provisional)
    return PictureDay(day, working, nature, known.why(day), provisional, row is not None)
