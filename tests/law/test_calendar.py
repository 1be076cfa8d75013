"""Which days count, and why (许可法 82)."""

from __future__ import annotations

from datetime import date, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.calendar import CHINA, Day, OfficeHours, OutOfReach

DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))


def test_every_day_of_2024_to_2026_is_as_the_vectors_say(vectors):
    for year, exceptions in vectors("calendar-2024-2026").items():
        every = [date(int(year), 1, 1) + timedelta(days=n) for n in range(366)]
        every = [day for day in every if day.year == int(year)]

        off_weekdays = [day.isoformat() for day in every if day.weekday() < 5 and not CHINA.is_working(day)]
        working_weekends = [day.isoformat() for day in every if day.weekday() >= 5 and CHINA.is_working(day)]

        assert off_weekdays == exceptions["off_weekdays"]
        assert working_weekends == exceptions["working_weekends"]


@given(st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_every_published_day_is_as_an_independent_package_says(day):
    assert CHINA.is_working(day) == chinese_calendar.is_workday(day)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2025, 9, 26), "工作日"),
        (date(2025, 9, 27), "周末"),
        (date(2025, 9, 28), "调休上班（国庆节）"),
        (date(2025, 10, 1), "法定节假日：国庆节"),
        (date(2025, 10, 7), "法定节假日：国庆节（调休放假）"),
        (date(2026, 4, 6), "法定节假日：清明节"),
    ],
)
def test_each_kind_of_day_is_named(day, reason):
    assert CHINA.why(day) == reason


def test_the_next_working_day_leaps_over_a_golden_week_and_stops_at_a_worked_weekend():
    assert CHINA.next_working(date(2025, 9, 30)) == date(2025, 10, 9)
    assert CHINA.next_working(date(2025, 9, 26)) == date(2025, 9, 28)


def test_a_year_without_a_notice_counts_monday_to_friday_and_says_so():
    new_year = date(2027, 1, 1)

    assert CHINA.is_provisional(new_year)
    assert CHINA.is_working(new_year)
    assert not CHINA.is_working(date(2027, 1, 2))
    assert not CHINA.is_provisional(date(2026, 12, 31))
    assert CHINA.is_provisional(date(2003, 12, 31))


def test_the_citys_own_table_comes_first_and_leaves_the_published_calendar_alone():
    flood = date(2026, 6, 8)

    city = CHINA.with_days({flood: Day(working=False, name="防汛停工")})

    assert not city.is_working(flood)
    assert city.why(flood) == "法定节假日：防汛停工"
    assert city.next_working(date(2026, 6, 5)) == date(2026, 6, 9)
    assert CHINA.is_working(flood)


def test_a_year_entered_by_the_city_is_no_longer_provisional():
    new_year = date(2027, 1, 1)

    city = CHINA.with_days({new_year: Day(working=False, name="元旦")}, published=[2027])

    assert not city.is_provisional(date(2027, 1, 4))
    assert city.why(new_year) == "法定节假日：元旦"


def test_a_single_day_entered_by_the_city_is_certain_while_its_year_is_not():
    city = CHINA.with_days({date(2027, 1, 1): Day(working=False, name="元旦")})

    assert not city.is_provisional(date(2027, 1, 1))
    assert city.is_provisional(date(2027, 1, 4))


@given(DAYS, st.integers(1, 400))
def test_counting_back_what_was_counted_forward_gives_the_same_number(day, count):
    last = CHINA.working_after(day, count)

    assert CHINA.count_working(day + timedelta(days=1), last) == count
    assert CHINA.is_working(last)


@given(DAYS, DAYS)
def test_counting_days_agrees_with_looking_at_each(first, last):
    span = range((last - first).days + 1)
    assert CHINA.count_working(first, last) == sum(CHINA.is_working(first + timedelta(days=n)) for n in span)


def test_the_end_of_time_is_refused_in_words():
    with pytest.raises(OutOfReach, match="超出可计算范围"):
        CHINA.working_after(date(9999, 12, 30), 5)


@pytest.mark.parametrize(
    "spans",
    [
        (),
        ((time(12), time(8)),),
        ((time(8), time(12)), (time(11), time(17))),
    ],
)
def test_office_hours_without_time_or_with_overlap_are_refused(spans):
    with pytest.raises(ValueError, match="办公时间"):
        OfficeHours(spans)
