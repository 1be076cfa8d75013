"""Every verb: who may and who may not, in which state, and never from a page that is behind. One table for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.builders import walk
from tests.builders.walk import at
from yimen.applications import commands as applications
from yimen.applications.queries import of_number as application_of
from yimen.cases import commands as cases
from yimen.cases.access import OwnCase, allowed
from yimen.cases.choices import Outcome
from yimen.cases.models import Case
from yimen.city.choices import Duty
from yimen.kit.errors import Forbidden, Refusal, Stale
from yimen.law.states import TRANSITIONS, State, Verb
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.review import commands as review
from yimen.review.choices import Opinion
from yimen.review.queries import of as tasks_of

pytestmark = pytest.mark.django_db

DAY = at("2026-03-02")
LATER = DAY + timedelta(hours=1)
EVERYBODY = (*walk.STAFF, "owner", "citizen", "stranger")

Do = Callable[..., Any]


DO: dict[Verb, Do] = {
    Verb.ACCEPT: cases.accept,
    Verb.ASK_SUPPLEMENT: lambda case, **how: cases.ask_supplement(
        case, materials=[{"key": "m03", "reason": "不清晰。"}], **how
    ),
    Verb.SUPPLEMENT: cases.supplement,
    Verb.REFUSE: lambda case, **how: cases.refuse(case, reason="不归我们管。", competent_body="别的机关", **how),
    Verb.NOT_NEEDED: lambda case, **how: cases.not_needed(case, reason="不需要许可。", **how),
    Verb.OPINE: lambda case, **how: review.opine(
        case, task=next((task.pk for task in tasks_of(case)), 0), opinion=Opinion.AGREE, text="", **how
    ),
    Verb.PAUSE: lambda case, **how: cases.pause(case, ground="听证", planned_days=5, reason="有人申请。", **how),
    Verb.RESUME: lambda case, **how: cases.resume(case, result="听证结束。", **how),
    Verb.EXTEND: lambda case, **how: cases.extend(case, days=5, reason="案情复杂。", **how),
    Verb.DECIDE: lambda case, **how: cases.decide(case, outcome=Outcome.GRANT, reason="符合。", **how),
    Verb.FORWARD: lambda case, **how: cases.forward(case, body="上级机关", reason="应由上级决定。", **how),
    Verb.ISSUE: results.issue,
    Verb.DELIVER: lambda case, **how: results.deliver(case, way=Way.ELECTRONIC, **how),
    Verb.WITHDRAW: lambda case, **how: cases.withdraw(case, reason="不办了。", **how),
    Verb.VOID: lambda case, **how: cases.void(case, reason="重复申请。", **how),
}

CLERKS, REVIEWERS, CHIEFS, DELIVERERS = (
    {name for name, duties in walk.STAFF.items() if duty in duties}
    for duty in (Duty.CLERK, Duty.REVIEWER, Duty.CHIEF, Duty.DELIVERER)
)
# Who may, when clerk2 has accepted the case (or nobody yet), and the state it is done in.
MAY: dict[Verb, tuple[State, set[str]]] = {
    Verb.ACCEPT: (State.RECEIVED, CLERKS),
    Verb.ASK_SUPPLEMENT: (State.RECEIVED, CLERKS),
    Verb.REFUSE: (State.RECEIVED, CLERKS),
    Verb.NOT_NEEDED: (State.RECEIVED, CLERKS),
    Verb.SUPPLEMENT: (State.SUPPLEMENT, {"owner"} | CLERKS),
    Verb.OPINE: (State.ACCEPTED, REVIEWERS | CHIEFS),
    Verb.PAUSE: (State.ACCEPTED, REVIEWERS | CHIEFS),
    Verb.RESUME: (State.PAUSED, REVIEWERS | CHIEFS),
    Verb.EXTEND: (State.ACCEPTED, CHIEFS),
    Verb.DECIDE: (State.ACCEPTED, CHIEFS),
    Verb.FORWARD: (State.ACCEPTED, CHIEFS),
    Verb.ISSUE: (State.DECIDED, DELIVERERS | CHIEFS),
    Verb.DELIVER: (State.DECIDED, DELIVERERS | CHIEFS | CLERKS),
    Verb.WITHDRAW: (State.RECEIVED, {"owner"} | CLERKS),
    Verb.VOID: (State.RECEIVED, CHIEFS),
}
# Verbs that the engine does by itself or that a later command calls: they have no door.
OWN = {Verb.SUBMIT, Verb.RECEIVE, Verb.DEEM_ACCEPTED, Verb.RETURN, Verb.CLOSE}


@pytest.fixture
def states(town) -> dict[State, Case]:
    """One case in each state in which a verb may be done, and one in each in which it ended."""
    edition = town.release("food-business-licence")
    by = {name: town.act(name, DAY) for name in (*walk.STAFF, "owner")}

    def asked() -> Case:
        case = DO[Verb.ASK_SUPPLEMENT](walk.received(town, edition, at=DAY), by=by["clerk2"], at=DAY)
        applications.attach(application_of(case.number), "m03", upload=("图.pdf", walk.PDF), by=by["owner"], at=DAY)
        return case

    def accepted() -> Case:
        return cases.accept(walk.received(town, edition, at=DAY), by=by["clerk2"], at=DAY)

    def reviewed() -> Case:
        case = accepted()
        walk.opine_all(town, case, at=DAY)
        return walk.again(case)

    def decided() -> Case:
        return DO[Verb.DECIDE](reviewed(), by=by["chief"], at=DAY)

    def issued() -> Case:
        return results.issue(decided(), by=by["deliverer"], at=DAY)

    found = {
        State.RECEIVED: walk.received(town, edition, at=DAY),
        State.SUPPLEMENT: asked(),
        State.ACCEPTED: accepted(),
        State.PAUSED: DO[Verb.PAUSE](accepted(), by=by["chief"], at=DAY),
        State.DECIDED: decided(),
        State.CLOSED: DO[Verb.DELIVER](issued(), by=by["deliverer"], at=DAY),
        State.REFUSED: DO[Verb.REFUSE](walk.received(town, edition, at=DAY), by=by["clerk"], at=DAY),
        State.WITHDRAWN: DO[Verb.WITHDRAW](walk.received(town, edition, at=DAY), by=by["owner"], at=DAY),
    }
    found["reviewed"] = reviewed()  # type: ignore[index]
    found["issued"] = issued()  # type: ignore[index]
    return found


def ready(states: dict[Any, Case], verb: Verb, state: State) -> Case:
    """The case of a state in which nothing else stands in the verb's way."""
    special = {Verb.DECIDE: "reviewed", Verb.DELIVER: "issued"}
    return states[special.get(verb, state)] if (state, verb) in TRANSITIONS else states[state]


def tried(verb: Verb, case: Case, by: Any, **how: Any) -> str:
    """ "done", or the refusal's code; without any trace."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                DO[verb](case, by=by, at=LATER, **how)
            said = "done"
        except Refusal as refusal:
            said = "forbidden" if isinstance(refusal, Forbidden) else refusal.code
        transaction.set_rollback(True)
    return said


def test_the_table_knows_every_verb() -> None:
    assert set(DO) == set(MAY) == set(Verb) - OWN


def test_who_may_and_who_may_not(town, states) -> None:
    """Everybody tries every verb on a case that is ripe for it."""
    told = {
        verb: {name for name in EVERYBODY if tried(verb, ready(states, verb, state), town.act(name, LATER)) == "done"}
        for verb, (state, _) in MAY.items()
    }

    assert told == {verb: people for verb, (_, people) in MAY.items()}


def test_who_may_not_is_forbidden_whatever_the_state(town, states) -> None:
    """403 before 409: whoever has no business with the case learns nothing about its state."""
    stranger = town.act("stranger", LATER)

    said = {(verb, state): tried(verb, case, stranger) for verb in MAY for state, case in states.items()}

    assert {key: code for key, code in said.items() if code != "forbidden"} == {}


def test_each_verb_is_refused_in_every_state_the_table_of_law_does_not_name(town, states) -> None:
    said = {}
    for verb, (_, people) in MAY.items():
        actor = town.act("chief" if "chief" in people else sorted(people)[0], LATER)
        for state in (each for each in states if isinstance(each, State)):
            said[verb, state] = tried(verb, ready(states, verb, state), actor)

    lawful = {(verb, state) for state, verb in TRANSITIONS}
    assert {key for key, code in said.items() if code == "done"} == {key for key in said if key in lawful}
    assert {code for key, code in said.items() if key not in lawful} <= {"wrong_state"}


def test_what_is_offered_is_what_can_be_done(town, states) -> None:
    """`allowed` and the commands ask the same rule."""
    offered = {
        (name, state): set(allowed(states[state], town.act(name, LATER), LATER))
        for name in ("clerk", "reviewer", "chief", "deliverer", "owner")
        for state in (State.RECEIVED, State.SUPPLEMENT, State.PAUSED)
    }

    possible = {
        (name, state): {verb for verb in MAY if tried(verb, states[state], town.act(name, LATER)) == "done"}
        for name, state in offered
    }
    assert offered == possible


def test_a_page_that_is_behind_is_refused_with_nothing_changed(town, states) -> None:
    by_version = set(MAY) - {Verb.OPINE}

    said = {}
    for verb in by_version:
        state, people = MAY[verb]
        case = ready(states, verb, state)
        said[verb] = tried(verb, case, town.act(sorted(people)[0], LATER), seen=case.version - 1)

    assert said == dict.fromkeys(by_version, Stale.code)


def test_a_late_double_click_is_a_clear_refusal(town, states) -> None:
    case, clerk = states[State.RECEIVED], town.act("clerk", LATER)
    cases.accept(case, by=clerk, at=LATER, seen=1)

    with pytest.raises(Stale):
        cases.accept(case, by=clerk, at=LATER, seen=1)
    with pytest.raises(Refusal) as again:
        cases.accept(case, by=clerk, at=LATER)

    assert again.value.detail == "办件当前状态为“已受理”，不能进行“受理”操作。"


def test_whoever_accepted_neither_reviews_nor_decides(town) -> None:
    """Also where one person holds all the posts (受审分离)."""
    town.users["chief"].refresh_from_db()
    both = walk.all_duties(town, "both")
    case = walk.received(town, town.release("food-business-licence"), at=DAY)
    cases.accept(case, by=town.act("both", DAY), at=DAY)

    said = {verb: tried(verb, walk.again(case), town.act("both", LATER)) for verb in (Verb.OPINE, Verb.DECIDE)}
    walk.opine_all(town, walk.again(case), at=DAY)
    afterwards = tried(Verb.DECIDE, walk.again(case), town.act("both", LATER))

    assert (said, afterwards) == ({Verb.OPINE: "forbidden", Verb.DECIDE: "forbidden"}, "forbidden")
    assert tried(Verb.DECIDE, walk.again(case), town.act("chief", LATER)) == "done"
    assert both.pk == walk.again(case).accepted_by_id


def test_after_acceptance_nobody_asks_for_material(town, states) -> None:
    """后台不能再要求补充材料: neither the clerk nor, whatever their duties, the back office."""
    walk.all_duties(town, "both")

    said = {
        (name, state): tried(Verb.ASK_SUPPLEMENT, states[state], town.act(name, LATER))
        for name in ("clerk", "reviewer", "chief", "both")
        for state in (State.ACCEPTED, State.PAUSED, State.DECIDED)
    }

    assert {code for (name, _), code in said.items() if name in ("reviewer", "chief")} == {"forbidden"}
    assert {code for (name, _), code in said.items() if name in ("clerk", "both")} == {"wrong_state"}


def test_nobody_handles_a_case_of_their_own(town) -> None:
    """Whoever applied or acts for the applicant may hold any post: this case is for others."""
    edition = town.release("food-business-licence")
    case = walk.received(town, edition, at=DAY)
    own_clerk = replace(town.act("clerk", DAY), subject=town.firm.pk)
    agent_clerk = replace(town.act("clerk", DAY), subject=town.owner.pk)

    for by in (own_clerk, agent_clerk):
        with pytest.raises(OwnCase), transaction.atomic():
            cases.accept(case, by=by, at=DAY)

    assert cases.accept(case, by=town.act("clerk", DAY), at=DAY).state == State.ACCEPTED
