"""Search, browsing, the guide, the calculator."""

from __future__ import annotations

import pytest

from tests.builders import walk

SLUGS = ["food-business-licence", "id-card-renewal", "marriage-registration"]


@pytest.fixture
def shelf(town):
    """Three items."""
    return [town.release(slug) for slug in SLUGS]


def test_search_finds_by_plain_words_and_says_the_facts_in_one_line(visit, shelf):
    page = visit().get("/items/?q=结婚").content.decode()

    assert 'href="/items/marriage-registration/"' in page
    assert "/items/food-business-licence/" not in page
    assert "网上可办" in page or "须到窗口办" in page


def test_facets_narrow_each_other_down_and_are_taken_back(visit, shelf):
    page = visit().get("/items/?subject=法人").content.decode()

    assert "/items/food-business-licence/" in page
    assert "/items/marriage-registration/" not in page
    assert 'class="chip" href="/items/"' in page


def test_nothing_found_says_what_to_do_next(visit, shelf):
    page = visit().get("/items/?q=zzzz").content.decode()

    assert "没有找到相符的事项" in page
    assert "换个说法试试" in page


@pytest.mark.parametrize("query", ["q=<script>alert(1)</script>", "theme=%22%3E%3Cb%3E", "q=%00", "q=" + "长" * 5000])
def test_whatever_is_typed_is_harmless(visit, shelf, query):
    answer = visit().get(f"/items/?{query}")

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert '"><b>' not in answer.content.decode()


def test_html_in_a_document_is_shown_as_text(visit, town):
    evil = "<img src=x onerror=alert(1)>"
    town.release("food-business-licence", conditions=[evil], faq=[{"q": evil, "a": evil}], name=f"名称{evil}"[:60])

    page = visit().get("/items/food-business-licence/").content.decode()

    assert evil not in page
    assert "&lt;img" in page


def test_the_guide_says_what_the_city_has_of_the_reader(visit, town, shelf, at):
    case = walk.closed(town, town.release("food-business-licence", materials=[
        {"name": "食品经营许可证", "kind": "证照", "source": "政府部门核发", "necessity": "必要",
         "licence_type": "food_business_licence"}]), at=at)  # fmt: skip

    page = visit("owner").get(f"/items/{case.item.slug}/").content.decode()

    assert "城市已有，不用交" in page
    assert "城市已有，不用交" not in visit("citizen").get(f"/items/{case.item.slug}/").content.decode()


def test_the_calculator_gives_the_day_and_its_reasons(visit):
    page = (
        visit()
        .get(
            "/due/?opened=2026-03-02&limit=20&unit=working_day&pauses__rows=1&pauses__0__first=2026-03-09"
            "&pauses__0__last=2026-03-13&extension="
        )
        .content.decode()
    )

    assert "2026年4月7日（周二）" in page
    assert "清明节" in page


def test_the_calculator_counts_hours_within_office_time(visit):
    page = visit().get("/due/?opened=2026-03-02&time=16:30&limit=4&unit=hour").content.decode()

    assert "2026年3月3日" in page


@pytest.mark.parametrize(
    "query",
    ["opened=", "opened=x&limit=20", "opened=2026-03-02&limit=-1", "opened=2026-03-02&limit=99999",
     "opened=9999-12-31&limit=20", "opened=2026-03-02&limit=5&unit=hour&time=25",
     "opened=2026-03-02&limit=5&pauses__rows=1&pauses__0__first=2026-03-09&pauses__0__last=2026-03-01"],
)  # fmt: skip
def test_the_calculator_says_what_is_wrong_and_keeps_the_rest(visit, query):
    answer = visit().get(f"/due/?{query}")

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()


def test_the_calculator_adds_a_row_without_reckoning(visit):
    page = visit().get("/due/?opened=2026-03-02&limit=x&pauses__rows=1&pauses__0__first=2026-03-09&add_row=pauses")

    assert page.status_code == 200
    assert 'name="pauses__rows" value="2"' in page.content.decode()
