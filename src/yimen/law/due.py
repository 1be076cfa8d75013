"""When a limit ends, how much of it is used, how much is left. Rule in words: docs/rules/limits.md"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from .calendar import OFFICE_HOURS, ONE_DAY, Calendar, OfficeHours
from .counting import (
    CHINA_TIME,
    as_day,
    counted_between,
    last_counted,
    legs,
    moment_of,
    ruler,
    settle,
    stops,
)
from .office import after_office_time, length_of_day
from .terms import Limit, Pause, Unit

ONE_HOUR = timedelta(hours=1)


def due_on(
    *,
    opened: date,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    calendar: Calendar,
    hours: OfficeHours = OFFICE_HOURS,
) -> date:
    """The last day on which the office is still in time. The opening day is not counted.

    许可法 42, 45, 82; 民法典 201–203.

    opened: day of receipt, acceptance or decision (a moment for hours); pauses: days not counted; extension: further
    days, natural ones for a limit in natural days, else working days; hours: only for a limit in hours.
    A pause still running is taken to end as planned: the date is provisional until it has ended.
    Raises ValueError for a negative extension, OutOfReach beyond the year 9999.
    """
    _require_days(extension)
    if limit.unit is Unit.HOUR:
        return due_at(
            opened=opened, limit=limit, pauses=pauses, extension=extension, calendar=calendar, hours=hours
        ).date()
    day, halts = as_day(opened), stops(pauses, calendar) if pauses else []
    for leg in legs(day, limit, extension, calendar):
        day = last_counted(leg, day, halts)
    return settle(day, halts, calendar)


def due_at(
    *,
    opened: date,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    calendar: Calendar,
    hours: OfficeHours = OFFICE_HOURS,
) -> datetime:
    """The last moment at which the office is still in time: for hours to the minute, else the close of the last day.

    As `due_on`; the answer is in the zone of `opened`, or without zone where that has none. A mere day opens at 00:00.
    """
    _require_days(extension)
    if limit.unit is Unit.HOUR:
        amount = ONE_HOUR * limit.amount + length_of_day(hours) * extension
        moment = after_office_time(moment_of(opened), amount, stops(pauses, calendar), calendar, hours)
    else:
        last = due_on(opened=opened, limit=limit, pauses=pauses, extension=extension, calendar=calendar)
        moment = datetime.combine(last, hours.closing)
    return _in_zone_of(opened, moment)


def used(
    *,
    opened: date,
    at_day: date,
    unit: Unit = Unit.WORKING_DAY,
    pauses: Sequence[Pause] = (),
    calendar: Calendar,
) -> int:
    """How many days had been counted when `at_day` began: days after the opening day and strictly before `at_day`.

    Working days, or natural days for limits in natural days or months. A pause still running lasts until now.
    """
    first, last = as_day(opened) + ONE_DAY, as_day(at_day) - ONE_DAY
    if last < first:
        return 0
    return counted_between(ruler(unit, calendar), first, last, stops(pauses, calendar, until=last))


def working_days_left(
    *,
    opened: date,
    at_day: date,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    calendar: Calendar,
    hours: OfficeHours = OFFICE_HOURS,
) -> int:
    """How many counted days remain from `at_day` to the due day, both included; 0 when it is past.

    Of the kind `used` counts. While a pause is running the number stands still.
    """
    due = due_on(opened=opened, limit=limit, pauses=pauses, extension=extension, calendar=calendar, hours=hours)
    first, halts = as_day(opened) + ONE_DAY, stops(pauses, calendar)
    whole = counted_between(ruler(limit.unit, calendar), first, due, halts) if first <= due else 0
    gone = used(opened=opened, at_day=at_day, unit=limit.unit, pauses=pauses, calendar=calendar)
    return max(0, whole - gone)


def _require_days(extension: int) -> None:
    if extension < 0:
        raise ValueError("延长的天数不得为负数。")


def _in_zone_of(opened: date, moment: datetime) -> datetime:
    zone = opened.tzinfo if isinstance(opened, datetime) else None
    return moment.replace(tzinfo=CHINA_TIME).astimezone(zone) if zone else moment
