"""An instant item (即办件) is decided on the spot where the window is authorised, else by somebody else (许可法 34)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications.choices import Channel
from yimen.cases import commands as cases
from yimen.cases.access import NotYourDuty, allowed
from yimen.cases.choices import Outcome
from yimen.hall.models import WindowAuthorisation
from yimen.ledger.queries import faults
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.review import queries as tasks
from yimen.supervision import queries as cards
from yimen.supervision.commands import sweep

pytestmark = pytest.mark.django_db

NINE = at("2026-03-02 09:00")


def at_the_window(town):
    """A citizen stands there; the clerk has taken everything in and accepted it."""
    edition = town.release("birth-service-registration")
    case = walk.received(town, edition, at=NINE, who="clerk", subject=town.citizen, channel=Channel.WINDOW)
    return cases.accept(case, by=town.act("clerk", NINE), at=NINE)


def decide(town, case, who, when=NINE):
    return cases.decide(case, outcome=Outcome.GRANT, reason="符合条件。", by=town.act(who, when), at=when)


def test_the_clerk_who_accepted_decides_at_once_and_nobody_reviews(town):
    case = at_the_window(town)

    assert (walk.running(case), tasks.of(case)) == (
        {"promise": date(2026, 3, 2), "statutory": date(2026, 3, 30)}, [],
    )  # fmt: skip
    case = decide(town, case, "clerk")
    assert (case.state, case.accepted_by_id, case.decided_by_id) == (
        "decided", town.users["clerk"].pk, town.users["clerk"].pk,
    )  # fmt: skip
    results.issue(case, by=town.act("deliverer", NINE), at=NINE)
    case = results.deliver(case, way=Way.WINDOW, receiver=town.citizen.name, by=town.act("clerk", NINE), at=NINE)
    assert (case.state, walk.paper_kinds(case)) == ("closed", ["A", "C", "H", "J"])
    assert walk.paper(case, "C")["promised_limit"] == "当场办结"
    assert list(faults()) == []


@pytest.fixture
def plain_town(db):
    """The window may accept, not decide."""
    return walk.town(decides_instant=False)


def test_without_the_authority_the_clerk_is_refused_and_another_decides(plain_town):
    case = at_the_window(plain_town)

    assert "decide" not in allowed(case, plain_town.act("clerk", NINE), NINE)
    with pytest.raises(NotYourDuty):
        decide(plain_town, case, "clerk")
    assert decide(plain_town, case, "chief").state == "decided"


def test_the_authority_holds_for_instant_items_only(town):
    case = walk.reviewed(town, town.release("food-business-licence"), at=NINE)

    with pytest.raises(NotYourDuty):
        decide(town, case, "clerk")


def test_the_authority_ends_on_its_day(town):
    case = at_the_window(town)
    WindowAuthorisation.objects.update(until=date(2026, 3, 2))

    with pytest.raises(NotYourDuty):
        decide(town, case, "clerk", at("2026-03-03"))
    assert decide(town, case, "clerk", at("2026-03-02 17:00")).state == "decided"


def test_a_reviewer_may_decide_where_no_leader_is_named(town):
    assert decide(town, at_the_window(town), "reviewer").state == "decided"


def test_what_is_not_decided_on_the_day_is_late_on_the_next(town):
    case = at_the_window(town)

    assert sweep(at=at("2026-03-02 23:59")).issued == 0
    sweep(at=at("2026-03-03"))

    assert [(card.rule, card.level) for card in cards.of(case)] == [("T05", "red")]
