"""Starting, pausing, extending, shortening and stopping clocks.

These are called inside the commands of the rooms whose matter is timed (cases, complaints), which have locked the
matter; the entry in the ledger is theirs. Only `reckon_anew`, which follows a change of the calendar, is a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from yimen.city.queries import calendar, office_hours
from yimen.clocks.events import DueDayMoved
from yimen.clocks.models import Clock, Pause
from yimen.clocks.ports import hold
from yimen.clocks.queries import has_lapsed, limit_of, opening, pauses_of
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.events import speak
from yimen.kit.rows import update_each
from yimen.kit.time import CHINA, day_of, local
from yimen.law import cards
from yimen.law.clocks import OUTLASTING, ClockKind
from yimen.law.limits import Limit, Unit, due_at, due_on
from yimen.law.limits import Pause as LawPause
from yimen.law.transition import shortened
from yimen.ledger import commands as ledger


@dataclass(frozen=True)
class Start:
    """A clock to be started. key: which of several of a kind (a review task)."""

    kind: ClockKind
    limit: Limit
    key: str = ""


def start(about: str, starts: Sequence[Start], *, agency: int | None, at: datetime) -> list[Clock]:
    """Start clocks at an instant; its day is not counted. One statement for all of them."""
    clocks = [
        Clock(
            about=about,
            kind=each.kind,
            key=each.key,
            agency_id=agency,
            opened_at=at,
            opened_on=day_of(at),
            amount=each.limit.amount,
            unit=each.limit.unit,
            source=each.limit.source,
        )
        for each in starts
    ]
    for clock in clocks:
        _reckon(clock, [])
    return Clock.objects.bulk_create(clocks)


def stop(about: str, kinds: Sequence[ClockKind] | None, *, at: datetime, key: str | None = None) -> None:
    """Stop the running clocks of some kinds (for None all of them but what outlasts the case)."""
    rows = Clock.objects.filter(about=about, stopped_at=None)
    rows = rows.exclude(kind__in=OUTLASTING) if kinds is None else rows.filter(kind__in=kinds)
    if key is not None:
        rows = rows.filter(key=key)
    rows.update(stopped_at=at, next_look_at=None)


def pause(about: str, kinds: Sequence[ClockKind], *, ground: str, planned_days: int, at: datetime) -> None:
    """From today on days are not counted, until resume. (许可法 45)"""
    clocks = _running(about, kinds)
    for clock in clocks:
        clock.paused_on = day_of(at)
        _reckon(clock, [*pauses_of(clock), LawPause(day_of(at), None, ground, planned_days)])
    Pause.objects.bulk_create(
        Pause(clock=clock, first=day_of(at), ground=ground, planned_days=planned_days) for clock in clocks
    )
    _save(clocks)


def resume(about: str, *, at: datetime) -> None:
    """Days count again from tomorrow: the day on which the procedure ended is the last that is not counted."""
    Pause.objects.filter(clock__about=about, last=None).update(last=day_of(at))
    clocks = [clock for clock in _running(about, None) if clock.paused_on is not None]
    for clock in clocks:
        clock.paused_on = None
        _reckon(clock, pauses_of(clock))
    _save(clocks)


def extend(about: str, kinds: Sequence[ClockKind], *, days: int) -> list[Clock]:
    """Add days to the running clocks of some kinds; gives them back with their new due days. (许可法 42)"""
    clocks = _running(about, kinds)
    for clock in clocks:
        clock.extension += days
        _reckon(clock, pauses_of(clock))
    _save(clocks)
    return clocks


def shorten(about: str, kind: ClockKind, limit: Limit, *, key: str = "", at: datetime) -> Clock | None:
    """A running clock gets a shorter limit, from the same opening; None where it keeps its own (law.transition)."""
    clock = Clock.objects.filter(about=about, kind=kind, key=key, stopped_at=None).prefetch_related("pauses").first()
    if clock is None:
        return None
    facts = _facts(clock, pauses_of(clock))
    if shortened(**facts, kind=kind, shorter=limit, today=day_of(at)) is None:
        return None
    clock.amount, clock.unit, clock.source = limit.amount, limit.unit, limit.source
    _reckon(clock, pauses_of(clock))
    clock.save(update_fields=["amount", "unit", "source", "due_on", "due_at", "next_look_at", "provisional"])
    return clock


def to_look_at(clocks: Sequence[Clock], *, at: datetime) -> list[Clock]:
    """Take these for a look, fresh and locked. What somebody else has in hand is left to them, or to the next sweep."""
    rows = Clock.objects.filter(pk__in=[clock.pk for clock in clocks], stopped_at=None, next_look_at__lte=at)
    rows = rows.select_for_update(skip_locked=True, of=("self",), no_key=True)
    return list(rows.prefetch_related("pauses").order_by("id"))


def looked(clocks: Sequence[Clock], *, at: datetime) -> None:
    """Somebody has looked (see `to_look_at`): store when the next look is due.

    A clock that has lapsed stays due a look until the law has acted and stopped it, whatever happens in between.
    """
    seen = [clock for clock in clocks if not has_lapsed(clock, at)]
    for clock in seen:
        clock.next_look_at = _next_look(clock, pauses_of(clock), day_of(at))
    update_each(seen, ["next_look_at"])


def recompute(*, first: date, last: date, by: Actor, at: datetime, size: int = 500) -> int:
    """The calendar changed between two days: reckon every running clock anew that counts through them.

    In portions, each a command of its own, so that nobody waits long for a case; done twice, it changes nothing more.
    Speaks DueDayMoved for each whose due day became another one. Gives how many were reckoned.
    """
    count, after = 0, 0
    while portion := _touched(first, after, size):
        count, after = count + reckon_anew([key for key, _ in portion], by=by, at=at), portion[-1][0]
    return count


@command
def reckon_anew(keys: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Reckon some clocks anew with the calendar of now; their matters are held first, as every other verb does.

    What an applicant was told in writing is never shortened. Speaks DueDayMoved.
    """
    hold(sorted(set(Clock.objects.filter(pk__in=keys).values_list("about", flat=True))))
    clocks = list(Clock.objects.filter(pk__in=keys, stopped_at=None).prefetch_related("pauses").order_by("id"))
    before = {clock.pk: clock.due_on for clock in clocks}
    for clock in clocks:
        _reckon(clock, pauses_of(clock))
    kept = [each for each in clocks if each.kind != ClockKind.SUPPLEMENT or each.due_on >= before[each.pk]]
    _save(kept)
    moved = [clock for clock in kept if clock.due_on != before[clock.pk]]
    for clock in moved:
        speak(DueDayMoved(clock.about, clock.kind, clock.key, clock.due_on))
    ledger.record("clocks", "recomputed", by=by, at=at, count=len(clocks), moved=len(moved))
    return len(clocks)


def _touched(first: date, after: int, size: int) -> list[tuple[int, str]]:
    """Running clocks whose counting reaches the first changed day."""
    rows = Clock.objects.filter(stopped_at=None, id__gt=after, due_on__gte=first - timedelta(days=1))
    return list(rows.order_by("id").values_list("id", "about")[:size])


def _running(about: str, kinds: Sequence[ClockKind] | None) -> list[Clock]:
    rows = Clock.objects.filter(about=about, stopped_at=None)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    return list(rows.prefetch_related("pauses"))


def _save(clocks: Sequence[Clock]) -> None:
    update_each(clocks, ["due_on", "due_at", "paused_on", "extension", "next_look_at", "provisional"])


def _reckon(clock: Clock, pauses: Sequence[LawPause]) -> None:
    """Set due day and instant, and the next look, from what the law says.

    The next look may lie in the past: what a changed clock brings is looked at by the next sweep, known cards are not
    issued again.
    """
    facts = _facts(clock, pauses)
    clock.due_on = due_on(**facts)
    clock.due_at = local(due_at(**facts)) if clock.unit == Unit.HOUR else midnight_after(clock.due_on)
    clock.provisional = calendar().is_provisional(clock.due_on)
    clock.next_look_at = _next_look(clock, pauses, clock.opened_on - timedelta(days=1))


def _next_look(clock: Clock, pauses: Sequence[LawPause], after: date) -> datetime | None:
    day = cards.next_look(kind=ClockKind(clock.kind), after=after, **_facts(clock, pauses))
    return None if day is None else datetime.combine(day, time.min, tzinfo=CHINA)


def _facts(clock: Clock, pauses: Sequence[LawPause]) -> dict[str, Any]:
    """What the law reckons from."""
    return {
        "opened": opening(clock),
        "limit": limit_of(clock),
        "pauses": pauses,
        "extension": clock.extension,
        "calendar": calendar(),
        "hours": office_hours(),
    }


def midnight_after(day: date) -> datetime:
    """The first instant that is no longer on the day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=CHINA)
