"""Drawing up, signing, handing over: nothing leaves the house unsigned, twice, or without knowing to whom."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.walk import at as moment
from yimen.kit.errors import Invalid
from yimen.results import commands, queries
from yimen.results.choices import Way
from yimen.vault.queries import check, held_by

pytestmark = pytest.mark.django_db

DAY = moment("2026-03-03")


@pytest.fixture
def case(town):
    """Granted; the licence is drawn up and not signed."""
    return walk.decided(town, town.release("food-business-licence"), at=DAY)


def issue(town, case, who="deliverer"):
    return commands.issue(case, by=town.act(who, DAY), at=DAY)


def deliver(town, case, way=Way.ELECTRONIC, who="deliverer", **details):
    return commands.deliver(case, way=way, by=town.act(who, DAY), at=DAY, **details)


def test_a_grant_is_drawn_up_at_once_and_nobody_sees_it_before_it_is_signed(town, case):
    (drawn,) = queries.of(case)

    assert (drawn.name, drawn.licence.state, drawn.issued_at) == ("食品经营许可证", "drawn", None)
    assert list(held_by([town.firm.pk])) == []


def test_the_signed_licence_bears_what_the_application_says_and_verifies(town, case):
    issue(town, case)

    licence = held_by([town.firm.pk]).get()
    assert (licence.holder_name, licence.fields["certificate_no"], check(licence, DAY).valid) == (
        town.firm.name, licence.number, True,
    )  # fmt: skip
    assert licence.identifier.startswith("1.2.156.3005.2.")
    assert [(result.issued_at, result.issued_by_id) for result in queries.of(case)] == [
        (DAY, town.users["deliverer"].pk)
    ]


def test_it_is_signed_once(town, case):
    issue(town, case)

    with pytest.raises(queries.AlreadyIssued):
        issue(town, case)
    assert held_by([town.firm.pk]).count() == 1


def test_nothing_is_handed_over_before_it_is_signed(town, case):
    with pytest.raises(commands.NotIssued):
        deliver(town, case)

    assert (walk.again(case).state, queries.delivery_of(case)) == ("decided", None)


@pytest.mark.parametrize(
    ("way", "details", "code"),
    [
        (Way.WINDOW, {}, "receiver_missing"),
        (Way.WINDOW, {"receiver": "  "}, "receiver_missing"),
        (Way.POST, {}, "tracking_missing"),
        (Way.POST, {"receiver": "李秀兰", "tracking": " "}, "tracking_missing"),
    ],
)
def test_each_way_needs_its_proof(town, case, way, details, code):
    issue(town, case)

    with pytest.raises(Invalid) as refusal:
        deliver(town, case, way, **details)

    assert [error["code"] for error in refusal.value.errors] == [code]
    assert walk.again(case).state == "decided"


def test_who_fetched_it_lies_sealed_beside_how_and_when(town, case):
    issue(town, case)
    deliver(town, case, Way.WINDOW, receiver="古伟雄", receiver_document="441402********0013")

    delivery = queries.delivery_of(case)
    assert (delivery.way, delivery.receiver, delivery.receiver_document, delivery.delivered_at) == (
        "window", "古伟雄", "441402********0013", DAY,
    )  # fmt: skip
    assert (walk.paper(case, "J")["relation"], walk.paper(case, "J")["receiver"]) == ("受委托人", "古伟雄")
    bodies = [str(line.facts) for line in walk.story(case)]
    assert not any("古伟雄" in body for body in bodies)


def test_an_item_whose_result_is_a_paper_gives_the_decision(town):
    plain = [{"name": "登记凭证", "kind": "其他"}]
    case = walk.decided(town, town.release("food-business-licence", results=plain), at=DAY)

    issue(town, case)

    (result,) = queries.of(case)
    assert (result.licence, result.paper.kind) == (None, "H")


def test_what_an_item_gives_that_promises_nothing_is_the_decision_itself(town):
    case = walk.decided(town, town.release("food-business-licence", results=[]), at=DAY)

    issue(town, case)

    assert [(result.name, result.paper.kind) for result in queries.of(case)] == [("准予行政许可决定书", "H")]
    with pytest.raises(queries.AlreadyIssued):
        issue(town, case)
    case = deliver(town, case)
    assert ([each["name"] for each in walk.paper(case, "J")["delivered"]], case.state) == (
        ["准予行政许可决定书"], "closed",
    )  # fmt: skip


def test_an_item_that_promises_nothing_is_delivered_with_its_decision(town):
    case = walk.decided(town, town.release("food-business-licence", results=[]), at=DAY)

    case = deliver(town, case)

    assert ([each["name"] for each in walk.paper(case, "J")["delivered"]], case.state) == (
        ["准予行政许可决定书"], "closed",
    )  # fmt: skip
