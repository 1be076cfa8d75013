"""The city changes its calendar while cases are running: due days follow, and everybody can read why."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import jobs, walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.queries import timeline
from yimen.city.commands import set_calendar_day
from yimen.clocks.commands import recompute
from yimen.clocks.queries import of as clocks_of
from yimen.kit.time import now
from yimen.ledger.queries import faults
from yimen.review import queries as tasks
from yimen.supervision import queries as cards
from yimen.supervision.commands import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


def say(town, day, *, working, when="2026-03-04"):
    set_calendar_day(
        day, working=working, name="停工", reason="岭东府办〔2026〕9号", by=town.act("admin", at(when)), at=at(when)
    )
    return jobs.run()


def test_a_day_off_moves_every_clock_that_counts_through_it(town, edition):
    accepted = walk.accepted(town, edition, at=at("2026-03-03"))
    received = walk.received(town, edition, at=at("2026-03-03"))
    closed = walk.closed(town, edition, at=at("2026-03-03"))
    jobs.run()

    done = say(town, date(2026, 3, 5), working=False)

    assert done == [("city.CalendarChanged", "clocks.reckon_anew")]
    accepted, received = walk.again(accepted), walk.again(received)
    assert (accepted.due_on, walk.running(accepted)) == (
        date(2026, 3, 18),
        {"promise": date(2026, 3, 18), "statutory": date(2026, 3, 18), "step": date(2026, 3, 6)},
    )
    assert [task.due_on for task in tasks.of(accepted)] == [date(2026, 3, 6)]
    assert (received.due_on, walk.running(received)) == (date(2026, 3, 11), {"acceptance": date(2026, 3, 11)})
    assert [clock.due_on for clock in clocks_of(closed.number) if clock.kind == "promise"] == [date(2026, 3, 17)]
    assert [
        moment.text for moment in timeline(accepted, town.act("owner", now()), now()) if moment.verb == "due-moved"
    ] == ["工作日历有调整，期限改为2026年3月18日。"]
    assert list(faults()) == []


def test_it_moves_back_as_well_and_doing_it_twice_changes_nothing_more(town, edition):
    case = walk.accepted(town, edition, at=at("2026-03-03"))
    say(town, date(2026, 3, 5), working=False)
    say(town, date(2026, 3, 7), working=True)
    assert walk.again(case).due_on == date(2026, 3, 17)
    told = len(walk.story(case))

    assert recompute(first=date(2026, 3, 5), last=date(2026, 3, 7), by=walk.SYSTEM, at=at("2026-03-04")) == 3

    assert (walk.again(case).due_on, len(walk.story(case))) == (date(2026, 3, 17), told)


def test_days_before_the_opening_or_after_the_end_move_nothing(town, edition):
    case = walk.accepted(town, edition, at=at("2026-03-03"))

    say(town, date(2026, 3, 2), working=False)
    say(town, date(2026, 3, 18), working=False)

    assert walk.again(case).due_on == date(2026, 3, 17)


def test_a_paused_case_moves_with_its_planned_end(town, edition):
    case = walk.accepted(town, edition, at=at("2026-03-03"))
    reviewer = town.act("reviewer", at("2026-03-09"))
    cases.pause(case, ground="听证", planned_days=5, reason="有人申请。", by=reviewer, at=at("2026-03-09"))

    say(town, date(2026, 3, 12), working=False, when="2026-03-09")

    assert walk.again(case).due_on == date(2026, 3, 26)


def test_what_is_already_late_under_the_new_calendar_gets_its_card(town, edition):
    case = walk.accepted(town, edition, at=at("2026-03-03"))
    say(town, date(2026, 3, 5), working=False)
    sweep(at=at("2026-03-18 09:00"))
    assert "T05" not in [card.rule for card in cards.of(case)]

    say(town, date(2026, 3, 7), working=True, when="2026-03-18")
    sweep(at=at("2026-03-18 10:00"))

    assert [card.rule for card in cards.of(case)] == ["T03", "T04", "T05", "T06"]


def test_the_time_an_applicant_was_told_in_writing_is_never_shortened(town, edition):
    case = walk.received(town, edition, at=at("2026-03-03"))
    clerk = town.act("clerk", at("2026-03-04"))
    cases.ask_supplement(case, materials=[{"key": "m03", "reason": "不清晰。"}], by=clerk, at=at("2026-03-04"))

    say(town, date(2026, 3, 7), working=True)
    assert walk.running(case) == {"supplement": date(2026, 3, 25)}

    say(town, date(2026, 3, 9), working=False)
    say(town, date(2026, 3, 10), working=False)
    assert walk.running(case) == {"supplement": date(2026, 3, 26)}
    assert walk.again(case).supplements.get().due_on == date(2026, 3, 26)
    assert list(faults()) == []
