"""Clocks as rows: started, paused, extended, stopped; the reckoning stays the law's."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db.utils import IntegrityError

from tests.builders import city
from tests.builders.walk import at
from yimen.city.commands import set_calendar_day
from yimen.clocks import commands, queries
from yimen.clocks.commands import Start
from yimen.kit.time import CHINA
from yimen.law.clocks import ClockKind
from yimen.law.limits import Limit, Unit

pytestmark = pytest.mark.django_db

ABOUT = "4414022026030210000011X"
TUESDAY = at("2026-03-03")
TEN = Limit(10, Unit.WORKING_DAY, "承诺办结时限")


def started(limit=TEN, kind=ClockKind.PROMISE, when=TUESDAY, key=""):
    (clock,) = commands.start(ABOUT, [Start(kind, limit, key)], agency=None, at=when)
    return clock


def test_a_clock_knows_its_day_the_instant_after_it_and_when_to_look(db):
    clock = started()

    assert (clock.opened_on, clock.due_on, clock.due_at, clock.next_look_at) == (
        date(2026, 3, 3),
        date(2026, 3, 17),
        datetime(2026, 3, 18, tzinfo=CHINA),
        datetime(2026, 3, 14, tzinfo=CHINA),
    )


def test_a_clock_in_hours_knows_its_minute(db):
    clock = started(Limit(4, Unit.HOUR), when=at("2026-03-03 11:00"))

    assert (clock.due_on, clock.due_at) == (date(2026, 3, 3), at("2026-03-03 17:30"))


def test_the_day_a_clock_would_fall_due_is_the_day_it_does(db):
    for limit in (TEN, Limit(12, Unit.NATURAL_DAY), Limit(2, Unit.MONTH), Limit(4, Unit.HOUR), Limit(0)):
        assert queries.due_day(limit, TUESDAY) == started(limit, key=str(limit)).due_on


def test_only_one_of_a_kind_runs_at_a_time(db):
    started()

    with pytest.raises(IntegrityError):
        started()


def test_after_a_stop_the_next_one_begins_from_zero(db):
    started()
    commands.stop(ABOUT, [ClockKind.PROMISE], at=at("2026-03-05"))

    started(when=at("2026-03-06"))

    assert [(clock.doing, clock.due_on) for clock in queries.of(ABOUT)] == [
        ("stopped", date(2026, 3, 17)), ("running", date(2026, 3, 20)),
    ]  # fmt: skip


def test_a_pause_holds_only_the_kinds_it_names(db):
    started()
    started(kind=ClockKind.STATUTORY)

    commands.pause(ABOUT, [ClockKind.PROMISE], ground="听证", planned_days=5, at=at("2026-03-09"))

    assert [(clock.kind, clock.doing, clock.due_on) for clock in queries.of(ABOUT)] == [
        ("promise", "paused", date(2026, 3, 25)), ("statutory", "running", date(2026, 3, 17)),
    ]  # fmt: skip


def test_the_days_left_stand_still_while_it_is_paused(db):
    started()
    commands.pause(ABOUT, [ClockKind.PROMISE], ground="听证", planned_days=5, at=at("2026-03-09"))
    (clock,) = queries.of(ABOUT)

    assert [queries.left(clock, at(day)) for day in ("2026-03-09", "2026-03-12", "2026-03-16")] == [7, 7, 7]


def test_days_left_and_days_late(db):
    clock = started()

    assert [queries.left(clock, at(day)) for day in ("2026-03-03", "2026-03-16", "2026-03-17", "2026-03-18")] == [
        10, 2, 1, -1,
    ]  # fmt: skip


def test_the_reckoning_names_every_day_that_was_not_counted(db):
    started()
    commands.pause(ABOUT, [ClockKind.PROMISE], ground="听证", planned_days=5, at=at("2026-03-09"))
    commands.resume(ABOUT, at=at("2026-03-13"))
    commands.extend(ABOUT, [ClockKind.PROMISE], days=2)
    (clock,) = queries.of(ABOUT)

    reckoning = queries.reckoning(clock)

    assert (clock.due_on, reckoning.due, len(reckoning.counted)) == (date(2026, 3, 26), date(2026, 3, 26), 12)
    assert (date(2026, 3, 9), date(2026, 3, 13), "听证（许可法第四十五条）") in reckoning.not_counted


def test_a_year_without_a_notice_counts_provisionally_and_says_so(db):
    clock = started(when=datetime(2031, 3, 3, 9, tzinfo=CHINA))

    assert (clock.provisional, queries.reckoning(clock).unpublished) == (True, [2031])


def test_the_recomputation_touches_only_what_counts_through_the_day(db):
    started()
    started(Limit(2), kind=ClockKind.STEP)
    set_calendar_day(date(2026, 3, 10), working=False, reason="停工通知", by=city.SYSTEM, at=TUESDAY)

    count = commands.recompute(first=date(2026, 3, 10), last=date(2026, 3, 10), by=city.SYSTEM, at=TUESDAY, size=1)

    assert (count, [clock.due_on for clock in queries.of(ABOUT)]) == (1, [date(2026, 3, 18), date(2026, 3, 5)])


def test_a_stopped_clock_is_never_reckoned_anew(db):
    started()
    commands.stop(ABOUT, None, at=at("2026-03-05"))
    set_calendar_day(date(2026, 3, 10), working=False, reason="停工通知", by=city.SYSTEM, at=TUESDAY)

    assert commands.recompute(first=date(2026, 3, 10), last=date(2026, 3, 10), by=city.SYSTEM, at=TUESDAY) == 0
    assert [clock.due_on for clock in queries.of(ABOUT)] == [date(2026, 3, 17)]
