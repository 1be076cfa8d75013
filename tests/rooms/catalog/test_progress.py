"""The clean-up's figures: what was cut, edition against edition, by year and quarter."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.builders import catalog
from tests.builders.city import AT
from tests.rooms.catalog.test_checkups import CARD, FOOD, checked, page, sign_in, with_proof
from yimen.catalog.queries import progress

pytestmark = pytest.mark.django_db


def test_what_was_cut_between_the_first_edition_and_todays(client: Client, django_assert_num_queries: Any) -> None:
    first = with_proof(CARD, promised_days=40, visits=2, online_depth="三级")
    catalog.item(CARD, promised_days=20)
    catalog.item(FOOD)
    checked()

    with django_assert_num_queries(1):
        items = progress.of_items(None)

    told = progress.total(items)
    assert (told.items, told.changed) == (2, 1)
    assert (told.materials.cut, told.proofs.cut, told.visits.cut) == (1, 1, 2)
    assert told.days.cut == pytest.approx(20 * 5 / 7, abs=0.2)
    named = progress.names(items)
    assert named[CARD].cut == ("无违法记录证明",)
    assert named[FOOD] == progress.Names((), ())
    assert progress.by_agency(items)[0].key == first.item.agency.code
    years, quarters = progress.by_period(None)
    quarter = progress.Period(AT.year, (AT.month + 2) // 3)
    assert [each.key for each in years] == [str(AT.year)]
    assert [(each.key, each.materials.cut) for each in quarters] == [(str(quarter), 1)]
    assert progress.of_items(None, within=progress.Period(1999)) == []
    assert len(progress.of_items(None, within=quarter)) == 1
    assert progress.of_items(None, within=quarter._replace(quarter=quarter.quarter % 4 + 1)) == []

    sign_in(client, "administrator")
    shown = page(client, "lint_progress")
    assert "减少的材料" in shown
    assert "无违法记录证明" in page(client, "lint_progress_agency", first.item.agency.code)
    assert "无违法记录证明" in page(client, "lint_progress_file")
    assert "还没有可以比较的版本" in page(client, "lint_progress", period="1999")
    assert "还没有可以比较的版本" not in page(client, "lint_progress", period=str(quarter))
    assert "按季度" in shown


@pytest.mark.parametrize("asked", ["", "26", "2026Q5", "2026Q0", "２０２６", "2026Q", "q", "99999"])
def test_what_is_no_year_and_no_quarter_is_the_whole_time(asked: str) -> None:
    assert progress.period(asked) is None
    assert str(progress.period("2026Q3")) == "2026Q3"
    assert progress.period("2026") == progress.Period(2026)


def test_every_day_falls_into_one_quarter_of_its_year() -> None:
    for month in range(1, 13):
        day = AT.date().replace(month=month, day=1)
        fitting = [number for number in range(1, 5) if progress.Period(day.year, number).has(day)]
        assert fitting == [(month + 2) // 3]
        assert progress.Period(day.year).has(day)
        assert not progress.Period(day.year - 1).has(day)
