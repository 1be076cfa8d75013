"""What a list and a page say at a glance: how late a case is, and that somebody else was quicker."""

from __future__ import annotations

import re

from tests.builders import walk
from tests.builders.desk import text


def test_a_list_s_clock_changes_colour_as_cards_are_due(visit, town, at):
    edition = town.release("food-workshop-registration")  # 20 working days
    for day in ("2026-01-23", "2026-01-28", "2026-01-30", "2026-02-27"):
        walk.accepted(town, edition, at=walk.at(day))

    page = text(visit("reviewer").get("/desk/?view=running"))

    assert re.findall(r"left left--(\w+)", page) == ["red", "yellow", "warning", "normal"]


def test_a_page_that_has_become_impossible_leads_to_the_case_and_keeps_what_was_typed(visit, town, edition, at):
    case, clerk = walk.received(town, edition, at=at), visit("clerk")
    refuse = f"/desk/cases/{case.number}/refuse/"
    stale = {"version": case.version, "reason": "不属于本机关职权", "competent_body": "自然资源局"}
    visit("clerk2").post(f"/desk/cases/{case.number}/accept/", {"version": case.version})

    page = text(clerk.post(refuse, stale))

    assert "这件事刚刚被别人处理过" in page
    assert "已受理" in page
    assert "看现在的办件" in page
    assert "不属于本机关职权" in page
    assert "不，返回" not in page


def test_a_search_that_finds_nothing_in_one_view_goes_on_in_all_with_what_was_typed(visit, town, edition, at):
    clerk = visit("clerk")

    one = text(clerk.get("/desk/?view=received&q=钟小梅"))
    every = text(clerk.get("/desk/?view=all&q=钟小梅"))

    assert "view=all&amp;q=%E9%92%9F%E5%B0%8F%E6%A2%85" in one
    assert "清除筛选" in every
    assert "在全部办件里找" not in every
