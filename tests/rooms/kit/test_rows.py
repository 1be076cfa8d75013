"""Many rows in one statement, each to values of its own."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from yimen.city.models import CalendarDay, CalendarYear
from yimen.kit.rows import Among, update_each

pytestmark = pytest.mark.django_db


def _days() -> list[CalendarDay]:
    return CalendarDay.objects.bulk_create(
        CalendarDay(day=date(2026, 5, day), working=True, name="", source="") for day in (1, 2, 3)
    )


def test_each_row_gets_its_own_values_and_the_others_stay() -> None:
    days = _days()
    days[0].working, days[0].name = False, "劳动节"
    days[1].working, days[1].name = True, "调休“上班”, {\\}"

    update_each(days[:2], ["working", "name"])

    stored = CalendarDay.objects.order_by("day").values_list("working", "name")
    assert list(stored) == [(False, "劳动节"), (True, "调休“上班”, {\\}"), (True, "")]


def test_fields_that_are_not_named_are_left_alone() -> None:
    days = _days()
    days[0].name, days[0].source = "劳动节", "没有存过"

    update_each(days, ["name"])

    assert CalendarDay.objects.get(day=days[0].day).source == ""


def test_it_takes_one_statement_and_none_for_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    days = _days()

    with django_assert_num_queries(1):
        update_each(days, ["working"])
        update_each([], ["working"])


def test_rows_are_found_that_have_one_of_many_values() -> None:
    years = CalendarYear.objects.bulk_create(CalendarYear(year=year, source="通知") for year in (2024, 2025, 2026))

    found = CalendarYear.objects.filter(Among("year", (2024, 2026, 2030)), source="通知").order_by("year")

    assert list(found) == [years[0], years[2]]
    assert list(CalendarYear.objects.filter(Among("year", []))) == []
    assert list(CalendarYear.objects.exclude(Among("year", {2024, 2026}))) == [years[1]]
