"""The working calendar: a day, or a whole year's notice (国务院办公厅关于部分节假日安排的通知)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from yimen.city import access
from yimen.city.choices import CALENDAR_CHAIN
from yimen.city.commands.putting import complaint, put
from yimen.city.events import CalendarChanged
from yimen.city.models import CalendarDay, CalendarVersion, CalendarYear
from yimen.kit.actor import Actor
from yimen.kit.commands import command, memo
from yimen.kit.errors import Invalid
from yimen.kit.events import speak
from yimen.law.calendar import Day
from yimen.law.said import said
from yimen.ledger.commands import record

FIRST_YEAR, LAST_YEAR = 2000, 2100


@command
def set_calendar_day(
    day: date, *, working: bool, name: str = "", reason: str, provisional: bool = False, by: Actor, at: datetime
) -> CalendarDay:
    """Say that a day counts or doesn't. reason: the notice or the order. Speaks CalendarChanged. Raises Invalid."""
    access.require(by, access.ADMINISTRATION)
    _require_reason(reason, day.year)
    _new_version()
    values = {"working": working, "name": name, "source": reason, "provisional": provisional}
    row, changed = put(CalendarDay, {"day": day}, values)
    record(CALENDAR_CHAIN, "calendar_day_set", by=by, at=at, ground=reason, day=day, working=working, changed=changed)
    speak(CalendarChanged(first=day, last=day))
    return row


@command
def forget_calendar_day(day: date, *, reason: str, by: Actor, at: datetime) -> None:
    """Take back what the city said about a day; the published notice holds again. Speaks CalendarChanged."""
    access.require(by, access.ADMINISTRATION)
    _require_reason(reason, day.year)
    _new_version()
    CalendarDay.objects.filter(day=day).delete()
    record(CALENDAR_CHAIN, "calendar_day_forgotten", by=by, at=at, ground=reason, day=day)
    speak(CalendarChanged(first=day, last=day))


@command
def publish_year(year: int, *, days: Mapping[date, Day], source: str, by: Actor, at: datetime) -> None:
    """Enter a year's notice completely: days off on weekdays and worked weekends; all else is ordinary.

    Speaks CalendarChanged for the whole year. Raises Invalid.
    """
    access.require(by, access.ADMINISTRATION)
    _require_reason(source, year)
    if any(day.year != year for day in days):
        raise Invalid([complaint("off", said("日期必须都在 {year} 年内。", year=year))])
    _new_version()
    CalendarDay.objects.filter(day__year=year).delete()
    rows = [CalendarDay(day=day, working=what.working, name=what.name, source=source) for day, what in days.items()]
    CalendarDay.objects.bulk_create(rows)
    put(CalendarYear, {"year": year}, {"source": source})
    record(CALENDAR_CHAIN, "calendar_year_published", by=by, at=at, ground=source, year=year, days=len(rows))
    speak(CalendarChanged(first=date(year, 1, 1), last=date(year, 12, 31)))


def _require_reason(reason: str, year: int) -> None:
    errors = []
    if not reason.strip():
        errors.append(complaint("reason", "请写明依据，例如通知的文号。", "required"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        errors.append(complaint("day", said("年份须在 {first} 至 {last} 之间。", first=FIRST_YEAR, last=LAST_YEAR)))
    if errors:
        raise Invalid(errors)


def _new_version() -> None:
    """First of all, so that its row lock puts simultaneous changes one behind the other."""
    CalendarVersion.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4()})
    memo().pop("city.calendar", None)
