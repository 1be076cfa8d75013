"""A hearing, an inspection: its time is not counted, and the applicant is told so (许可法 45)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.access import WrongState
from yimen.cases.choices import Outcome
from yimen.cases.commands.moving import Unlawful
from yimen.clocks.queries import of as clocks_of
from yimen.clocks.queries import reckoning
from yimen.ledger.queries import faults
from yimen.review import queries as tasks
from yimen.supervision import queries as cards
from yimen.supervision.commands import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town):
    """Accepted on Tuesday 3 March 2026: ten working days, to the 17th."""
    edition = town.release("food-business-licence")
    return walk.accepted(town, edition, at=at("2026-03-03"))


def pause(town, case, *, when, ground="听证", days=5):
    return cases.pause(
        case, ground=ground, planned_days=days, reason="涉及重大利益。", by=town.act("reviewer", at(when)), at=at(when)
    )


def resume(town, case, *, when):
    return cases.resume(case, result="听证结束。", by=town.act("chief", at(when)), at=at(when))


def test_the_week_of_a_hearing_is_not_counted(town, case):
    case = pause(town, case, when="2026-03-09")

    assert (case.state, case.due_on) == ("paused", date(2026, 3, 25))
    told = walk.paper(case, "F")
    assert (told["procedure"], told["planned"], told["starts"], told["due_before"], told["basis"]) == (
        "听证", "5个工作日", "2026-03-09", "2026-03-17", "听证（许可法第四十五条）",
    )  # fmt: skip

    case = resume(town, case, when="2026-03-13")

    assert (case.state, case.due_on) == ("accepted", date(2026, 3, 24))
    assert walk.running(case) == {
        "promise": date(2026, 3, 24), "statutory": date(2026, 3, 24), "step": date(2026, 3, 5),
    }  # fmt: skip
    promise = next(clock for clock in clocks_of(case.number) if clock.kind == "promise")
    assert [span for span in reckoning(promise).not_counted if "听证" in span[2]] == [
        (date(2026, 3, 9), date(2026, 3, 13), "听证（许可法第四十五条）")
    ]
    jobs.run()
    assert [title for title, _ in jobs.told(town.firm)] == ["材料已收到", "申请已受理", "特别程序开始", "特别程序结束"]
    assert jobs.told(town.firm)[-1][1].endswith("继续办理，最迟3月24日前作出决定。")
    assert list(faults()) == []


def test_an_open_task_is_due_later_too(town, case):
    case = pause(town, case, when="2026-03-04", days=3)
    assert [task.due_on for task in tasks.of(case)] == [date(2026, 3, 11)]

    case = resume(town, case, when="2026-03-05")

    assert [task.due_on for task in tasks.of(case)] == [date(2026, 3, 9)]
    assert walk.running(case)["step"] == date(2026, 3, 9)


def test_a_procedure_that_ends_on_the_day_it_began_takes_that_day_and_no_more(town, case):
    case = pause(town, case, when="2026-03-09 09:00")
    case = resume(town, case, when="2026-03-09 17:00")
    assert case.due_on == date(2026, 3, 18)

    case = pause(town, case, when="2026-03-09 17:10")
    case = resume(town, case, when="2026-03-09 17:20")
    assert case.due_on == date(2026, 3, 18)


def test_two_procedures_one_after_the_other_both_count(town, case):
    case = pause(town, case, when="2026-03-05", ground="检测")
    case = resume(town, case, when="2026-03-06")
    case = pause(town, case, when="2026-03-10", ground="专家评审")
    case = resume(town, case, when="2026-03-11")

    assert case.due_on == date(2026, 3, 23)
    assert [(each.ground, each.result) for each in case.procedures.order_by("id")] == [
        ("检测", "听证结束。"), ("专家评审", "听证结束。"),
    ]  # fmt: skip


def test_while_it_lasts_nothing_is_decided_and_no_opinion_is_given(town, case):
    case = pause(town, case, when="2026-03-09")
    chief, when = town.act("chief", at("2026-03-10")), at("2026-03-10")

    with pytest.raises(WrongState):
        walk.opine_all(town, case, at=when)
    with pytest.raises(WrongState):
        cases.decide(case, outcome=Outcome.GRANT, reason="符合。", by=chief, at=when)
    with pytest.raises(WrongState):
        cases.extend(case, days=5, reason="案情复杂。", by=chief, at=when)
    with pytest.raises(WrongState):
        pause(town, case, when="2026-03-10")


def test_planned_days_exceeded_bring_a_yellow_card_and_no_other(town, case):
    case = pause(town, case, when="2026-03-09")

    assert sweep(at=at("2026-03-16 23:00")).issued == 0
    sweep(at=at("2026-03-17 00:00"))
    sweep(at=at("2026-04-20"))

    assert [(card.rule, card.level) for card in cards.of(case)] == [("T09", "yellow")]
    assert walk.again(case).state == "paused"


@pytest.mark.parametrize(
    ("ground", "days", "reason", "code"),
    [
        ("领导出差", 5, "等领导回来。", "ground_not_allowed"),
        ("现场核查", 5, "在清单中计入办理期限。", "ground_not_allowed"),
        ("听证", 0, "有人申请。", "planned_days_missing"),
        ("听证", 5, " ", "reason_missing"),
        ("", 5, "有人申请。", "ground_missing"),
    ],
)
def test_a_clock_stops_only_for_what_the_law_or_the_item_names(town, case, ground, days, reason, code):
    with pytest.raises(Unlawful) as refusal:
        cases.pause(
            case, ground=ground, planned_days=days, reason=reason, by=town.act("chief", at("2026-03-05")),
            at=at("2026-03-05"),
        )  # fmt: skip

    assert refusal.value.code == code
    assert (walk.again(case).state, walk.running(case)["promise"]) == ("accepted", date(2026, 3, 17))


def test_what_the_item_declares_may_stop_it_too(town, case):
    assert pause(town, case, when="2026-03-05", ground="整改（现场核查不合格时）").state == "paused"


def test_a_procedure_ends_with_a_result(town, case):
    case = pause(town, case, when="2026-03-09")

    with pytest.raises(Unlawful) as refusal:
        cases.resume(case, result="", by=town.act("reviewer", at("2026-03-10")), at=at("2026-03-10"))

    assert (refusal.value.code, walk.again(case).state) == ("reason_missing", "paused")
