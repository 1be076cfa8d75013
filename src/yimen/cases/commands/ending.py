"""How a case ends: closed with its result, withdrawn, returned, void."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from yimen.cases.access import require
from yimen.cases.commands import papers
from yimen.cases.commands.deciding import end_procedure
from yimen.cases.commands.moving import lock, move, refuse_if, require_lapsed
from yimen.cases.events import CaseClosed, CaseEnded
from yimen.cases.models import Case
from yimen.clocks import commands as clocks
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.events import speak
from yimen.law import invariants
from yimen.law.clocks import ClockKind
from yimen.law.states import State, Verb
from yimen.papers.choices import TerminationFacts


@command
def close(case: Case, *, by: Actor, at: datetime) -> Case:
    """The result is in the applicant's hands: done (办结). Called by results on delivery. Speaks CaseClosed."""
    case = lock(case)
    clocks.stop(case.number, None, at=at)
    move(case, Verb.CLOSE, by=by, at=at, closed_at=at, due_on=None)
    speak(CaseClosed(number=case.number, at=at))
    return case


@command
def withdraw(case: Case, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The applicant takes the application back, before the decision. Speaks CaseEnded."""
    case = lock(case, seen=seen)
    require(Verb.WITHDRAW, case, by, at)
    return _end(case, Verb.WITHDRAW, "withdrawn", reason=reason, by=by, at=at)


@command
def void(case: Case, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The case is invalid in itself (作废). Who may: the chief, with a reason. Speaks CaseEnded."""
    case = lock(case, seen=seen)
    require(Verb.VOID, case, by, at)
    return _end(case, Verb.VOID, "void", reason=reason, by=by, at=at)


@command
def return_(case: Case, *, by: Actor, at: datetime) -> Case:
    """What was asked for never came (补正不来): returned. By the sweep only.

    Speaks CaseEnded. Raises WrongState, NotLapsed.
    """
    case = lock(case)
    require_lapsed(case, Verb.RETURN, ClockKind.SUPPLEMENT, at)
    return _end(case, Verb.RETURN, "returned", reason="申请人在规定期限内没有补正申请材料。", by=by, at=at)


@command
def return_unkept(case: Case, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """What was promised at acceptance (容缺) never came, and the office returns the case instead of denying it (退件).

    Who may: whoever decides it, where the city knows this consequence. Speaks CaseEnded. Raises NothingBroken.
    """
    case = lock(case, seen=seen)
    require(Verb.RETURN, case, by, at)
    return _end(case, Verb.RETURN, "returned", reason=reason, by=by, at=at)


Cause = Literal["withdrawn", "returned", "void", "forwarded"]


def _end(case: Case, verb: Verb, cause: Cause, *, reason: str, by: Actor, at: datetime) -> Case:
    refuse_if(invariants.reason_objection(reason, act=verb.label))
    if case.state == State.PAUSED:
        end_procedure(case, result=f"{verb.label}，特别程序终止。", by=by, at=at)
    clocks.stop(case.number, None, at=at)
    move(case, verb, by=by, at=at, ground=reason, reason=reason, closed_at=at, due_on=None)
    papers.draw(
        case, TerminationFacts, by=by, at=at,
        cause=cause, received_at=case.received_at, ended_at=at, reason=reason,
    )  # fmt: skip
    speak(CaseEnded(number=case.number, at=at, state=case.state))
    return case
