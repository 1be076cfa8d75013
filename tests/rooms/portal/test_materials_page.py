"""The materials page is what the resolver finds; page, API and submission say the same."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel
from yimen.kit.time import now

pytestmark = pytest.mark.django_db

DAY = at("2026-03-02")


@pytest.fixture
def town(db: None) -> walk.Town:
    return walk.town()


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


@pytest.fixture
def second(town, edition, client):
    """The owner's second application; the papers of the first were compared with their originals."""
    case = walk.received(town, edition, at=DAY)
    for each in case.application.documents.filter(removed_at=None, file__isnull=False):
        commands.check_original(each, by=town.act("clerk", DAY), at=DAY)
    instant = now()
    client.force_login(town.users["owner"])
    return commands.begin(
        edition=edition, subject=town.firm, channel=Channel.WEB, by=town.act("owner", instant), at=instant
    )


def test_it_begins_with_how_many_are_here_and_says_why_of_each(second, client):
    page = client.get(f"/apply/{second.number}/materials/").content.decode()

    total, here = drafts.counts(drafts.resolutions(second, now()))
    assert f"要您的 {total} 份材料，{here} 份我们已经有了" in page
    assert "您在网上填写并确认的内容就是这份申请表" in page
    assert "已经核验原件，可以再次使用" in page
    assert "要您处理的" not in page


def test_what_is_offered_is_declined_on_the_page_and_taken_again(second, client):
    key = next(each.key for each in drafts.resolutions(second, now()) if each.way == "earlier")
    address = f"/apply/{second.number}/materials/"

    declined = client.post(f"{address}{key}/decline/")
    after = client.get(address).content.decode()
    client.post(f"{address}{key}/", {"use": "earlier"})

    assert declined.status_code == 302
    assert "要您处理的" in after
    assert "要您处理的" not in client.get(address).content.decode()


def test_page_api_and_submission_agree(second, client):
    told = client.get(f"/api/v1/applications/{second.number}").json()

    found = {each.key: each for each in drafts.resolutions(second, now())}
    assert {each["key"]: (each["way"], each["met"]) for each in told["materials"]} == {
        key: (each.way.value, each.met) for key, each in found.items()
    }
    assert all(each["why"] for each in told["materials"])
    lacks = {each["key"] for each in told["missing"] if each["kind"] == "material"}
    assert lacks == {key for key, each in found.items() if each.lacks}


def test_the_guide_says_what_the_city_has_of_its_reader(second, edition, client):
    page = client.get("/items/food-business-licence/").content.decode()

    assert "城市已有，不用交" in page
    assert "已从电子证照库取得营业执照" in page or "可以再次使用" in page
