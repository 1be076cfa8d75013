"""The leader gives more days: once, at most ten, with a reason (许可法 42)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.access import NotYourDuty
from yimen.cases.commands.moving import Unlawful
from yimen.ledger.queries import faults
from yimen.supervision import queries as cards
from yimen.supervision.commands import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town):
    """Accepted on Tuesday 3 March 2026: ten working days, to the 17th."""
    return walk.accepted(town, town.release("food-business-licence"), at=at("2026-03-03"))


def extend(town, case, *, days=5, reason="需要核实场地权属。", who="chief", when="2026-03-10"):
    return cases.extend(case, days=days, reason=reason, by=town.act(who, at(when)), at=at(when))


def test_both_limits_move_and_the_applicant_is_told_why(town, case):
    case = extend(town, case)

    assert (case.state, case.due_on) == ("accepted", date(2026, 3, 24))
    assert {kind: walk.running(case)[kind] for kind in ("promise", "statutory")} == {
        "promise": date(2026, 3, 24), "statutory": date(2026, 3, 24),
    }  # fmt: skip
    told = walk.paper(case, "G")
    assert (told["extension"], told["reason"], told["due_before"], told["due"]) == (
        "5个工作日", "需要核实场地权属。", "2026-03-17", "2026-03-24",
    )  # fmt: skip
    jobs.run()
    assert jobs.told(town.firm)[-1] == (
        "办理期限延长", f"您申请的“{case.item_name}”经批准延长办理期限，最迟3月24日前作出决定，理由见通知书。",
    )  # fmt: skip
    assert list(faults()) == []


def test_cards_follow_the_new_day(town, case):
    extend(town, case)

    sweep(at=at("2026-03-18"))
    assert [card.rule for card in cards.of(case)] == []

    sweep(at=at("2026-03-25"))
    assert [card.rule for card in cards.of(case)] == ["T03", "T04", "T05", "T06"]


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [(11, "案情复杂。", "days_out_of_range"), (0, "案情复杂。", "days_out_of_range"), (5, " ", "reason_missing")],
)
def test_ten_days_are_the_most_and_none_without_a_reason(town, case, days, reason, code):
    with pytest.raises(Unlawful) as refusal:
        extend(town, case, days=days, reason=reason)

    assert (refusal.value.code, walk.again(case).due_on) == (code, date(2026, 3, 17))


def test_ten_days_may_be_given(town, case):
    assert extend(town, case, days=10).due_on == date(2026, 3, 31)


def test_it_is_done_once(town, case):
    extend(town, case, days=1)

    with pytest.raises(Unlawful) as refusal:
        extend(town, case, days=1)

    assert (refusal.value.code, walk.again(case).due_on) == ("already_extended", date(2026, 3, 18))


def test_it_is_too_late_after_the_day(town, case):
    with pytest.raises(Unlawful) as refusal:
        extend(town, case, when="2026-03-18")

    assert refusal.value.code == "already_overdue"


@pytest.mark.parametrize("who", ["reviewer", "clerk", "deliverer", "supervisor", "admin", "owner"])
def test_only_the_leader_may(town, case, who):
    with pytest.raises(NotYourDuty):
        extend(town, case, who=who)


def test_an_extended_case_may_still_be_paused(town, case):
    extend(town, case)
    cases.pause(
        case,
        ground="检验",
        planned_days=2,
        reason="送检。",
        by=town.act("reviewer", at("2026-03-16")),
        at=at("2026-03-16"),
    )

    case = cases.resume(case, result="合格。", by=town.act("reviewer", at("2026-03-17")), at=at("2026-03-17"))

    assert case.due_on == date(2026, 3, 26)


def test_where_several_agencies_handle_it_together_the_government_gives_up_to_fifteen_days(town):
    joint = town.release("food-business-licence", joint=True, statutory_days=None, promised_days=None)
    case = walk.accepted(town, joint, at=at("2026-03-03"))
    assert case.due_on == date(2026, 5, 9)  # 45 working days (许可法 42(2)); that Saturday is worked in exchange

    with pytest.raises(Unlawful) as refused:
        extend(town, case, days=15, who="chief")
    case = extend(town, case, days=15, who="mayor")

    assert refused.value.code == "approver_too_low"
    assert case.due_on == date(2026, 5, 29)
