"""The centre's helper (帮办代办): entered from a paper by a clerk, for named items and days; every act names both."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import walk
from yimen.identity.access import speaks_for
from yimen.identity.queries import mandates_of
from yimen.kit.errors import Forbidden

CARD, OTHER = "social-security-card", "disability-certificate"


@pytest.fixture
def helper(town):
    return town.users["stranger"].subject


def enter(client, town, helper, **more):
    return client.post(reverse("identity:paper_mandate"), {
        "principal_document": town.citizen.document, "principal_number": town.citizen.number,
        "agent_document": helper.document, "agent_number": helper.number, "kind": "helper", "powers": ["file"],
        "items": CARD, "valid_from": "2026-03-01", "valid_to": "2026-03-31", "proof": "帮办代办委托书（代 7 号）",
        **more,
    })  # fmt: skip


def test_a_helper_files_what_the_paper_names_while_it_holds_and_both_are_named(visit, town, helper, at):
    edition, other = town.release(CARD), town.release(OTHER)
    assert enter(visit("clerk"), town, helper).status_code == 302
    [row] = mandates_of(town.citizen.pk)
    assert (row.kind, row.items, row.proof, row.level) == ("helper", [CARD], "帮办代办委托书（代 7 号）", "B")

    draft = walk.apply_for(town, edition, at=at, who="stranger", subject=town.citizen)
    visit("stranger").post(f"/apply/{draft.number}/check/")

    page = visit("citizen").get(f"/cases/{draft.number}/").content.decode()
    assert town.citizen.name in page
    assert helper.name in page
    for tried, when in ((other, at), (edition, walk.at("2026-04-01"))):
        with pytest.raises(Forbidden):
            walk.apply_for(town, tried, at=when, who="stranger", subject=town.citizen)
    assert not speaks_for(town.act("stranger", at), town.citizen.pk, at), "who helps disposes of nothing"
    end = reverse("portal:revoke_mandate", args=[row.pk])
    assert visit("stranger").post(end).status_code in (403, 404, 409)


@pytest.mark.parametrize("who", ["citizen", "stranger", "reviewer"])
def test_nobody_but_a_clerk_makes_a_helper(visit, town, helper, who):
    assert enter(visit(who), town, helper).status_code == 403
    assert not mandates_of(town.citizen.pk)
