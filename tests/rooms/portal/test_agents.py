"""Whoever acts for another is named with them: in the ledger, in the story of the case, on the receipt."""

from __future__ import annotations

import pytest

from tests.builders import identity, walk
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.cases import commands as cases
from yimen.cases.queries import timeline
from yimen.identity.choices import MandateKind
from yimen.kit.actor import Actor
from yimen.ledger.choices import case_chain
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db
ITEM = "food-business-licence"


@pytest.fixture
def filed(db):
    """A handler has applied for the firm, and withdraws."""
    town = walk.town()
    at = walk.at("2026-03-02")
    edition = town.release(ITEM)
    handler = identity.citizen("李四", at=at)
    identity.mandate(town.firm, handler.subject, kind=MandateKind.HANDLER, at=at)
    town.users["handler"] = handler
    case = walk.received(town, edition, at=at, who="handler")
    actor = town.act("handler", at)
    return town, cases.withdraw(case, reason="暂不办理", by=actor, at=at), actor, at


def test_the_ledger_keeps_both(filed):
    town, case, actor, _at = filed

    [last] = [line for line in story(case_chain(case.number)) if line.verb == "withdraw"]

    assert (last.by["user"], last.by["behalf"]) == (actor.user, town.firm.pk)


def test_everything_an_agent_does_with_an_application_names_both(db):
    town, at = walk.town(), walk.at("2026-03-02")
    letter, materials = "m03", [dict(each) for each in walk.document(ITEM)["materials"]]
    materials[2]["exempt_when"] = "告知承诺"
    edition = town.release(ITEM, materials=materials, commitment=True)
    handler = identity.citizen("李四", at=at)
    identity.mandate(town.firm, handler.subject, kind=MandateKind.HANDLER, at=at)
    town.users["handler"] = handler
    by = town.act("handler", at)
    draft = walk.apply_for(town, edition, at=at, who="handler")
    for each in draft.documents.filter(material=letter, removed_at=None):
        applications.remove(each, by=by, at=at)
    applications.commit(draft, letter, agreed=True, by=by, at=at)
    applications.submit(draft, by=by, at=at)
    given_up = applications.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=by, at=at)
    applications.discard(given_up, by=by, at=at)

    lines = [*story(case_chain(draft.number)), *story(case_chain(given_up.number))]
    own = [line for line in lines if line.by["user"] == by.user and line.verb != "look"]

    assert {"begun", "answered", "attached", "removed", "committed", "submitted", "discarded"} <= {
        line.verb for line in own
    }
    assert {line.verb: line.by["behalf"] for line in own} == {line.verb: town.firm.pk for line in own}


def test_the_story_names_both_to_the_applicant_and_the_office_and_nobody_to_the_public(filed):
    town, case, actor, at = filed
    both = f"李四 代 {town.firm.name}"

    for reader, expected in ((actor, both), (town.act("clerk", at), both), (Actor(), "申请人")):
        assert timeline(case, reader, at)[-1].by == expected


def test_who_acts_for_themselves_is_named_alone():
    own = Actor(user=1, subject=7, others=(9,))

    assert own.acting_for(7).behalf is None
    assert own.acting_for(9).behalf is None
    assert own.acting_for(8).behalf == 8


def test_whoever_is_at_work_acts_for_their_office():
    assert Actor(user=1, subject=7, post=3).acting_for(8).behalf is None
    assert Actor.system().acting_for(8).behalf is None
