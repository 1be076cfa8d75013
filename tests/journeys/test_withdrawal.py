"""The applicant takes the application back, as long as nothing is decided."""

from __future__ import annotations

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.access import NotApplicant, WrongState
from yimen.cases.commands.moving import Unlawful
from yimen.clocks.queries import of as clocks_of
from yimen.ledger.queries import faults
from yimen.review import queries as tasks
from yimen.supervision.commands import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


def withdraw(town, case, *, who="owner", when="2026-03-05", reason="店铺不开了。"):
    return cases.withdraw(case, reason=reason, by=town.act(who, at(when)), at=at(when))


def test_before_acceptance(town, edition):
    case = withdraw(town, walk.received(town, edition, at=at("2026-03-02")))

    assert (case.state, walk.running(case), walk.paper_kinds(case)) == ("withdrawn", {}, ["A", "T"])
    assert walk.paper(case, "T")["cause"] == "withdrawn"
    jobs.run()
    assert jobs.told(town.firm)[-1] == ("办件已终止", f"您申请的“{case.item_name}”已终止办理（已撤回）：店铺不开了。")
    assert list(faults()) == []


def test_while_a_supplement_is_waited_for(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02"))
    cases.ask_supplement(
        case,
        materials=[{"key": "m03", "reason": "不清晰。"}],
        by=town.act("clerk", at("2026-03-03")),
        at=at("2026-03-03"),
    )

    assert withdraw(town, case).state == "withdrawn"
    assert sweep(at=at("2026-06-01")).returned == 0


def test_during_the_review_what_was_not_done_needs_no_doing_any_more(town, edition):
    case = withdraw(town, walk.accepted(town, edition, at=at("2026-03-03")))

    assert [(task.dropped_at, task.done_at) for task in tasks.of(case)] == [(at("2026-03-05"), None)]
    assert {clock.doing for clock in clocks_of(case.number)} == {"stopped"}
    assert list(tasks.open_to(town.act("reviewer", at("2026-03-05")))) == []


def test_during_a_special_procedure_which_ends_with_it(town, edition):
    case = walk.accepted(town, edition, at=at("2026-03-03"))
    cases.pause(
        case,
        ground="听证",
        planned_days=5,
        reason="有人申请。",
        by=town.act("chief", at("2026-03-04")),
        at=at("2026-03-04"),
    )

    case = withdraw(town, case)

    assert case.state == "withdrawn"
    assert [(each.ended_at, each.result) for each in case.procedures.all()] == [
        (at("2026-03-05"), "撤回，特别程序终止。")
    ]
    assert {pause.last for clock in clocks_of(case.number) for pause in clock.pauses.all()} == {at("2026-03-05").date()}
    assert sweep(at=at("2026-06-01")).issued == 0
    assert list(faults()) == []


def test_not_after_the_decision(town, edition):
    case = walk.decided(town, edition, at=at("2026-03-03"))

    with pytest.raises(WrongState):
        withdraw(town, case)


def test_not_without_a_reason(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02"))

    with pytest.raises(Unlawful):
        withdraw(town, case, reason="")

    assert walk.again(case).state == "received"


@pytest.mark.parametrize("who", ["stranger", "citizen", "reviewer", "chief", "supervisor"])
def test_nobody_else_takes_it_back(town, edition, who):
    case = walk.received(town, edition, at=at("2026-03-02"))

    with pytest.raises(NotApplicant):
        withdraw(town, case, who=who)


def test_a_clerk_does_it_for_whoever_stands_at_the_window(town, edition):
    assert withdraw(town, walk.received(town, edition, at=at("2026-03-02")), who="clerk").state == "withdrawn"
