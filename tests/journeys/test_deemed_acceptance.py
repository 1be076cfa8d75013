"""The office keeps silent for five working days: the law accepts, back to the day of receipt (许可法 32(4))."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications.queries import of_number as application_of
from yimen.cases import commands as cases
from yimen.cases.access import WrongState
from yimen.cases.choices import Outcome
from yimen.clocks.queries import of as clocks_of
from yimen.ledger.queries import faults
from yimen.review import queries as tasks
from yimen.supervision import queries as cards
from yimen.supervision.commands import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


def test_silence_becomes_acceptance_on_the_sixth_day_dated_back_to_receipt(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02 15:00"))

    sweep(at=at("2026-03-09 23:59"))
    assert walk.again(case).state == "received"
    done = sweep(at=at("2026-03-10 00:00"))

    case = walk.again(case)
    assert (done.deemed, case.state, case.deemed, case.accepted_at, case.accepted_by) == (
        1, "accepted", True, at("2026-03-02 15:00"), None,
    )  # fmt: skip
    assert [(clock.kind, clock.opened_on, clock.due_on, clock.doing) for clock in clocks_of(case.number)] == [
        ("acceptance", date(2026, 3, 2), date(2026, 3, 9), "stopped"),
        ("promise", date(2026, 3, 2), date(2026, 3, 16), "running"),
        ("statutory", date(2026, 3, 2), date(2026, 3, 16), "running"),
        ("step", date(2026, 3, 10), date(2026, 3, 12), "running"),
    ]
    assert (case.due_on, [task.opened_at for task in tasks.of(case)]) == (date(2026, 3, 16), [at("2026-03-10 00:00")])
    assert [(card.rule, card.level) for card in cards.of(case)] == [("T01", "warning"), ("T02", "red")]
    paper = walk.paper(case, "C")
    assert (paper["deemed"], paper["accepted_at"][:10], paper["promised_due"]) == (True, "2026-03-02", "2026-03-16")
    jobs.run()
    assert jobs.told(town.firm)[-1][0] == "申请已受理"
    assert list(faults()) == []


def test_the_ledger_tells_its_story_in_the_order_of_time(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02"))
    sweep(at=at("2026-03-10"))

    times = [line.at for line in walk.story(case)]

    assert times == sorted(times)


def test_what_the_law_accepted_is_reviewed_and_decided_like_any_other(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02"))
    sweep(at=at("2026-03-10"))
    walk.opine_all(town, walk.again(case), at=at("2026-03-11"))

    case = cases.decide(
        case, outcome=Outcome.GRANT, reason="符合条件。", by=town.act("chief", at("2026-03-12")), at=at("2026-03-12")
    )

    assert case.state == "decided"


def test_a_clerk_who_comes_a_day_late_finds_it_accepted(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02"))
    sweep(at=at("2026-03-10"))

    with pytest.raises(WrongState):
        cases.accept(case, by=town.act("clerk", at("2026-03-10 09:00")), at=at("2026-03-10 09:00"))


def test_after_a_supplement_the_five_days_count_from_its_arrival(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02"))
    clerk, owner = town.act("clerk", at("2026-03-04")), town.act("owner", at("2026-03-10"))
    cases.ask_supplement(case, materials=[{"key": "m03", "reason": "不清晰。"}], by=clerk, at=at("2026-03-04"))
    applications.attach(application_of(case.number), "m03", upload=("图.pdf", walk.PDF), by=owner, at=at("2026-03-10"))
    cases.supplement(case, by=owner, at=at("2026-03-10"))

    assert sweep(at=at("2026-03-17 23:00")).deemed == 0
    assert sweep(at=at("2026-03-18")).deemed == 1

    case = walk.again(case)
    assert (case.accepted_at, walk.running(case)["promise"]) == (at("2026-03-10"), date(2026, 3, 24))


def test_what_was_told_in_time_is_not_touched(town, edition):
    walk.accepted(town, edition, at=at("2026-03-02"))

    assert sweep(at=at("2026-03-10")).deemed == 0
