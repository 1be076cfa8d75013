"""Savings for programs: the same figures, for the same readers."""

from __future__ import annotations

import pytest

from tests.builders import jobs, walk
from tests.rooms.api.conftest import Program
from yimen.analytics.models import Tally
from yimen.identity.commands import make_token

READERS = {"supervisor": 200, "hall": 200, "chief": 200, "editor": 200, "admin": 200, "clerk": 403, "citizen": 403}


@pytest.fixture
def program(town, at):
    def opened(username: str) -> Program:
        user = town.users[username]
        return Program(make_token(user, by=walk.SYSTEM, at=at))

    return opened


@pytest.mark.parametrize("path", ["savings", "savings/materials"])
def test_who_may_read(program, town, path):
    assert {name: program(name).get(path).status_code for name in READERS} == READERS


def test_the_sums_are_those_of_the_pages(program, town, edition):
    walk.received(town, edition, at=walk.at("2026-02-27"))
    jobs.run()
    tally = Tally.objects.get()

    (office,) = program("supervisor").get("savings").json()
    (item,) = program("supervisor").get("savings", agency=town.agency.code, period="2026Q1").json()
    materials = program("supervisor").get("savings/materials").json()

    assert (office["key"], item["key"]) == (town.agency.code, "food-business-licence")
    assert {office["spared"], item["spared"]} == {tally.spared}
    assert sum(each["asked"] for each in materials) == tally.asked
    assert program("supervisor").get("savings", period="2025").json() == []


def test_a_time_that_is_none_is_refused(program, town):
    assert program("supervisor").get("savings", period="2026Q9").status_code == 422
