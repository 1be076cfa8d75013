"""Whoever at work sees another's data leaves a look: every road to a case, an application, a paper."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import walk
from yimen.identity import commands as identity
from yimen.identity.queries import looks_at
from yimen.papers.queries import of as papers_of

pytestmark = pytest.mark.django_db
ITEM = "food-business-licence"


@pytest.fixture
def town(db):
    return walk.town()


@pytest.fixture
def case(town):
    return walk.accepted(town, town.release(ITEM), at=walk.at("2026-03-02"))


def addresses(case):
    """Roads at the desk, by who may go them."""
    number = case.number
    document = case.application.documents.filter(file__isnull=False).first()
    paper = papers_of(number)[0]["number"]
    return {
        "case": ("reviewer", f"/desk/cases/{number}/"),
        "material": ("reviewer", f"/desk/cases/{number}/documents/{document.pk}/"),
        "file": ("reviewer", f"/desk/cases/{number}/files/{document.pk}/"),
        "a verb's page": ("reviewer", f"/desk/cases/{number}/pause/"),
        "opinion": ("reviewer", f"/desk/cases/{number}/opine/"),
        "licences": ("reviewer", f"/desk/cases/{number}/licences/"),
        "paper": ("reviewer", f"/papers/{paper}.pdf"),
        "supervisor": ("supervisor", f"/desk/cases/{number}/"),
        "the window": ("clerk", f"/desk/counter/cases/{number}/"),
        "api: case": ("reviewer", f"/api/v1/cases/{number}"),
        "api: story": ("reviewer", f"/api/v1/cases/{number}/timeline"),
        "api: papers": ("reviewer", f"/api/v1/cases/{number}/papers"),
        "api: paper": ("reviewer", f"/api/v1/papers/{paper}/pdf"),
        "api: application": ("clerk", f"/api/v1/applications/{number}"),
    }


ROADS = (
    "case", "material", "file", "a verb's page", "opinion", "licences", "paper", "supervisor", "the window",
    "api: case", "api: story", "api: papers", "api: paper", "api: application",
)  # fmt: skip


@pytest.mark.parametrize("road", ROADS)
def test_a_look_at_a_case_is_written_down_whichever_road_was_taken(client, town, case, road):
    who, address = addresses(case)[road]
    user = town.users[who]
    before = len(looks_at(case.subject_id))

    if address.startswith("/api/"):
        token = identity.make_token(
            user, life=timedelta(days=3650), by=town.act(who, walk.at("2026-03-02")), at=walk.at("2026-03-02")
        )
        answer = client.get(address, headers={"authorization": f"Bearer {token}"})
    else:
        client.force_login(user)
        answer = client.get(address)

    assert answer.status_code == 200
    written = looks_at(case.subject_id)[: len(looks_at(case.subject_id)) - before]
    assert written, f"{address} shows a person's data and writes nothing down"
    for line in written:
        assert line.ground
        assert line.facts["what"]
        assert line.facts["case"] == case.number
        assert line.by["user"] == user.pk


def test_ones_own_case_leaves_no_look(client, town, case):
    client.force_login(town.users["owner"])
    before = len(looks_at(case.subject_id))

    client.get(f"/cases/{case.number}/")

    assert len(looks_at(case.subject_id)) == before
