"""How long the six clocks run, and which state runs them (许可法 32, 42, 44)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law import clocks
from yimen.law.calendar import CHINA
from yimen.law.clocks import OUTLASTING, RUNS, ClockKind, Effect, decision_limits, deemed_acceptance
from yimen.law.limits import Limit, Unit
from yimen.law.states import FINAL, State, Verb, step


def run(*verbs: Verb) -> dict[ClockKind, Effect]:
    """The effect each clock was last under, after a draft went through these verbs."""
    state, clocks_now = State.DRAFT, {}
    for verb in verbs:
        state = step(state, verb)
        clocks_now |= RUNS[state]
    return clocks_now


def test_the_law_gives_five_days_to_accept_twenty_or_forty_five_to_decide_and_ten_to_deliver():
    assert str(clocks.ACCEPTANCE) == "5个工作日"
    assert str(clocks.ORDINARY_DECISION) == "20个工作日"
    assert str(clocks.JOINT_DECISION) == "45个工作日"
    assert str(clocks.DELIVERY) == "10个工作日"
    assert clocks.SUPPLEMENT.source == "本地做法，法律未规定"


def test_receipt_starts_the_acceptance_clock_and_acceptance_the_deciding_ones():
    received = run(Verb.SUBMIT)
    accepted = run(Verb.SUBMIT, Verb.ACCEPT)

    assert received[ClockKind.ACCEPTANCE] is Effect.RUN
    assert accepted[ClockKind.ACCEPTANCE] is Effect.STOP
    assert accepted[ClockKind.PROMISE] is accepted[ClockKind.STATUTORY] is Effect.RUN


def test_asking_for_a_supplement_stops_the_offices_clock_and_starts_the_applicants():
    waiting = run(Verb.SUBMIT, Verb.ASK_SUPPLEMENT)
    back = run(Verb.SUBMIT, Verb.ASK_SUPPLEMENT, Verb.SUPPLEMENT)

    assert (waiting[ClockKind.ACCEPTANCE], waiting[ClockKind.SUPPLEMENT]) == (Effect.STOP, Effect.RUN)
    assert (back[ClockKind.ACCEPTANCE], back[ClockKind.SUPPLEMENT]) == (Effect.RUN, Effect.STOP)


def test_a_special_procedure_pauses_promise_statute_and_step_and_nothing_else():
    assert RUNS[State.PAUSED] == {
        ClockKind.PROMISE: Effect.PAUSE,
        ClockKind.STATUTORY: Effect.PAUSE,
        ClockKind.STEP: Effect.PAUSE,
    }


def test_the_decision_stops_the_deciding_clocks_and_starts_delivery():
    decided = run(Verb.SUBMIT, Verb.ACCEPT, Verb.DECIDE)

    assert decided[ClockKind.STATUTORY] is Effect.STOP
    assert decided[ClockKind.DELIVERY] is Effect.RUN
    assert clocks.runs_delivery(granted=True)
    assert not clocks.runs_delivery(granted=False)


@pytest.mark.parametrize("state", sorted(FINAL))
def test_in_a_final_state_every_clock_has_stopped(state):
    assert RUNS[state] == dict.fromkeys(set(ClockKind) - OUTLASTING, Effect.STOP)


def test_only_the_check_of_a_commitment_goes_on_when_the_case_has_ended():
    assert {ClockKind.COMMITMENT, ClockKind.CORRECTION} == OUTLASTING


def test_every_state_says_what_it_does_to_the_clocks():
    assert set(RUNS) == set(State)


def test_without_a_promise_the_statutory_limit_is_the_promise():
    limits = decision_limits(promised=None, statutory=Limit(15, Unit.WORKING_DAY, "某法第九条"))

    assert limits.promise == limits.statutory == Limit(15, Unit.WORKING_DAY, "某法第九条")
    assert not limits.defaulted
    assert limits.sentence == "法定期限15个工作日（某法第九条）；未作承诺，以此为准。"


def test_without_both_the_laws_general_limit_is_shown_with_its_article():
    limits = decision_limits(promised=None, statutory=None)

    assert limits.promise == Limit(20, Unit.WORKING_DAY, "许可法第四十二条第一款")
    assert limits.defaulted
    assert limits.sentence == (
        "事项未载明法定期限，按一般规定20个工作日（许可法第四十二条第一款）；未作承诺，以此为准。"
    )


def test_several_agencies_together_have_forty_five_days():
    assert decision_limits(promised=None, statutory=None, joint=True).statutory.amount == 45


def test_a_promise_is_kept_apart_from_the_statutory_limit():
    limits = decision_limits(promised=Limit(7), statutory=Limit(30, Unit.NATURAL_DAY))

    assert (limits.promise, limits.statutory) == (Limit(7), Limit(30, Unit.NATURAL_DAY))
    assert limits.sentence == "法定期限30个自然日；承诺期限7个工作日。"


def test_an_instant_item_promises_the_same_day():
    limits = decision_limits(promised=Limit(0), statutory=None)

    assert limits.promise.instant
    assert limits.sentence.endswith("承诺期限当日办结。")


def test_an_agency_cannot_promise_itself_more_time_than_the_law_gives():
    limits = decision_limits(promised=Limit(30), statutory=Limit(20))

    assert limits.promise == Limit(20)
    assert "以法定期限为准" in limits.sentence


def test_after_five_silent_days_the_application_counts_as_accepted_on_the_day_it_came():
    deemed = deemed_acceptance(received_on=date(2025, 9, 26), calendar=CHINA)

    assert deemed.due == date(2025, 10, 10)
    assert deemed.strikes_on == date(2025, 10, 11)
    assert deemed.accepted_on == date(2025, 9, 26)
    assert deemed.sentence == (
        "自2025年9月26日收到申请材料起5个工作日内（至2025年10月10日）未告知申请人，"
        "自收到材料之日起即为受理（许可法第三十二条）。"
    )


def test_what_came_on_a_sunday_is_deemed_accepted_on_that_sunday():
    sunday = date(2026, 3, 8)

    assert deemed_acceptance(received_on=sunday, calendar=CHINA).accepted_on == sunday
    assert deemed_acceptance(received_on=sunday, calendar=CHINA).due == date(2026, 3, 13)


@given(st.dates(date(2004, 1, 1), date(2027, 12, 31)))
def test_silence_never_counts_before_five_working_days_have_gone(received):
    deemed = deemed_acceptance(received_on=received, calendar=CHINA)

    assert CHINA.count_working(received, deemed.due) - CHINA.is_working(received) == 5


def test_only_silence_and_an_unanswered_notice_lapse_by_themselves():
    day = date(2026, 3, 9)

    lapses = {kind: clocks.lapses_on(kind, day) for kind in ClockKind}

    assert {kind for kind, lapse in lapses.items() if lapse} == {ClockKind.ACCEPTANCE, ClockKind.SUPPLEMENT}
    assert lapses[ClockKind.ACCEPTANCE] == date(2026, 3, 10)
