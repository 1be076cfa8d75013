"""Each page for each kind of visitor."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import walk

PUBLIC = ["home", "items", "lookup", "due", "about", "help", "accessibility", "privacy"]
OWN = ["my", "cases", "messages", "mandates"]


@pytest.mark.parametrize("name", PUBLIC)
def test_anybody_may_read_the_public_pages(visit, name):
    answer = visit().get(reverse(f"portal:{name}"))

    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("name", OWN)
def test_ones_own_space_asks_to_sign_in_first(visit, name):
    answer = visit().get(reverse(f"portal:{name}"))

    assert answer.status_code == 302
    assert "/account/login/?next=" in answer.headers["Location"]


@pytest.mark.parametrize("name", OWN)
def test_ones_own_space_is_there_also_when_it_is_empty(visit, name):
    answer = visit("citizen").get(reverse(f"portal:{name}"))

    assert answer.status_code == 200


def test_the_guide_answers_the_five_questions(visit, town):
    town.release("food-business-licence")

    page = visit().get("/items/food-business-licence/").content.decode()

    for question in ("我能办吗？", "要准备什么？", "多久办好？", "要多少钱？", "要跑几趟？"):
        assert question in page
    assert 'href="/items/food-business-licence/apply/"' in page


def test_the_guide_of_an_unknown_item_says_so(visit):
    answer = visit().get("/items/no-such-thing/")

    assert answer.status_code == 404
    assert "没有找到这个事项" in answer.content.decode()


def test_a_case_is_seen_by_its_applicant_and_by_nobody_else(visit, town, at):
    edition = town.release("food-business-licence")
    case = walk.received(town, edition, at=at)

    owner = visit("owner").get(f"/cases/{case.number}/")
    stranger = visit("stranger").get(f"/cases/{case.number}/")
    clerk = visit("clerk").get(f"/cases/{case.number}/")
    nobody = visit().get(f"/cases/{case.number}/")

    assert owner.status_code == 200
    assert "办理经过" in owner.content.decode()
    assert (stranger.status_code, clerk.status_code, nobody.status_code) == (404, 404, 302)
