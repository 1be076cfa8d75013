"""Reading clocks: of one matter, and all that somebody must look at now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects

from yimen.city.queries import calendar, calendar_is, calendar_stamp, office_hours
from yimen.clocks.choices import Doing
from yimen.clocks.models import Clock
from yimen.clocks.models import Pause as PauseRow
from yimen.kit.prepared import prepared
from yimen.kit.rows import Among
from yimen.kit.time import day_of
from yimen.law.clocks import ClockKind, lapses_on
from yimen.law.limits import Limit, Pause, Reckoning, Unit, due_on, reckon, used
from yimen.law.limits import working_days_left as days_left


def of(about: str) -> list[Clock]:
    """All clocks of a matter, oldest first, with their pauses. The calendar they are reckoned by comes along."""
    clocks = _of(about)
    if clocks:
        calendar_is(getattr(clocks[0], "calendar_stamp"))  # noqa: B009 - a column of this statement only
    if any(getattr(clock, "was_paused") for clock in clocks):  # noqa: B009 - a column of this statement only
        prefetch_related_objects(clocks, "pauses")
    return clocks


@prepared
def _of(about: str) -> QuerySet[Clock]:
    pauses = PauseRow.objects.filter(clock=OuterRef("pk"))
    along = {"was_paused": Exists(pauses), "calendar_stamp": calendar_stamp()}
    return Clock.objects.filter(about=about).annotate(**along).order_by("id")


def of_many(abouts: Iterable[str], kinds: Sequence[str]) -> dict[str, list[Clock]]:
    """Running clocks of several matters, for lists."""
    found: dict[str, list[Clock]] = {}
    for clock in Clock.objects.filter(about__in=list(abouts), kind__in=kinds, stopped_at=None):
        found.setdefault(clock.about, []).append(clock)
    return found


def promises(abouts: Iterable[str]) -> dict[str, Clock]:
    """The promises that run for several matters; the pauses of those few that had any come along."""
    paused = Exists(PauseRow.objects.filter(clock=OuterRef("pk")))
    rows = Clock.objects.filter(about__in=list(abouts), kind=ClockKind.PROMISE, stopped_at=None)
    found: dict[str, Clock] = {clock.about: clock for clock in rows.annotate(was_paused=paused)}
    halted = [clock for clock in found.values() if getattr(clock, "was_paused")]  # noqa: B009 - of this statement only
    prefetch_related_objects(halted, "pauses")
    return found


def running(about: str, kind: str, key: str = "") -> Clock | None:
    return Clock.objects.filter(about=about, kind=kind, key=key, stopped_at=None).first()


def due_day(limit: Limit, at: datetime) -> date:
    """The due day of a clock that would be started now."""
    opened = at if limit.unit is Unit.HOUR else day_of(at)
    return due_on(opened=opened, limit=limit, calendar=calendar(), hours=office_hours())


def needing_look(at: datetime, *, after: int = 0, size: int = 500) -> list[Clock]:
    """Running clocks whose next look has come, in the order of their ids: costs what is newly due, not what is open."""
    rows = Clock.objects.filter(stopped_at=None, next_look_at__lte=at, id__gt=after)
    return list(rows.prefetch_related("pauses").order_by("id")[:size])


def has_lapsed(clock: Clock, at: datetime) -> bool:
    """Has the day come on which the law itself acts on the clock? (许可法 32(4); what was never supplemented)"""
    lapse = lapses_on(ClockKind(clock.kind), clock.due_on)
    return lapse is not None and clock.paused_on is None and day_of(at) >= lapse


def open_clocks(agencies: Sequence[int]) -> QuerySet[Clock]:
    """Running clocks that bind some agencies, soonest first."""
    return Clock.objects.filter(Among("agency_id", agencies), stopped_at=None).order_by("due_on", "id")


def limit_of(clock: Clock) -> Limit:
    return Limit(clock.amount, Unit(clock.unit), clock.source)


def pauses_of(clock: Clock) -> list[Pause]:
    if not getattr(clock, "was_paused", True):
        return []
    return [as_law(row) for row in clock.pauses.all()]


def as_law(row: PauseRow) -> Pause:
    return Pause(row.first, row.last, row.ground, row.planned_days)


def opening(clock: Clock) -> date:
    """What the law counts from: the day, or the moment where hours are counted."""
    return clock.opened_at if clock.unit == Unit.HOUR else clock.opened_on


def reckoning(clock: Clock) -> Reckoning:
    """The due day with every counted and uncounted day."""
    return reckon(
        opened=opening(clock),
        limit=limit_of(clock),
        pauses=pauses_of(clock),
        extension=clock.extension,
        calendar=calendar(),
        hours=office_hours(),
    )


def left(clock: Clock, at: datetime) -> int | None:
    """Counted days from today to the due day, both included; negative when overdue; None when stopped."""
    if clock.doing is Doing.STOPPED:
        return None
    today = day_of(at)
    if today > clock.due_on:
        gone = used(opened=clock.due_on, at_day=today, unit=Unit(clock.unit), calendar=calendar())
        return -(gone + int(calendar().is_working(today)))
    return days_left(
        opened=opening(clock),
        at_day=today,
        limit=limit_of(clock),
        pauses=pauses_of(clock),
        extension=clock.extension,
        calendar=calendar(),
        hours=office_hours(),
    )
