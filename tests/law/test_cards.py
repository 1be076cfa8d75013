"""Warnings, yellow and red cards (the rules T01 to T09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law import clocks
from yimen.law.calendar import CHINA
from yimen.law.cards import BY_CODE, RULES, Level, explain, instants, next_look
from yimen.law.clocks import ClockKind
from yimen.law.limits import Limit, Pause, Unit, due_on, used, working_days_left

MONDAY = date(2026, 3, 2)


def cards(kind, limit, *, opened=MONDAY, **more):
    """The cards of a clock, by code, as written dates."""
    found = instants(kind=kind, opened=opened, limit=limit, calendar=CHINA, **more)
    return {code: day.isoformat() for code, day in found}


def test_an_application_nobody_answers_is_warned_of_after_four_days_and_red_after_five():
    # counted: Tue 3rd, Wed 4th, Thu 5th, Fri 6th, Mon 9th
    assert cards(ClockKind.ACCEPTANCE, clocks.ACCEPTANCE) == {"T01": "2026-03-07", "T02": "2026-03-10"}


def test_a_promise_of_twenty_days_is_warned_of_at_sixteen_yellow_at_eighteen_and_red_when_past():
    assert cards(ClockKind.PROMISE, Limit(20)) == {"T03": "2026-03-25", "T04": "2026-03-27", "T05": "2026-03-31"}


def test_a_short_promise_is_yellow_on_its_last_day_and_not_warned_of_when_it_is_too_late():
    assert cards(ClockKind.PROMISE, Limit(2)) == {"T04": "2026-03-04", "T05": "2026-03-05"}


def test_a_promise_of_one_day_is_not_yellow_on_the_opening_day():
    assert cards(ClockKind.PROMISE, Limit(1)) == {"T04": "2026-03-03", "T05": "2026-03-04"}


def test_an_instant_item_is_red_the_day_after_and_never_yellow():
    assert cards(ClockKind.PROMISE, Limit(0)) == {"T05": "2026-03-03"}


def test_hours_are_too_short_for_warnings():
    opened = datetime(2026, 3, 2, 16, 0)  # noqa: DTZ001

    assert cards(ClockKind.PROMISE, Limit(4, Unit.HOUR), opened=opened) == {"T05": "2026-03-04"}


def test_the_statutory_limit_knows_only_red():
    assert cards(ClockKind.STATUTORY, Limit(20)) == {"T06": "2026-03-31"}


def test_a_delivery_is_yellow_after_ten_days_and_red_after_fifteen():
    assert cards(ClockKind.DELIVERY, clocks.DELIVERY) == {"T08": "2026-03-17", "T08R": "2026-03-24"}


def test_the_applicants_own_clock_gives_no_cards():
    assert cards(ClockKind.SUPPLEMENT, clocks.SUPPLEMENT) == {}


@pytest.mark.parametrize("kind", [ClockKind.STATUTORY, ClockKind.STEP])
def test_a_clock_that_stands_still_gives_no_cards(kind):
    running = Pause(date(2026, 3, 9), None, "听证", planned_days=5)

    assert cards(kind, Limit(20), pauses=[running]) == {}


def test_a_special_procedure_past_its_planned_end_is_yellow():
    running = Pause(date(2026, 3, 9), None, "听证", planned_days=5)
    unplanned = Pause(date(2026, 3, 9), None, "听证")

    assert cards(ClockKind.PROMISE, Limit(20), pauses=[running]) == {"T09": "2026-03-17"}
    assert cards(ClockKind.PROMISE, Limit(20), pauses=[unplanned]) == {}


def test_after_the_pause_the_cards_are_reckoned_anew_without_the_paused_days():
    ended = Pause(date(2026, 3, 9), date(2026, 3, 13), "听证")

    assert cards(ClockKind.PROMISE, Limit(20), pauses=[ended]) == {
        "T03": "2026-04-01",
        "T04": "2026-04-03",
        "T05": "2026-04-08",
    }


def test_an_extension_moves_every_card():
    assert cards(ClockKind.PROMISE, Limit(20), extension=10) == {
        "T03": "2026-04-04",
        "T04": "2026-04-10",
        "T05": "2026-04-15",
    }


def test_a_rule_holds_only_while_it_is_valid():
    yellow = BY_CODE["T04"]
    old = replace(yellow, valid_to=date(2026, 1, 31))
    new = replace(yellow, code="T04N", valid_from=date(2026, 2, 1), days_left=3)

    assert cards(ClockKind.PROMISE, Limit(20), rules=[old, new]) == {"T04N": "2026-03-26"}


def test_the_next_look_is_the_next_card_and_then_nothing():
    clock = {"kind": ClockKind.PROMISE, "opened": MONDAY, "limit": Limit(20), "calendar": CHINA}

    assert next_look(after=MONDAY, **clock) == date(2026, 3, 25)
    assert next_look(after=date(2026, 3, 25), **clock) == date(2026, 3, 27)
    assert next_look(after=date(2026, 3, 31), **clock) is None


def test_the_next_look_at_an_unanswered_notice_is_the_day_it_lapses():
    clock = {"kind": ClockKind.SUPPLEMENT, "opened": MONDAY, "limit": Limit(15), "calendar": CHINA}

    assert next_look(after=MONDAY, **clock) == date(2026, 3, 24)


def test_nobody_need_look_at_a_clock_that_stands_still_without_a_plan():
    running = Pause(date(2026, 3, 9), None, "听证")
    clock = {"opened": MONDAY, "limit": Limit(20), "calendar": CHINA, "pauses": [running]}

    assert next_look(after=MONDAY, kind=ClockKind.STATUTORY, **clock) is None


def test_a_card_explains_itself_with_its_figures():
    clock = {"opened": MONDAY, "limit": Limit(20), "calendar": CHINA}

    assert explain("T04", day=date(2026, 3, 27), **clock) == (
        "办结黄牌（黄牌）：承诺期限20个工作日，自2026年3月2日起算，至2026年3月27日已用18天（90%），还剩2天，"
        "2026年3月30日到期。依据：平台监察规则：期限已用九成或仅剩一日。"
    )
    assert explain("T05", day=date(2026, 3, 31), **clock) == (
        "承诺超期（红牌）：承诺期限20个工作日，自2026年3月2日起算，应不迟于2026年3月30日完成，"
        "至2026年3月31日仍未完成，已经超期，同时发出督办。依据：平台监察规则：承诺期限届满。"
    )


def test_an_overrun_procedure_explains_itself():
    running = Pause(date(2026, 3, 9), None, "听证", planned_days=5)

    told = explain("T09", day=date(2026, 3, 17), opened=MONDAY, limit=Limit(20), pauses=[running], calendar=CHINA)

    assert told == (
        "特别程序超期（黄牌）：听证自2026年3月9日开始，计划5个工作日，应不迟于2026年3月16日结束，至今没有结果。"
        "依据：许可法第四十五条。"
    )


def test_every_rule_has_a_code_of_its_own_a_source_and_a_beginning():
    assert len(BY_CODE) == len(RULES)
    assert all(rule.source and rule.valid_from for rule in RULES)
    assert {rule.level for rule in RULES} == set(Level)


@given(
    st.dates(date(2005, 1, 1), date(2027, 12, 31)),
    st.integers(1, 60),
    st.sampled_from([Unit.WORKING_DAY, Unit.NATURAL_DAY]),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=2),
    st.integers(0, 10),
)
def test_each_card_comes_on_the_first_day_its_condition_is_true(opened, amount, unit, gaps, extension):
    starts = [(opened + timedelta(days=after), length) for after, length in gaps]
    pauses = [Pause(first, first + timedelta(days=length), "检验") for first, length in starts]
    clock = {"opened": opened, "pauses": pauses, "calendar": CHINA}
    limit, total = Limit(amount, unit), amount + extension
    due = due_on(limit=limit, extension=extension, **clock)

    found = dict(instants(kind=ClockKind.PROMISE, limit=limit, extension=extension, **clock))

    def warned(day):
        return used(at_day=day, unit=unit, **clock) >= 0.8 * total - 1e-9

    def yellow(day):
        gone = used(at_day=day, unit=unit, **clock)
        return gone >= 0.9 * total - 1e-9 or total - gone <= 1

    days = [opened + timedelta(days=n) for n in range(1, (due - opened).days + 1)]
    assert found.get("T03") == next((day for day in days if warned(day)), None)
    assert found.get("T04") == next((day for day in days if yellow(day)), None)
    assert found["T05"] == due + timedelta(days=1)
    assert working_days_left(at_day=found["T05"], limit=limit, extension=extension, **clock) == 0
