"""What can be done to a case, and what it needs (许可法 31–45)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law import invariants
from yimen.law.invariants import Outcome
from yimen.law.states import BEFORE_DECISION, FINAL, TRANSITIONS, NotPossible, State, Verb, possible, step

STATES, VERBS = st.sampled_from(State), st.sampled_from(Verb)


def walk(*verbs: Verb) -> State:
    """The state a draft reaches by these verbs."""
    state = State.DRAFT
    for verb in verbs:
        state = step(state, verb)
    return state


def test_the_ordinary_walk_ends_closed():
    assert walk(Verb.SUBMIT, Verb.ACCEPT, Verb.OPINE, Verb.DECIDE, Verb.ISSUE, Verb.DELIVER, Verb.CLOSE) is State.CLOSED


def test_a_supplemented_case_is_looked_at_again():
    assert walk(Verb.SUBMIT, Verb.ASK_SUPPLEMENT, Verb.SUPPLEMENT) is State.RECEIVED


def test_what_is_never_supplemented_is_returned():
    assert walk(Verb.SUBMIT, Verb.ASK_SUPPLEMENT, Verb.RETURN) is State.RETURNED


def test_silence_accepts():
    assert walk(Verb.SUBMIT, Verb.DEEM_ACCEPTED) is State.ACCEPTED


def test_a_paused_case_must_resume_before_it_is_decided():
    paused = walk(Verb.SUBMIT, Verb.ACCEPT, Verb.PAUSE)

    assert Verb.DECIDE not in possible(paused)
    assert step(step(paused, Verb.RESUME), Verb.DECIDE) is State.DECIDED


def test_a_final_state_allows_nothing():
    assert {
        State.CLOSED,
        State.REFUSED,
        State.NOT_NEEDED,
        State.RETURNED,
        State.WITHDRAWN,
        State.VOID,
        State.FORWARDED,
    } == FINAL
    assert all(possible(state) == frozenset() for state in FINAL)


def test_an_applicant_may_withdraw_until_the_decision_and_no_longer():
    assert {state for state in State if Verb.WITHDRAW in possible(state)} == BEFORE_DECISION


def test_staff_may_void_from_receipt_until_the_end():
    assert {state for state in State if Verb.VOID in possible(state)} == BEFORE_DECISION | {State.DECIDED}


def test_an_accepted_case_allows_these_verbs_and_no_others():
    assert possible(State.ACCEPTED) == {
        Verb.OPINE,
        Verb.PAUSE,
        Verb.EXTEND,
        Verb.DECIDE,
        Verb.FORWARD,
        Verb.RETURN,
        Verb.WITHDRAW,
        Verb.VOID,
    }


def test_a_verb_the_state_does_not_allow_is_refused_in_words():
    with pytest.raises(NotPossible) as refused:
        step(State.CLOSED, Verb.ACCEPT)

    assert refused.value.sentence == "办件当前状态为“已办结”，不能进行“受理”操作。"
    assert refused.value.code == "not_possible_in_state"


@given(STATES, VERBS)
def test_step_and_possible_tell_the_same_story(state, verb):
    if verb in possible(state):
        assert step(state, verb) is TRANSITIONS[state, verb]
    else:
        with pytest.raises(NotPossible):
            step(state, verb)


@given(st.lists(VERBS, max_size=40))
def test_no_sequence_of_verbs_leaves_a_final_state(verbs):
    state = State.DRAFT
    for verb in verbs:
        if verb in possible(state):
            assert state not in FINAL
            state = step(state, verb)


def test_every_state_can_be_reached_and_every_verb_used():
    assert set(TRANSITIONS.values()) | {State.DRAFT} == set(State)
    assert {verb for _, verb in TRANSITIONS} == set(Verb)


def test_every_state_and_verb_has_a_chinese_name_of_its_own():
    assert len({state.label for state in State}) == len(State)
    assert len({verb.label for verb in Verb}) == len(Verb)


def test_the_first_notice_may_ask_for_anything_it_lists():
    assert invariants.supplement_objection(open_notices=0, asked_before=(), asked_now=["photo", "name"]) is None


def test_two_open_notices_are_one_too_many():
    objection = invariants.supplement_objection(open_notices=1, asked_before=["photo"], asked_now=["photo"])

    assert objection.code == "supplement_open"


def test_a_second_notice_may_repeat_the_first_but_not_add_to_it():
    repeat = invariants.supplement_objection(open_notices=0, asked_before=["photo", "name"], asked_now=["photo"])
    more = invariants.supplement_objection(open_notices=0, asked_before=["photo"], asked_now=["photo", "lease"])

    assert repeat is None
    assert more.code == "supplement_beyond_first_notice"
    assert invariants.is_repeated(1)
    assert not invariants.is_repeated(0)


def test_a_notice_that_asks_for_nothing_is_refused():
    assert invariants.supplement_objection(open_notices=0, asked_before=(), asked_now=[]).code == "nothing_asked"


@pytest.mark.parametrize("state", sorted(set(State) - {State.RECEIVED}))
def test_material_is_asked_for_before_acceptance_or_not_at_all(state):
    assert invariants.material_request_objection(State.RECEIVED) is None
    assert invariants.material_request_objection(state).code == "no_request_after_acceptance"


def test_only_what_the_edition_lists_may_be_asked_for():
    objection = invariants.beyond_list_objection(["photo", "单身证明"], ["photo"])

    assert objection.code == "not_on_list"
    assert "单身证明" in objection.sentence
    assert invariants.beyond_list_objection(["photo"], ["photo", "lease"]) is None


def test_a_denial_gives_reasons_and_names_remedies_and_a_grant_need_not():
    deny = {"outcome": Outcome.DENY}

    assert invariants.decision_objection(outcome=Outcome.GRANT, reason="") is None
    assert invariants.decision_objection(reason=" ", **deny).code == "reason_missing"
    assert (
        invariants.decision_objection(reason="场所不符合要求", legal_remedies=False, **deny).code == "remedies_missing"
    )
    assert invariants.decision_objection(reason="场所不符合要求", **deny) is None


def test_nothing_is_decided_without_an_outcome_or_before_every_step_is_done():
    assert invariants.decision_objection(outcome=None, reason="同意").code == "outcome_missing"
    assert invariants.decision_objection(outcome=Outcome.GRANT, reason="", undone_tasks=1).code == "tasks_undone"


def test_a_reason_of_one_character_is_none_and_the_sentence_says_so():
    short, none = (invariants.reason_objection(reason, act="撤回") for reason in (" 无 ", "  "))

    assert (short.code, none.code) == ("reason_missing", "reason_missing")
    assert (short.sentence, none.sentence) == ("撤回的理由太短，请写明具体理由。", "撤回应当说明理由。")
    assert invariants.reason_objection("重复提交", act="撤回") is None


def test_a_refusal_names_its_reason_and_the_body_to_turn_to():
    assert invariants.refusal_objection(reason="", competent_body="市应急管理局").code == "reason_missing"
    assert invariants.refusal_objection(reason="不属于本机关职权", competent_body="").code == "competent_body_missing"
    assert invariants.refusal_objection(reason="不属于本机关职权", competent_body="市应急管理局") is None


def test_an_act_that_needs_a_reason_has_one():
    assert invariants.reason_objection("", act="作废").sentence == "作废应当说明理由。"
    assert invariants.reason_objection("重复录入", act="作废") is None


def test_who_accepts_does_not_decide_except_at_an_authorised_window():
    assert invariants.separation_objection(accepted_by=7, decides=7, authorised_instant=False).code == "same_person"
    assert invariants.separation_objection(accepted_by=7, decides=7, authorised_instant=True) is None
    assert invariants.separation_objection(accepted_by=7, decides=8, authorised_instant=False) is None
    assert invariants.separation_objection(accepted_by=None, decides=8, authorised_instant=False) is None
