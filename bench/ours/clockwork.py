"""The sweep over a million running clocks, and what a change of the calendar costs."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from bench.ours.bulk import sweep_at
from bench.ours.walks import Counting
from yimen.city import commands as city
from yimen.city.queries import calendar
from yimen.clocks import commands as clocks
from yimen.clocks.models import Clock
from yimen.kit.actor import Actor
from yimen.kit.time import now
from yimen.supervision import commands as supervision


def sweep() -> dict[str, Any]:
    """Look at what is newly due, then look again when nothing is."""
    at = sweep_at()
    running = Clock.objects.filter(stopped_at=None).count()
    first, second = _swept(at), _swept(at)
    return {
        "running": running,
        **first,
        "again": {"seconds": second["seconds"], "statements": second["statements"], "looked": second["looked"]},
    }


def _swept(at: Any) -> dict[str, Any]:
    with Counting() as count:
        begun = time.perf_counter()
        done = supervision.sweep(at=at)
        seconds = time.perf_counter() - begun
    return {
        "seconds": seconds, "statements": count.total, "looked": done.looked, "cards": done.issued,
        "deemed": done.deemed, "returned": done.returned, "failed": done.failed,
    }  # fmt: skip


def recompute(wanted: int) -> dict[str, Any]:
    """Make a working day a holiday through which about so many clocks count, and reckon them anew."""
    day = _day_touching(wanted)
    by, at = Actor.system(), now()
    _close(day, by, at)
    with Counting() as count:
        begun = time.perf_counter()
        reckoned = clocks.recompute(first=day, last=day, by=by, at=at)
        seconds = time.perf_counter() - begun
    return {
        "clocks": reckoned,
        "seconds": seconds,
        "per_100000": seconds / reckoned * 100_000,
        "statements": count.total,
    }


def _day_touching(wanted: int) -> date:
    """The working day from whose eve on so many clocks are due that it comes nearest to what is wanted."""
    rows = Clock.objects.filter(stopped_at=None).values_list("due_on").annotate(count=Count("id"))
    due: dict[date, int] = dict(rows)
    known = calendar()
    days = [min(due) + timedelta(days=ahead) for ahead in range(60)]
    touched = {
        day: sum(count for last, count in due.items() if last >= day - timedelta(days=1))
        for day in days
        if known.is_working(day)
    }
    return min(touched, key=lambda day: abs(touched[day] - wanted))


def _close(day: date, by: Actor, at: Any) -> None:
    city.set_calendar_day(day, working=False, name="临时放假", reason="基准测试", by=by, at=at)
