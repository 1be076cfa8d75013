"""Readings whose statement is written once give what the queryset gives."""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from pytest_django import DjangoAssertNumQueries

from yimen.city.models import Agency, CalendarDay, Division
from yimen.kit.prepared import prepared
from yimen.kit.time import CHINA
from yimen.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def days() -> list[CalendarDay]:
    return CalendarDay.objects.bulk_create(
        CalendarDay(day=date(2026, 5, day), working=day > 2, name=f"第{day}天", source="通知") for day in (1, 2, 3, 4)
    )


@prepared
def named_from(name: str, first: date) -> QuerySet[CalendarDay]:
    rows = CalendarDay.objects.filter(day__gte=first).exclude(name=name).defer("source")
    return rows.annotate(full=Concat(F("name"), Value("！"))).order_by("day")


@prepared
def from_a_list(name: str) -> QuerySet[CalendarDay]:
    return CalendarDay.objects.filter(name__in=[name, "另一天"]).order_by("day")


@prepared
def after_name(name: str) -> QuerySet[CalendarDay]:
    return CalendarDay.objects.order_by("day")


@prepared
def below(path: str, key: int) -> QuerySet[Agency]:
    return Agency.objects.select_related("division__parent").filter(division__path=path, pk__gt=key)


@prepared
def below_pattern(path: str) -> QuerySet[Agency]:
    return Agency.objects.filter(division__path__startswith=path)


@prepared
def until_the_day_of(at: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(at__lt=at, at__date=at.date())


@prepared
def since(at: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(at__gte=at)


def test_rows_annotations_and_deferred_columns_are_those_of_the_queryset(days: list[CalendarDay]) -> None:
    found = named_from(name="第3天", first=date(2026, 5, 2))

    assert [each.day.day for each in found] == [2, 4]
    assert [getattr(each, "full") for each in found] == ["第2天！", "第4天！"]  # noqa: B009
    assert found[0].get_deferred_fields() == {"source"}
    assert found[0].source == "通知"


def test_the_second_call_asks_with_its_own_values(days: list[CalendarDay]) -> None:
    first = named_from("第3天", date(2026, 5, 2))
    second = named_from("第1天", first=date(2026, 5, 1))

    assert [each.day.day for each in first] == [2, 4]
    assert [each.day.day for each in second] == [2, 3, 4]


def test_one_value_may_stand_in_a_list_that_is_written_out(days: list[CalendarDay]) -> None:
    assert [each.name for each in from_a_list(name="第4天")] == ["第4天"]


def test_an_argument_that_the_statement_does_not_ask_for_is_a_programming_error() -> None:
    with pytest.raises(TypeError, match="after_name"):
        after_name("第1天")


def test_a_value_that_is_changed_on_its_way_is_a_programming_error() -> None:
    with pytest.raises(TypeError, match="below_pattern"):
        below_pattern("4499")


def test_a_value_that_was_made_of_an_argument_is_a_programming_error() -> None:
    with pytest.raises(TypeError, match="until_the_day_of"):
        until_the_day_of(datetime(2026, 1, 1, tzinfo=CHINA))


def test_joined_rows_come_along(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    city = Division.objects.create(code="449900", name="试验市", level="city", path="449900")
    made = Agency.objects.create(code="449900-X", name="试验局", division=city)

    with django_assert_num_queries(1):
        (found,) = below("449900", 0)
        assert (found.pk, found.division.name, found.division.parent) == (made.pk, "试验市", None)


def test_several_threads_read_over_their_own_connections(days: list[CalendarDay]) -> None:
    seen: list[int] = []

    def read() -> None:
        try:
            seen.append(len(since(datetime(2026, 1, 1, tzinfo=CHINA))))
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 4
