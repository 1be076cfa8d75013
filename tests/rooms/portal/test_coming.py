"""A guide that will change on a later day says so, and on that day is the new one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import walk
from yimen.catalog.commands import submit
from yimen.catalog.tasks.effect import put_into_effect

SLUG = "food-business-licence"
NINE = walk.at("2026-03-02 09:00")


@pytest.fixture
def approved(visit, town):
    """Both offices have approved an edition for the 9th."""
    town.release(SLUG, promised_days=10, quota=None)
    draft = town.draft(SLUG, NINE, promised_days=8, quota="每年 100 家")
    return town.approve(draft, NINE, planned_from=date(2026, 3, 9), note="提速增效")


def read(visit):
    return visit().get(f"/items/{SLUG}/?all").content.decode()


def test_until_its_day_the_old_one_stands_with_a_word_of_the_coming_one(visit, approved):
    page = read(visit)

    assert "2026年3月9日起这份指南有变化" in page
    assert "提速增效" in page
    assert "改动承诺办结时限：10 工作日 → 8 工作日" in page
    assert "新增数量限制：每年 100 家" in page
    put_into_effect(at=walk.at("2026-03-08 23:59"))
    assert "这份指南有变化" in read(visit)


def test_on_its_day_the_new_one_stands_alone(visit, approved):
    put_into_effect(at=walk.at("2026-03-09 00:01"))

    page = read(visit)
    assert "每年 100 家" in page
    assert "这份指南有变化" not in page


def test_what_the_offices_have_not_approved_is_nobodys_news(visit, town):
    town.release(SLUG, promised_days=10)
    draft = town.draft(SLUG, NINE, promised_days=8)

    submit(draft, planned_from=date(2026, 3, 9), note="提速增效", by=town.act("editor", NINE), at=NINE)

    assert "提速增效" not in read(visit)
