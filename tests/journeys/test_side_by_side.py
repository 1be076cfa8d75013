"""Several reviewers: side by side where the edition says so, one place after another where it doesn't."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.access import allowed
from yimen.cases.choices import Outcome
from yimen.ledger.queries import faults
from yimen.review import commands as review
from yimen.review import queries as tasks
from yimen.review.choices import Opinion

pytestmark = pytest.mark.django_db

STEPS = [
    {"name": "受理", "role": "综合窗口"},
    {"name": "书面审查", "role": "审查岗", "days": 3},
    {"name": "现场核查", "role": "核查岗", "days": 5, "parallel_with_previous": True},
    {"name": "复核", "role": "复核岗", "days": 2},
    {"name": "决定", "role": "负责人"},
]


@pytest.fixture
def case(town):
    return walk.accepted(town, town.release("food-business-licence", steps=STEPS), at=at("2026-03-03"))


def look(case):
    return [(task.place, task.name, task.is_open, task.due_on) for task in tasks.of(case)]


def opine(town, case, name, *, who="reviewer", when="2026-03-05", opinion=Opinion.AGREE, text="符合。"):
    task = next(task for task in tasks.of(case) if task.name == name)
    return review.opine(case, task=task.pk, opinion=opinion, text=text, by=town.act(who, at(when)), at=at(when))


def test_the_next_place_opens_when_all_of_one_are_done(town, case):
    assert look(case) == [
        (1, "书面审查", True, date(2026, 3, 6)),
        (1, "现场核查", True, date(2026, 3, 10)),
        (2, "复核", False, None),
    ]

    opine(town, case, "现场核查", who="reviewer2")
    assert [task.is_open for task in tasks.of(case)] == [True, False, False]

    opine(town, case, "书面审查")
    assert look(case)[2] == (2, "复核", True, date(2026, 3, 9))
    assert walk.running(case)["step"] == date(2026, 3, 9)

    opine(town, case, "复核", who="chief", when="2026-03-06")
    chief = town.act("chief", at("2026-03-06"))
    case = cases.decide(case, outcome=Outcome.GRANT, reason="符合条件。", by=chief, at=at("2026-03-06"))
    assert case.state == "decided"
    assert list(faults()) == []


def test_no_decision_before_the_last_opinion(town, case):
    opine(town, case, "书面审查")

    with pytest.raises(tasks.TasksUndone) as undone:
        cases.decide(
            case, outcome=Outcome.GRANT, reason="符合。", by=town.act("chief", at("2026-03-06")), at=at("2026-03-06")
        )

    assert str(undone.value) == "还有 2 个审查环节没有出具意见（现场核查、复核），不能作出决定。"


def test_a_task_is_done_once_and_in_its_turn(town, case):
    done = opine(town, case, "书面审查")

    with pytest.raises(review.TaskNotOpen) as again:
        opine(town, case, "书面审查", opinion=Opinion.DISAGREE, text="改主意了。")
    with pytest.raises(review.TaskNotOpen) as early:
        opine(town, case, "复核")
    with pytest.raises(review.NoSuchTask):
        review.opine(
            case, task=done.pk + 1000, opinion=Opinion.AGREE, text="", by=town.act("chief", at("2026-03-05")),
            at=at("2026-03-05"),
        )  # fmt: skip

    assert str(again.value) == "“书面审查”环节已经出具过意见，不能出具意见。"
    assert str(early.value) == "“复核”环节还没有轮到，不能出具意见。"
    assert [(task.opinion, task.text) for task in tasks.of(case)] == [("agree", "符合。"), ("", ""), ("", "")]


def test_a_task_of_another_case_is_none_of_this_one(town, case):
    other = walk.accepted(town, case.edition, at=at("2026-03-03"))
    foreign = tasks.of(other)[0]

    with pytest.raises(review.NoSuchTask):
        review.opine(
            case, task=foreign.pk, opinion=Opinion.AGREE, text="", by=town.act("reviewer", at("2026-03-05")),
            at=at("2026-03-05"),
        )  # fmt: skip


def test_whoever_disagrees_says_why(town, case):
    with pytest.raises(review.OpinionNeedsReason):
        opine(town, case, "书面审查", opinion=Opinion.DISAGREE, text="")

    assert opine(town, case, "书面审查", opinion=Opinion.DISAGREE, text="面积不足。").opinion == "disagree"


def test_tasks_are_in_the_list_of_every_reviewer_until_they_are_done(town, case):
    reviewer = town.act("reviewer", at("2026-03-05"))
    assert [task.name for task in tasks.open_to(reviewer)] == ["书面审查", "现场核查"]
    assert "opine" in allowed(case, reviewer, at("2026-03-05"))

    opine(town, case, "书面审查", who="reviewer2")

    assert [task.name for task in tasks.open_to(reviewer)] == ["现场核查"]
    assert list(tasks.open_to(town.act("clerk", at("2026-03-05")))) == []
