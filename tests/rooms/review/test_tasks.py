"""Which tasks an edition's steps become, and for how long."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.walk import at as moment
from yimen.review import queries

pytestmark = pytest.mark.django_db

DAY = moment("2026-03-03")


def laid_out(town, *steps):
    """(place, name, days, open) of the tasks that these steps, between acceptance and decision, become."""
    ends = {"name": "受理", "role": "窗口"}, {"name": "决定", "role": "负责人"}
    edition = town.release("food-business-licence", steps=[ends[0], *steps, ends[1]])
    tasks = queries.of(walk.accepted(town, edition, at=DAY))
    return [(task.place, task.name, task.days, task.is_open) for task in tasks]


def step(name, days=None, beside=False):
    return {"name": name, "role": "审查岗", "days": days, "parallel_with_previous": beside}


def test_acceptance_decision_and_delivery_are_no_tasks_of_review(town):
    assert laid_out(town, step("资料审查", 2), step("制证"), step("送达")) == [(1, "资料审查", 2, True)]


def test_half_a_day_counts_as_one_and_no_days_as_one(town):
    assert [days for _, _, days, _ in laid_out(town, step("初审", 0.5), step("复审", 1.5), step("会审"))] == [1, 2, 1]


def test_what_stands_beside_shares_the_place_of_the_one_before(town):
    assert laid_out(town, step("甲审"), step("乙审", beside=True), step("丙审"), step("丁审", beside=True)) == [
        (1, "甲审", 1, True),
        (1, "乙审", 1, True),
        (2, "丙审", 1, False),
        (2, "丁审", 1, False),
    ]


def test_a_first_step_that_stands_beside_the_acceptance_is_simply_the_first(town):
    assert laid_out(town, step("资料审查", beside=True)) == [(1, "资料审查", 1, True)]


def test_steps_of_one_name_are_tasks_of_their_own(town):
    assert laid_out(town, step("审查"), step("审查", beside=True)) == [(1, "审查", 1, True), (1, "审查", 1, True)]


def test_an_item_without_review_can_be_decided_at_once_by_another_hand(town):
    assert laid_out(town) == []


def test_an_applicant_sees_the_steps_and_no_opinions_staff_sees_both(town):
    case = walk.accepted(town, town.release("food-business-licence"), at=DAY)
    walk.opine_all(town, case, at=DAY)
    case = walk.again(case)

    (to_owner,) = queries.part(case, town.act("owner", DAY), DAY)
    (to_chief,) = queries.part(case, town.act("chief", DAY), DAY)

    assert (to_owner["state"], "opinion" in to_owner, "text" in to_owner) == ("done", False, False)
    assert (to_chief["opinion"], to_chief["text"], to_chief["done_by"]) == ("agree", "符合条件。", "工作人员reviewer")
