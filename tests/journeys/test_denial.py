"""The answer is no: with reasons, with remedies, and handed over like any other decision (许可法 38)."""

from __future__ import annotations

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.cases.commands.moving import Unlawful
from yimen.ledger.queries import faults
from yimen.results import commands as results
from yimen.results import queries as made
from yimen.results.choices import Way
from yimen.review.choices import Opinion
from yimen.vault.queries import held_by

pytestmark = pytest.mark.django_db

REASON = "布局流程不合理，经整改后仍不符合食品安全法第三十三条的要求。"


@pytest.fixture
def case(town):
    case = walk.accepted(town, town.release("food-business-licence"), at=at("2026-03-03"))
    walk.opine_all(town, case, at=at("2026-03-04"), opinion=Opinion.DISAGREE)
    return walk.again(case)


def deny(town, case, reason=REASON):
    when = at("2026-03-05")
    return cases.decide(case, outcome=Outcome.DENY, reason=reason, by=town.act("chief", when), at=when)


def test_a_denial_says_why_and_how_to_fight_it_and_issues_nothing(town, case):
    case = deny(town, case)

    assert (case.state, case.outcome, case.due_on, walk.running(case)) == ("decided", "deny", None, {})
    paper = walk.paper(case, "I")
    assert (paper["reason"], paper["remedies"]["reconsider_days"], paper["remedies"]["sue_months"]) == (REASON, 60, 6)
    assert made.of(case) == []
    with pytest.raises(made.NothingToIssue):
        results.issue(case, by=town.act("deliverer", at("2026-03-06")), at=at("2026-03-06"))


def test_the_decision_is_delivered_and_the_case_closed(town, case):
    case = deny(town, case)
    deliverer, when = town.act("deliverer", at("2026-03-06")), at("2026-03-06")

    case = results.deliver(case, way=Way.POST, tracking="EMS 1234567890", by=deliverer, at=when)

    assert (case.state, walk.paper_kinds(case)) == ("closed", ["A", "C", "I", "J"])
    handed = walk.paper(case, "J")
    assert ([each["name"] for each in handed["delivered"]], handed["way"], handed["tracking"]) == (
        ["不予行政许可决定书"], "邮寄送达", "EMS 1234567890",
    )  # fmt: skip
    assert list(held_by([town.firm.pk])) == []
    jobs.run()
    assert [title for title, _ in jobs.told(town.firm)][-2:] == ["已作出决定", "已办结"]
    assert list(faults()) == []


def test_without_a_reason_nothing_is_denied(town, case):
    with pytest.raises(Unlawful) as refusal:
        deny(town, case, reason=" ")

    assert (refusal.value.code, walk.again(case).state) == ("reason_missing", "accepted")


def test_the_leader_may_grant_against_an_opinion(town, case):
    when = at("2026-03-05")

    case = cases.decide(case, outcome=Outcome.GRANT, reason="复核后符合。", by=town.act("chief", when), at=when)

    assert case.outcome == "grant"
