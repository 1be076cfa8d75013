"""Counting hours in which an office is open. Rule in words: docs/rules/limits.md

For things done almost on the spot: the lunch gap, nights, days off and paused days are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from .calendar import Calendar, OfficeHours
from .counting import Stop, local, settle

SpanOfTime = tuple[datetime, datetime]


def spans_from(opened: datetime, halts: Sequence[Stop], calendar: Calendar, hours: OfficeHours) -> Iterator[SpanOfTime]:
    """The stretches of office time from a local moment on, in order, without end."""
    day = settle(opened.date(), halts, calendar)
    while True:
        for begins, ends in hours.spans:
            start, end = max(opened, datetime.combine(day, begins)), datetime.combine(day, ends)
            if start < end:
                yield start, end
        day = settle(day + timedelta(days=1), halts, calendar)


def after_office_time(
    opened: datetime, amount: timedelta, halts: Sequence[Stop], calendar: Calendar, hours: OfficeHours
) -> datetime:
    """The local moment by which so much office time has passed; the next office moment for an amount of nothing."""
    for start, end in spans_from(opened, halts, calendar, hours):
        if amount <= end - start:
            return start + amount
        amount -= end - start
    raise AssertionError("office time has no end")  # pragma: no cover


def length_of_day(hours: OfficeHours) -> timedelta:
    """How long the office is open on a working day."""
    parts = [_length(begins, ends) for begins, ends in hours.spans]
    return sum(parts, timedelta())


def opening_day(received: datetime, *, calendar: Calendar, hours: OfficeHours, roll: bool = False) -> date:
    """The day a limit opens when something was received at this moment.

    roll False: the day it arrived, also a rest day; as the opening day is never counted this favours the applicant.
    roll True: local practice; what arrives on a rest day or after closing counts as received on the next working day.
    """
    moment = local(received)
    if not roll:
        return moment.date()
    late = moment.time() >= hours.closing
    return calendar.next_working(moment.date()) if late else calendar.working_from(moment.date())


def _length(begins: time, ends: time) -> timedelta:
    return datetime.combine(date.min, ends) - datetime.combine(date.min, begins)
