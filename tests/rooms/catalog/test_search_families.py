"""What several places offer is found once, with its places under it, the nearest first."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.builders import catalog, city
from yimen.catalog import queries

pytestmark = pytest.mark.django_db

CITY, COUNTY, OTHER, TOWN = "441400", "441402", "441403", "441402004"


def kept(division: str, slug: str = "", *, department: str = "SJ", **more: Any) -> str:
    """An item of some place; the slug says where."""
    slug = slug or f"balloon-{division}"
    document = catalog.small(**{"slug": slug, "name": "热气球升空许可", "department": department, **more})
    return catalog.release(document, agency=city.agency(department, division=division)).item.slug


def hits(q: str = "热气球", **asked: Any) -> list[tuple[str, list[str]]]:
    return [(hit.slug, [each.slug for each in hit.places]) for hit in queries.search(q, **asked).items]


@pytest.fixture
def three() -> list[str]:
    return [kept(division) for division in (CITY, COUNTY, OTHER)]


def test_the_same_in_three_places_is_one_hit_the_citys_first(three: list[str]) -> None:
    kept(COUNTY, "glider", name="滑翔伞飞行许可")

    assert hits() == [(three[0], three)]
    assert queries.search("许可").total == 2
    assert {each.value: each.count for each in queries.counts("热气球")["division"]} == dict.fromkeys(
        (CITY, COUNTY, OTHER), 1
    )
    assert {each.value: each.count for each in queries.counts("热气球")["department"]} == {"SJ": 1}
    assert [each.key for each in queries.suggestions("热气球")] == [three[0]]


def test_twenty_copies_leave_room_for_others_on_the_page_and_pages_skip_none(three: list[str]) -> None:
    others = [kept(CITY, f"other-{number}", name=f"第{number}种气球许可") for number in range(5)]

    first = queries.search("气球", size=3)
    second = queries.search("气球", size=3, cursor=first.next)

    assert (first.total, second.next) == (6, None)
    assert {hit.slug for hit in (*first.items, *second.items)} == {three[0], *others}


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "热气球", "near": COUNTY},
        {"q": "热气球", "near": TOWN},
        {"q": "热气球", "division": COUNTY},
        {"q": "梅江区热气球"},
        {"q": "梅江区热气球", "near": OTHER},
    ],
)
def test_the_place_that_is_named_chosen_or_remembered_comes_first(three: list[str], asked: dict[str, Any]) -> None:
    found = hits(**asked)

    assert found[0][0] == three[1]
    assert found[0][1] == ([three[1]] if "division" in asked else [three[1], three[0], three[2]])


def test_who_asks_for_one_by_its_very_slug_gets_that_one(three: list[str]) -> None:
    assert hits(three[2])[0][0] == three[2]


def test_names_that_differ_by_their_place_only_are_one() -> None:
    kept(CITY)
    kept(COUNTY, name="热气球升空许可（梅江区）")

    assert len(hits()) == 1


def test_parts_of_one_code_stay_apart_and_spellings_of_it_come_together() -> None:
    kept(CITY, "first", name="热气球升空许可（首次）", codes={"basic": "000140001000"})
    kept(CITY, "again", name="热气球升空许可（延续）", codes={"basic": "000140001000"})
    kept(COUNTY, "third", name="热气球升空许可（首次）", codes={"basic": "000140001000"})
    assert sorted(places for _slug, places in hits()) == [["again"], ["first", "third"]]

    kept(CITY, "one", name="滑翔伞飞行许可", codes={"basic": "000140002000"})
    kept(COUNTY, "two", name="滑翔伞放飞许可", codes={"basic": "000140002000"}, department="GA")
    assert hits("滑翔伞") == [("one", ["one", "two"])]


def test_worded_alike_but_of_other_codes_departments_or_applicants_is_something_else() -> None:
    kept(CITY, "one", name="注销登记", codes={"basic": "000140001000"})
    kept(COUNTY, "two", name="注销登记", codes={"basic": "000140002000"})
    kept(COUNTY, "three", name="注销登记", department="GA")
    kept(OTHER, "four", name="注销登记", subjects=["法人"])

    assert len(hits("注销登记")) == 4


def test_what_inherits_is_of_the_family_whatever_it_is_called() -> None:
    kept(CITY, "above")
    kept(COUNTY, "below", name="热气球升空许可证", inherits={"slug": "above", "version": 1})

    assert hits() == [("above", ["above", "below"])]


def test_programs_are_told_the_places(three: list[str]) -> None:
    (line,) = Client().get("/api/v1/items", {"q": "热气球", "near": OTHER}).json()["items"]

    assert (line["slug"], line["place_count"]) == (three[2], 3)
    assert [each["division"] for each in line["places"]] == [OTHER, CITY, COUNTY]
    assert line["places"][0].keys() >= {"slug", "agency", "agency_code", "division_name", "promised", "visits"}
    found = Client().get("/api/v1/search", {"q": "热气球", "near": COUNTY}).json()
    assert [each["slug"] for each in found["items"]] == [three[1]]


def test_the_page_lists_the_places_and_remembers_the_one_that_is_chosen(three: list[str]) -> None:
    browser = Client()
    page = browser.get("/items/", {"q": "热气球"}).content.decode()
    assert "3 个地方可以办" in page
    assert page.count('<li class="hit">') == 1

    browser.get("/items/", {"q": "热气球", "division": OTHER})
    again = browser.get("/items/", {"q": "热气球"}).content.decode()
    assert f'<h2><a href="/items/{three[2]}/">' in again
    assert "那里能办的写在前面" in again

    assert browser.post("/items/nowhere", {"next": "//elsewhere.example/"}).headers["Location"] == "/items/"
    assert f'<h2><a href="/items/{three[0]}/">' in browser.get("/items/", {"q": "热气球"}).content.decode()
