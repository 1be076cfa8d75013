"""When a limit ends (许可法 42, 45, 82; 民法典 201–203)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.calendar import CHINA, OFFICE_HOURS, OutOfReach
from yimen.law.limits import Limit, Pause, Unit, due_at, due_on, opening_day, used, working_days_left

DECISION = Limit(20)
DAYS = st.dates(date(2004, 1, 1), date(2028, 12, 31))
DAY_UNITS = st.sampled_from([Unit.WORKING_DAY, Unit.NATURAL_DAY])
LIMITS = st.builds(Limit, st.integers(0, 90), st.sampled_from(Unit))


@st.composite
def pauses(draw, opened, most=3):
    """Some pauses in the months after an opening, in any order, perhaps overlapping."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        first = opened + timedelta(days=draw(st.integers(-10, 120)))
        found.append(Pause(first, first + timedelta(days=draw(st.integers(0, 40))), "听证"))
    return found


@st.composite
def openings(draw):
    """A day and pauses around it."""
    opened = draw(DAYS)
    return opened, draw(pauses(opened))


def test_every_shared_vector_is_met(vectors):
    for vector in vectors("deadlines"):
        due = due_on(
            opened=date.fromisoformat(vector["opened"]),
            limit=Limit(vector["limit"], Unit(vector["unit"])),
            pauses=[Pause(date.fromisoformat(first), date.fromisoformat(last)) for first, last in vector["pauses"]],
            extension=vector["extension"],
            calendar=CHINA,
        )

        assert due.isoformat() == vector["due"], vector


def test_a_week_of_hearing_is_not_counted_and_neither_is_tomb_sweeping_day():
    hearing = Pause(first=date(2026, 3, 9), last=date(2026, 3, 13), ground="听证")

    due = due_on(opened=date(2026, 3, 2), limit=DECISION, pauses=[hearing], calendar=CHINA)

    assert due == date(2026, 4, 7)


def test_a_thing_to_be_done_at_once_is_due_the_same_day():
    assert due_on(opened=date(2026, 3, 2), limit=Limit(0), calendar=CHINA) == date(2026, 3, 2)


def test_a_thing_to_be_done_at_once_that_came_on_a_saturday_is_due_on_monday():
    assert due_on(opened=date(2026, 3, 7), limit=Limit(0), calendar=CHINA) == date(2026, 3, 9)


def test_natural_days_that_end_on_a_saturday_end_on_the_next_working_day():
    friday, saturday = date(2026, 3, 6), Limit(8, Unit.NATURAL_DAY)

    assert due_on(opened=friday, limit=saturday, calendar=CHINA) == date(2026, 3, 16)


def test_natural_days_that_end_before_a_pause_begins_on_the_next_working_day_wait_for_its_end():
    friday, week = date(2026, 3, 6), Pause(date(2026, 3, 16), date(2026, 3, 20), "听证")

    due = due_on(opened=friday, limit=Limit(8, Unit.NATURAL_DAY), pauses=[week], calendar=CHINA)

    assert due == date(2026, 3, 23)


@pytest.mark.parametrize(
    ("opened", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),  # February is shorter; the 28th is a worked Saturday
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 12), 3, date(2026, 3, 12)),
        (date(2026, 7, 1), 3, date(2026, 10, 8)),  # National Day
        (date(2026, 3, 31), 12, date(2027, 3, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last_and_then_on_a_working_day(opened, months, due):
    assert due_on(opened=opened, limit=Limit(months, Unit.MONTH), calendar=CHINA) == due


def test_paused_days_lengthen_a_limit_in_months_by_as_many_days():
    pause = Pause(date(2026, 3, 9), date(2026, 3, 13), "鉴定")

    due = due_on(opened=date(2026, 3, 2), limit=Limit(1, Unit.MONTH), pauses=[pause], calendar=CHINA)

    assert due == date(2026, 4, 7)


def test_an_extension_of_a_limit_in_months_is_counted_in_working_days():
    due = due_on(opened=date(2026, 3, 9), limit=Limit(1, Unit.MONTH), extension=10, calendar=CHINA)

    assert due == date(2026, 4, 23)


@pytest.mark.parametrize(
    ("opened", "hours", "due"),
    [
        ("2026-03-02T09:00", 2, "2026-03-02T11:00"),
        ("2026-03-02T11:00", 2, "2026-03-02T15:30"),  # lunch
        ("2026-03-06T16:00", 4, "2026-03-09T11:00"),  # the weekend
        ("2026-03-07T10:00", 1, "2026-03-09T09:30"),  # came on a Saturday
        ("2026-03-02T08:30", 0, "2026-03-02T08:30"),
        ("2026-03-02T13:00", 0, "2026-03-02T14:30"),
        ("2026-03-02T14:30", 3, "2026-03-02T17:30"),
        ("2025-09-30T17:00", 1, "2025-10-09T09:00"),  # National Day
    ],
)
def test_hours_run_only_while_the_office_is_open(opened, hours, due):
    found = due_at(opened=datetime.fromisoformat(opened), limit=Limit(hours, Unit.HOUR), calendar=CHINA)

    assert found == datetime.fromisoformat(due)


def test_hours_do_not_run_on_a_paused_day():
    pause = Pause(date(2026, 3, 3), date(2026, 3, 3), "检测")

    due = due_at(
        opened=datetime(2026, 3, 2, 17, 0),  # noqa: DTZ001
        limit=Limit(1, Unit.HOUR),
        pauses=[pause],
        calendar=CHINA,
    )

    assert due == datetime(2026, 3, 4, 9, 0)  # noqa: DTZ001


def test_a_limit_in_days_ends_when_the_office_closes():
    due = due_at(opened=date(2025, 9, 26), limit=Limit(5), calendar=CHINA)

    assert due.isoformat() == "2025-10-10T17:30:00"


def test_a_moment_with_a_zone_is_answered_in_that_zone_and_counted_in_chinas():
    opened = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine in the morning in China

    due = due_at(opened=opened, limit=Limit(2, Unit.HOUR), calendar=CHINA)

    assert due == datetime(2026, 3, 2, 11, 0, tzinfo=timezone(timedelta(hours=8)))
    assert due.tzinfo is UTC


def test_late_in_the_evening_in_universal_time_it_is_already_tomorrow_in_china():
    opened = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)

    assert due_on(opened=opened, limit=Limit(1), calendar=CHINA) == date(2026, 3, 4)


def test_overlapping_pauses_are_taken_off_once():
    one = Pause(date(2026, 3, 9), date(2026, 3, 13), "听证")
    other = Pause(date(2026, 3, 11), date(2026, 3, 13), "专家评审")

    due = due_on(opened=date(2026, 3, 2), limit=DECISION, pauses=[other, one], calendar=CHINA)

    assert due == date(2026, 4, 7)


def test_a_running_pause_is_taken_to_end_as_planned():
    running = Pause(date(2026, 3, 9), None, "听证", planned_days=4)
    ended = Pause(date(2026, 3, 9), date(2026, 3, 13), "听证")

    assert due_on(opened=date(2026, 3, 2), limit=DECISION, pauses=[running], calendar=CHINA) == due_on(
        opened=date(2026, 3, 2), limit=DECISION, pauses=[ended], calendar=CHINA
    )


def test_days_used_are_those_after_the_opening_day_and_before_today():
    friday = date(2025, 9, 26)

    assert used(opened=friday, at_day=friday, calendar=CHINA) == 0
    assert used(opened=friday, at_day=date(2025, 9, 28), calendar=CHINA) == 0
    assert used(opened=friday, at_day=date(2025, 9, 29), calendar=CHINA) == 1
    assert used(opened=friday, at_day=date(2025, 10, 10), calendar=CHINA) == 4


def test_while_a_pause_runs_nothing_more_is_used_and_nothing_more_goes():
    running = [Pause(date(2026, 3, 9), None, "听证", planned_days=3)]
    clock = {"opened": date(2026, 3, 2), "pauses": running, "calendar": CHINA}

    assert used(at_day=date(2026, 3, 9), **clock) == 4
    assert used(at_day=date(2026, 6, 1), **clock) == 4
    assert working_days_left(at_day=date(2026, 6, 1), limit=DECISION, **clock) == 16


def test_on_the_due_day_one_day_is_left_and_afterwards_none():
    clock = {"opened": date(2026, 3, 2), "limit": Limit(5), "calendar": CHINA}

    assert working_days_left(at_day=date(2026, 3, 2), **clock) == 5
    assert working_days_left(at_day=date(2026, 3, 9), **clock) == 1
    assert working_days_left(at_day=date(2026, 3, 10), **clock) == 0


def test_what_arrives_on_a_rest_day_was_received_that_day_unless_the_city_counts_otherwise():
    saturday = datetime(2026, 3, 7, 10, 0)  # noqa: DTZ001
    friday_night = datetime(2026, 3, 6, 20, 0)  # noqa: DTZ001

    assert opening_day(saturday, calendar=CHINA, hours=OFFICE_HOURS) == date(2026, 3, 7)
    assert opening_day(saturday, calendar=CHINA, hours=OFFICE_HOURS, roll=True) == date(2026, 3, 9)
    assert opening_day(friday_night, calendar=CHINA, hours=OFFICE_HOURS, roll=True) == date(2026, 3, 9)


@pytest.mark.parametrize("amount", [-1, 36_501])
def test_an_impossible_limit_is_refused(amount):
    with pytest.raises(ValueError, match="期限须在"):
        Limit(amount)


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="不得早于"):
        Pause(date(2026, 3, 9), date(2026, 3, 8))


def test_a_negative_extension_is_refused():
    with pytest.raises(ValueError, match="延长"):
        due_on(opened=date(2026, 3, 2), limit=DECISION, extension=-1, calendar=CHINA)


@pytest.mark.parametrize("unit", [Unit.WORKING_DAY, Unit.NATURAL_DAY, Unit.MONTH])
def test_a_due_day_after_the_year_9999_is_refused_in_words(unit):
    with pytest.raises(OutOfReach):
        due_on(opened=date(9999, 12, 1), limit=Limit(100, unit), calendar=CHINA)


@given(openings(), LIMITS, st.integers(0, 15))
def test_a_longer_limit_is_never_due_earlier(opening, limit, extension):
    opened, stopped = opening
    longer = Limit(limit.amount + 1, limit.unit)

    due = due_on(opened=opened, limit=limit, pauses=stopped, extension=extension, calendar=CHINA)
    later = due_on(opened=opened, limit=longer, pauses=stopped, extension=extension, calendar=CHINA)

    assert due <= later


@given(openings(), LIMITS, st.integers(0, 15), st.data())
def test_one_pause_more_never_shortens(opening, limit, extension, data):
    opened, stopped = opening
    more = [*stopped, *data.draw(pauses(opened, most=1))]

    due = due_on(opened=opened, limit=limit, pauses=stopped, extension=extension, calendar=CHINA)
    later = due_on(opened=opened, limit=limit, pauses=more, extension=extension, calendar=CHINA)

    assert due <= later


@given(openings(), LIMITS, st.integers(0, 15))
def test_an_extension_never_shortens(opening, limit, extension):
    opened, stopped = opening

    due = due_on(opened=opened, limit=limit, pauses=stopped, calendar=CHINA)
    later = due_on(opened=opened, limit=limit, pauses=stopped, extension=extension, calendar=CHINA)

    assert due <= later


@given(openings(), LIMITS)
def test_the_due_day_is_a_working_day_outside_every_pause(opening, limit):
    opened, stopped = opening

    due = due_on(opened=opened, limit=limit, pauses=stopped, calendar=CHINA)

    assert CHINA.is_working(due)
    assert not any(pause.first <= due <= pause.last for pause in stopped)


@given(openings(), st.integers(1, 90), st.integers(0, 15))
def test_leaping_over_pauses_gives_what_counting_day_by_day_gives(opening, amount, extension):
    opened, stopped = opening
    day, left = opened, amount + extension
    while left:
        day += timedelta(days=1)
        left -= CHINA.is_working(day) and not any(pause.first <= day <= pause.last for pause in stopped)

    assert due_on(opened=opened, limit=Limit(amount), pauses=stopped, extension=extension, calendar=CHINA) == day


@given(openings(), st.integers(1, 60), DAY_UNITS, st.integers(-5, 200))
def test_what_is_used_and_what_is_left_make_the_whole_until_it_is_due(opening, amount, unit, later):
    opened, stopped = opening
    limit, today = Limit(amount, unit), opened + timedelta(days=later)
    clock = {"opened": opened, "pauses": stopped, "calendar": CHINA}
    gone = used(at_day=today, unit=unit, **clock)
    whole = gone + working_days_left(at_day=today, limit=limit, **clock)

    if today <= due_on(limit=limit, **clock):
        assert whole == working_days_left(at_day=opened, limit=limit, **clock)
    assert whole >= amount
