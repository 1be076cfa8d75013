"""Finding the reasons of a due date. Rule in words: docs/rules/limits.md"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .calendar import OFFICE_HOURS, ONE_DAY, Calendar, OfficeHours
from .counting import Stop, as_day, last_counted, legs, local, moment_of, planned_end, stops
from .due import due_at, due_on
from .explanation import MADE_UP, Reckoning, Span, merged
from .office import spans_from
from .pauses import cited
from .terms import Limit, Pause, Unit


def reckon(
    *,
    opened: date,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    calendar: Calendar,
    hours: OfficeHours = OFFICE_HOURS,
) -> Reckoning:
    """The due date with every counted and uncounted day. Fields, errors and sources as `due.due_on`."""
    day = as_day(opened)
    last = due_at(opened=opened, limit=limit, pauses=pauses, extension=extension, calendar=calendar, hours=hours)
    moment = local(last)
    counted = _counted_days(opened, limit, pauses, extension, calendar, hours)
    return Reckoning(
        opened=day,
        limit=limit,
        extension=extension,
        due=moment.date(),
        due_at=moment,
        counted=counted,
        not_counted=_not_counted(day, moment.date(), counted, pauses, calendar),
        rolled=_rolled(day, moment.date(), counted, pauses, calendar),
        worked_weekends=[each for each in counted if calendar.why(each).startswith(MADE_UP)],
        unpublished=sorted({each.year for each in _days(day, moment.date()) if calendar.is_provisional(each)}),
        running=next((pause for pause in pauses if pause.is_open), None),
        hours=hours if limit.unit is Unit.HOUR else None,
    )


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def _counted_days(
    opened: date, limit: Limit, pauses: Sequence[Pause], extension: int, calendar: Calendar, hours: OfficeHours
) -> list[date]:
    """Every counted day, ascending. For hours: every day on which office time ran."""
    halts = stops(pauses, calendar)
    if limit.unit is Unit.HOUR:
        due = due_on(opened=opened, limit=limit, pauses=pauses, extension=extension, calendar=calendar, hours=hours)
        begins = next(spans_from(moment_of(opened), halts, calendar, hours))[0].date()
        return [day for day in _days(begins, due) if calendar.is_working(day) and not _halted(day, halts)]
    counted, after = [], as_day(opened)
    for leg in legs(after, limit, extension, calendar):
        last = last_counted(leg, after, halts)
        counted += [d for d in _days(after + ONE_DAY, last) if leg.ruler.count(d, d) and not _halted(d, halts)]
        after = last
    return counted


def _not_counted(
    opened: date, due: date, counted: Sequence[date], pauses: Sequence[Pause], calendar: Calendar
) -> list[Span]:
    """The days after the opening day and before the due day that were not counted, each with its reason."""
    known = set(counted)
    left_out = [day for day in _days(opened + ONE_DAY, due - ONE_DAY) if day not in known]
    return merged([(day, _reason(day, pauses, calendar)) for day in left_out])


def _rolled(
    opened: date, due: date, counted: Sequence[date], pauses: Sequence[Pause], calendar: Calendar
) -> tuple[date, str] | None:
    """The day on which the count ended, and why the office need not have acted on it, where that is not the due day."""
    ended = counted[-1] if counted else opened
    return None if ended == due else (ended, _reason(ended, pauses, calendar))


def _reason(day: date, pauses: Sequence[Pause], calendar: Calendar) -> str:
    """Why a day does not count: the pause it lies in, else what the calendar says."""
    for pause in pauses:
        if pause.first <= day <= (pause.last or planned_end(pause, calendar)):
            return cited(pause.ground)
    return calendar.why(day)


def _halted(day: date, halts: Sequence[Stop]) -> bool:
    return any(halt.first <= day <= halt.last for halt in halts)
