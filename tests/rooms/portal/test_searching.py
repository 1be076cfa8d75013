"""The search page and the box that suggests."""

from __future__ import annotations

import re

import pytest

from tests.builders import city
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands import release_package

SLUGS = ["food-business-licence", "marriage-registration", "divorce-registration", "social-security-card"]


@pytest.fixture
def shelf(town):
    """Four items and a package."""
    released = [town.release(slug) for slug in SLUGS]
    release_package(
        PackageDocument.model_validate({
            "code": "wedding", "name": "结婚“一件事”", "life_event": "结婚", "lead_department": "MZ",
            "description": "结婚登记和社会保障卡一起办。", "items": [{"slug": "marriage-registration", "order": 1}],
        }),
        by=city.SYSTEM, at=city.AT,
    )  # fmt: skip
    return released


def found(page: str) -> list[str]:
    return re.findall(r'<li class="hit"><h2><a href="/items/([^/]+)/"', page)


def test_a_package_stands_before_the_items_it_belongs_to(visit, shelf):
    page = visit().get("/items/?q=结婚").content.decode()

    assert 'href="/packages/wedding/"' in page
    assert found(page)[0] == "marriage-registration"
    assert 'href="/packages/wedding/"' not in visit().get("/items/?q=社保卡").content.decode()


@pytest.mark.parametrize("typed", ["結婚登記", "jiehun", "jhdj", "结昏登记", "领证"])
def test_however_it_is_typed_it_is_found(visit, shelf, typed):
    assert found(visit().get("/items/", {"q": typed}).content.decode())[0] == "marriage-registration"


def test_switches_say_how_many_they_leave_and_are_taken_back(visit, shelf):
    page = visit().get("/items/").content.decode()
    once = len(found(visit().get("/items/?once=1").content.decode()))

    assert f'最多跑一次 <span class="count">{once}</span>' in page
    assert 'href="/items/" aria-current="true"' in visit().get("/items/?once=1").content.decode()


def test_facets_of_one_value_are_left_out_and_the_others_count(visit, shelf):
    page = visit().get("/items/?q=登记&subject=自然人").content.decode()

    assert "谁来办" in page
    assert re.findall(r"<summary>([^<]+)</summary>", page) != []
    assert 'class="chip"' in page


def test_a_question_that_a_guide_answers_is_answered_below(visit, shelf):
    page = visit().get("/items/?q=离婚冷静期从哪天算").content.decode()

    assert "别人也这样问" in page
    assert "次日起算" in page
    assert "别人也这样问" not in visit().get("/items/?q=离婚").content.decode()


def test_suggestions_are_a_list_of_options_with_addresses(visit, shelf):
    page = visit().get("/items/suggest?q=jiehun").content.decode()

    assert re.findall(r'data-address="([^"]+)"', page)[:1] == ["/items/marriage-registration/"]
    assert "/packages/wedding/" in page
    assert visit().get("/items/suggest?q=").content.decode().strip() == ""


def test_the_box_searches_without_a_script(visit, shelf):
    page = visit().get("/").content.decode()

    assert '<form class="ask__form" role="search" action="/items/"' in page
    assert 'name="q"' in page


@pytest.mark.parametrize("query", ["order=x&once=2&online=yes", "division=0&agency=none&channel=x", "kind=%00"])
def test_unknown_values_find_nothing_or_are_left_out_but_never_fail(visit, shelf, query):
    assert visit().get(f"/items/?{query}").status_code == 200


def test_programs_find_the_same(visit, shelf):
    answer = visit().get("/api/v1/search?q=结婚").json()
    facets = visit().get("/api/v1/items/facets?online=true").json()

    assert answer["items"][0]["slug"] == "marriage-registration"
    assert answer["things"][0] == {
        "kind": "package", "label": "一件事", "key": "wedding", "name": "结婚“一件事”",
        "summary": "结婚登记和社会保障卡一起办。", "url": "/packages/wedding/",
    }  # fmt: skip
    assert facets["total"] == facets["online"] == len(visit().get("/api/v1/items?online=true").json()["items"])
    listed = visit().get("/api/v1/items?channel=窗口办理&order=used&once=true").json()["items"]
    assert all(each["visits"] <= 1 and "窗口办理" in each["channels"] for each in listed)


def test_no_page_asks_the_database_more_often_the_more_is_found(visit, town, django_assert_max_num_queries):
    town.release("marriage-registration")
    visit().get("/items/?q=登记")
    with django_assert_max_num_queries(8):
        visit().get("/items/?q=登记")


def test_a_question_a_guide_answers_and_a_situation_it_names_are_told_as_such(visit, town):
    town.release("medical-remote-filing")
    page = visit().get("/items/", {"q": "转诊转院怎么备案"}).content.decode()

    assert "按您的情形" in page
    assert "/items/medical-remote-filing/situation/?" in page
