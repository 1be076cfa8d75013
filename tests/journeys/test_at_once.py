"""Two people do the same thing at the same moment: one effect, and a clear word for the other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from tests.builders import walk
from tests.builders.threads import at_once, refusals
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.cases.models import Case
from yimen.city.commands import set_calendar_day
from yimen.clocks.commands import recompute
from yimen.clocks.models import Clock
from yimen.clocks.queries import of as clocks_of
from yimen.ledger.queries import faults
from yimen.review import commands as review
from yimen.review import queries as tasks
from yimen.review.choices import Opinion
from yimen.supervision.commands import sweep
from yimen.supervision.models import Card

pytestmark = pytest.mark.django_db(transaction=True)

NINE = at("2026-03-03 09:00")


@pytest.fixture
def town(transactional_db: None) -> walk.Town:
    return walk.town()


@pytest.fixture
def edition(town):
    """Two reviewers side by side, then a third."""
    steps = [
        {"name": "受理", "role": "综合窗口"},
        {"name": "书面审查", "role": "审查岗", "days": 3},
        {"name": "现场核查", "role": "核查岗", "days": 5, "parallel_with_previous": True},
        {"name": "复核", "role": "复核岗", "days": 2},
        {"name": "决定", "role": "负责人"},
    ]
    return town.release("food-business-licence", steps=steps, materials=[])


def test_a_double_click_submits_once(town, edition):
    application = walk.apply_for(town, edition, at=NINE)
    owner = town.act("owner", NINE)

    outcomes = at_once(*[lambda: applications.submit(application, by=owner, at=NINE)] * 3)

    assert refusals(outcomes) == ["already_submitted"] * 2
    case = Case.objects.get()
    assert (case.number, walk.paper_kinds(case), len(clocks_of(case.number))) == (application.number, ["A"], 1)
    assert list(faults()) == []


def test_two_clerks_accept_one_case(town, edition):
    case = walk.received(town, edition, at=NINE)
    clerks = [town.act(name, NINE) for name in ("clerk", "clerk2")]

    outcomes = at_once(*[lambda by=by: cases.accept(case, by=by, at=NINE) for by in clerks])

    assert refusals(outcomes) == ["wrong_state"]
    winner = next(by for by, outcome in zip(clerks, outcomes, strict=True) if isinstance(outcome, Case))
    case = walk.again(case)
    assert (case.state, case.accepted_by_id, case.version) == ("accepted", winner.user, 2)
    assert (walk.paper_kinds(case), len(tasks.of(case))) == (["A", "C"], 3)
    assert list(faults()) == []


def test_a_page_that_is_behind_is_told_so(town, edition):
    case = walk.received(town, edition, at=NINE)
    clerk, owner = town.act("clerk", NINE), town.act("owner", NINE)

    outcomes = at_once(
        lambda: cases.accept(case, by=clerk, at=NINE, seen=1),
        lambda: cases.withdraw(case, reason="不办了。", by=owner, at=NINE, seen=1),
    )

    assert refusals(outcomes) == ["stale"]
    assert walk.again(case).version == 2


def test_two_reviewers_finish_side_by_side_and_the_next_place_opens_once(town, edition):
    people = [town.act(name, NINE) for name in ("reviewer", "reviewer2")]
    for _ in range(5):
        case = walk.accepted(town, edition, at=NINE)
        places = [task.pk for task in tasks.of(case) if task.is_open]

        outcomes = at_once(
            *[
                lambda by=by, task=task: review.opine(case, task=task, opinion=Opinion.AGREE, text="", by=by, at=NINE)  # noqa: B023
                for by, task in zip(people, places, strict=True)
            ]
        )

        assert refusals(outcomes) == []
        assert [task.is_open for task in tasks.of(case)] == [False, False, True]
        assert [clock.key for clock in clocks_of(case.number) if clock.kind == "step" and clock.stopped_at is None] == [
            f"task:{tasks.of(case)[2].pk}"
        ]
    assert list(faults()) == []


def test_two_reviewers_finish_the_same_task(town, edition):
    case = walk.accepted(town, edition, at=NINE)
    task = tasks.of(case)[0].pk
    people = [town.act(name, NINE) for name in ("reviewer", "reviewer2")]

    outcomes = at_once(
        *[lambda by=by: review.opine(case, task=task, opinion=Opinion.AGREE, text="", by=by, at=NINE) for by in people]
    )

    assert refusals(outcomes) == ["task_not_open"]
    assert [line.verb for line in walk.story(case)].count("opine") == 1


def test_fifty_begin_at_once_and_each_gets_a_number_of_its_own(town, edition):
    owner = town.act("owner", NINE)

    def begin() -> list[str]:
        return [
            applications.begin(edition=edition, subject=town.firm, channel=Channel.WEB, by=owner, at=NINE).number
            for _ in range(5)
        ]

    numbers = [number for some in at_once(*[begin] * 10) for number in some]

    assert len(set(numbers)) == 50
    assert list(faults()) == []


def test_two_notices_at_once_are_one_notice(town):
    case = walk.received(town, town.release("food-business-licence"), at=NINE)
    clerks = [town.act(name, NINE) for name in ("clerk", "clerk2")]

    outcomes = at_once(
        *[
            lambda by=by, key=key: cases.ask_supplement(
                case, materials=[{"key": key, "reason": "不清晰。"}], by=by, at=NINE
            )
            for by, key in zip(clerks, ("m01", "m03"), strict=True)
        ]
    )

    assert refusals(outcomes) == ["wrong_state"]
    assert (walk.again(case).supplements.count(), walk.paper_kinds(case)) == (1, ["A", "D"])


def test_decision_and_withdrawal_at_once(town, edition):
    chief, owner = town.act("chief", NINE), town.act("owner", NINE)
    for _ in range(3):
        case = walk.reviewed(town, edition, at=NINE)

        outcomes = at_once(
            lambda: cases.decide(case, outcome=Outcome.GRANT, reason="符合。", by=chief, at=NINE),  # noqa: B023
            lambda: cases.withdraw(case, reason="不办了。", by=owner, at=NINE),  # noqa: B023
        )

        assert refusals(outcomes) == ["wrong_state"]
        assert (walk.again(case).state, walk.paper_kinds(case)) in (
            ("decided", ["A", "C", "H"]), ("withdrawn", ["A", "C", "T"]),
        )  # fmt: skip
    assert list(faults()) == []


def test_two_sweeps_at_once_issue_each_card_once_and_apply_the_law_once(town, edition):
    late = [walk.received(town, edition, at=at("2026-03-02")) for _ in range(6)]

    swept = at_once(*[lambda: sweep(at=at("2026-03-10"))] * 3)

    assert sum(each.deemed for each in swept) == 6
    assert sum(each.issued for each in swept) == 12
    assert {each.failed for each in swept} == {0}
    assert sorted(Card.objects.values_list("number", "rule")) == sorted(
        (case.number, rule) for case in late for rule in ("T01", "T02")
    )
    assert {walk.again(case).state for case in late} == {"accepted"}
    assert list(faults()) == []


def test_a_sweep_and_clerks_at_once_get_in_nobodys_way(town, edition):
    late = [walk.received(town, edition, at=at("2026-03-02")) for _ in range(6)]
    clerk, when = town.act("clerk", at("2026-03-10")), at("2026-03-10")

    outcomes = at_once(
        lambda: sweep(at=when),
        *[lambda case=case: cases.accept(case, by=clerk, at=when) for case in late],
    )
    sweep(at=when)

    by_hand = sum(isinstance(each, Case) for each in outcomes)
    assert refusals(outcomes) == ["wrong_state"] * (6 - by_hand)
    assert [walk.again(case).state for case in late] == ["accepted"] * 6
    assert Case.objects.filter(deemed=False).count() == by_hand
    assert list(faults()) == []


def test_a_calendar_change_loses_no_extension_that_is_given_meanwhile(town, edition):
    running = [walk.accepted(town, edition, at=at("2026-03-03")) for _ in range(5)]
    chief, when = town.act("chief", NINE), NINE
    set_calendar_day(date(2026, 3, 5), working=False, reason="停工通知", by=walk.SYSTEM, at=NINE)

    outcomes = at_once(
        lambda: recompute(first=date(2026, 3, 5), last=date(2026, 3, 5), by=walk.SYSTEM, at=when, size=3),
        lambda: recompute(first=date(2026, 3, 5), last=date(2026, 3, 5), by=walk.SYSTEM, at=when, size=4),
        *[lambda case=case: cases.extend(case, days=5, reason="案情复杂。", by=chief, at=when) for case in running],
    )

    assert refusals(outcomes) == []
    assert {walk.again(case).due_on for case in running} == {date(2026, 3, 25)}
    assert {(clock.extension, clock.due_on) for case in running for clock in clocks_of(case.number)
            if clock.kind == "promise"} == {(5, date(2026, 3, 25))}  # fmt: skip
    assert list(faults()) == []


def test_verify_is_calm_while_people_work(town, edition):
    owner = town.act("owner", NINE)

    def work() -> None:
        for _ in range(6):
            walk.accepted(town, edition, at=NINE)

    def look() -> list[str]:
        return [fault for _ in range(6) for fault in faults()]

    assert at_once(work, work, look)[2] == []
    assert owner.user is not None


def test_a_clock_that_a_clerk_has_in_hand_is_left_to_the_next_sweep(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02"))
    when = at("2026-03-10")

    with transaction.atomic():
        assert list(Clock.objects.select_for_update(no_key=True).filter(about=case.number).values_list("kind")) == [
            ("acceptance",)
        ]
        (swept,) = at_once(lambda: sweep(at=when))
    assert (swept.issued, walk.again(case).state) == (0, "received")
    assert sweep(at=when + timedelta(minutes=1)).deemed == 1
