"""The city's own table over the law's calendar; every process sees a change."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.builders.city import AT, SYSTEM
from yimen.city import commands, queries
from yimen.city.events import CalendarChanged
from yimen.city.models import CalendarDay
from yimen.kit import commands as kit
from yimen.kit import events
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.law.calendar import CHINA, Day, OfficeHours

pytestmark = pytest.mark.django_db

TYPHOON = date(2026, 8, 12)
REASON = "岭东府〔2026〕31 号：台风停工"


@pytest.fixture
def said(monkeypatch):
    """What is said aloud."""
    heard: list[CalendarChanged] = []
    hearer = events.Hearer("city.CalendarChanged", "tests.listen", heard.append, now=True, why="test")
    monkeypatch.setitem(events.HEARERS, "city.CalendarChanged", [hearer])
    return heard


def test_without_a_word_of_the_city_the_law_s_calendar_holds():
    assert queries.calendar().is_working(TYPHOON)
    assert not queries.calendar().is_working(date(2026, 10, 1))


def test_a_day_the_city_takes_off_does_not_count_and_says_why(said):
    commands.set_calendar_day(TYPHOON, working=False, name="台风停工", reason=REASON, by=SYSTEM, at=AT)

    assert not queries.calendar().is_working(TYPHOON)
    assert "台风停工" in queries.calendar().why(TYPHOON)
    assert CHINA.is_working(TYPHOON)
    assert said == [CalendarChanged(first=TYPHOON, last=TYPHOON)]


def test_taking_the_word_back_restores_the_notice(said):
    commands.set_calendar_day(TYPHOON, working=False, reason=REASON, by=SYSTEM, at=AT)

    commands.forget_calendar_day(TYPHOON, reason="撤销", by=SYSTEM, at=AT)

    assert queries.calendar().is_working(TYPHOON)
    assert len(said) == 2


def test_a_year_is_provisional_until_it_is_published(said):
    spring = date(2027, 2, 8)
    assert queries.calendar().is_provisional(spring)
    assert queries.calendar().is_working(spring)

    notice = {spring: Day(False, "春节"), date(2027, 2, 14): Day(True, "春节")}
    commands.publish_year(2027, days=notice, source="国办发明电〔2026〕9 号", by=SYSTEM, at=AT)

    calendar = queries.calendar()
    assert not calendar.is_provisional(spring)
    assert not calendar.is_working(spring)
    assert calendar.is_working(date(2027, 2, 14))
    assert said == [CalendarChanged(first=date(2027, 1, 1), last=date(2027, 12, 31))]


def test_a_published_year_replaces_the_law_s_own_completely():
    commands.publish_year(2026, days={}, source="改", by=SYSTEM, at=AT)

    assert queries.calendar().is_working(date(2026, 10, 1))
    assert not queries.calendar().is_working(date(2026, 10, 3))


def test_a_change_that_is_rolled_back_leaves_no_trace():
    with transaction.atomic():
        commands.set_calendar_day(TYPHOON, working=False, reason=REASON, by=SYSTEM, at=AT)
        assert not queries.calendar().is_working(TYPHOON)
        transaction.set_rollback(True)
    assert queries.calendar().is_working(TYPHOON)

    commands.set_calendar_day(date(2026, 8, 13), working=False, reason=REASON, by=SYSTEM, at=AT)

    assert queries.calendar().is_working(TYPHOON)


def test_a_change_by_another_process_is_seen_at_once():
    queries.calendar()

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO city_calendarday VALUES (%s, false, '', 'x', false)", [TYPHOON])
        cursor.execute("INSERT INTO city_calendarversion VALUES (1, gen_random_uuid())")

    assert not queries.calendar().is_working(TYPHOON)


def test_asking_costs_one_small_statement_and_nothing_twice_in_a_command(monkeypatch):
    monkeypatch.setattr(kit, "COMMANDS", {})
    queries.calendar()

    with CaptureQueriesContext(connection) as outside:
        queries.calendar()
    with CaptureQueriesContext(connection) as inside:
        kit.command(_ask_thrice)(by=SYSTEM, at=AT)

    assert len(outside) == 1
    assert sum("city_calendar" in query["sql"] for query in inside.captured_queries) == 1


def _ask_thrice(*, by, at):
    for _ in range(3):
        queries.calendar()
    kit.mark_recorded()


def test_a_change_needs_a_reason_and_the_administration():
    with pytest.raises(Invalid):
        commands.set_calendar_day(TYPHOON, working=False, reason=" ", by=SYSTEM, at=AT)
    with pytest.raises(Forbidden):
        commands.set_calendar_day(
            TYPHOON, working=False, reason=REASON, by=Actor(user=1, duties=frozenset({"chief"})), at=AT
        )
    with pytest.raises(Invalid):
        commands.publish_year(2027, days={TYPHOON: Day(False)}, source="x", by=SYSTEM, at=AT)

    assert CalendarDay.objects.count() == 0


def test_the_year_s_picture_marks_feasts_worked_weekends_and_the_city_s_own_days():
    commands.set_calendar_day(TYPHOON, working=False, reason=REASON, by=SYSTEM, at=AT)

    months = queries.year_picture(2026)

    squares = {square.day: square for month in months for week in month.weeks for square in week if square}
    assert len(squares) == 365
    assert squares[date(2026, 10, 1)].nature == "feast"
    assert squares[date(2026, 10, 10)].nature == "lieu"
    assert squares[date(2026, 10, 17)].nature == "off"
    assert squares[TYPHOON].own
    assert sum(month.working for month in months) == CHINA.count_working(date(2026, 1, 1), date(2026, 12, 31)) - 1


def test_office_hours_are_the_city_s_setting(settings):
    settings.YIMEN_OFFICE_HOURS = "09:00-12:00, 13:00-17:00"

    assert queries.office_hours() == OfficeHours(((time(9), time(12)), (time(13), time(17))))
