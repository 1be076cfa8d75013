"""After the decision: commitments are checked; a false one takes the decision back (许可法 69, 国办发〔2020〕42号)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yimen.applications import commands as applications
from yimen.applications.choices import Verdict
from yimen.applications.queries.committing import limit_of, signed_in
from yimen.cases.access import REVOKE_LABEL, revoking
from yimen.cases.commands import papers
from yimen.cases.commands.moving import lock, move, refuse_if
from yimen.cases.events import DecisionRevoked
from yimen.cases.models import Case, Revocation
from yimen.city.choices import Duty
from yimen.clocks import commands as clocks
from yimen.clocks.commands import Start
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law import commitments as legal
from yimen.law import invariants
from yimen.law.clocks import ClockKind
from yimen.law.states import State, Verb
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.papers.choices import RevocationFacts

if TYPE_CHECKING:
    from yimen.applications.models import Commitment


class NotDecidedYet(Refusal):
    code = "not_decided_yet"
    sentence = "还没有作出批准的决定，作出决定后再核查承诺。"


@command
def check_commitment(
    case: Case, commitment: Commitment, *, verdict: Verdict, finding: str, by: Actor, at: datetime, heard: str = ""
) -> Case:
    """Note what the check of a commitment found. Kept: its clock stops. False: the decision is taken back, too.

    Who may: reviewers and chiefs of the agency; a false one is found by its chief, who has heard the person (heard).
    Raises NotDecidedYet, AlreadyJudged, Forbidden, Invalid.
    """
    case = lock(case)
    if case.decided_at is None or case.outcome != "grant":
        raise NotDecidedYet
    if commitment.application_id != case.application_id:
        raise Forbidden
    if verdict == Verdict.FALSE:
        _require_chief(case, by)
        _require_heard(heard)
    judged = applications.judge(commitment, verdict=verdict, finding=finding, by=by, at=at)
    clocks.stop(case.number, [ClockKind.COMMITMENT], at=at, key=str(commitment.pk))
    if verdict == Verdict.FALSE and not Revocation.objects.filter(case=case).exists():
        reason = legal.revocation_words(judged.letter["proves"], judged.finding)
        _take_back(case, str(reason), heard.strip(), judged, by=by, at=at)
    return case


@command
def revoke_decision(case: Case, *, reason: str, heard: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Take a grant back (撤销, 许可法 69). Who may: the agency's chief, who has heard the person (heard).

    Speaks DecisionRevoked. Raises NotYourDuty, OwnCase, NothingToRevoke, Invalid, Unlawful.
    """
    case = lock(case, seen=seen)
    refusal = revoking(case, by, at)
    if refusal is not None:
        raise refusal
    refuse_if(invariants.reason_objection(reason, act=REVOKE_LABEL))
    _require_heard(heard)
    _take_back(case, reason, heard.strip(), None, by=by, at=at)
    return case


def start_checks(case: Case, *, at: datetime) -> None:
    """The decision relied on commitments: from today on their check is timed. Part of the decision."""
    signed = signed_in(case.application)
    if signed:
        limit = limit_of(case.edition.doc)
        starts = [Start(ClockKind.COMMITMENT, limit, str(each.pk)) for each in signed]
        clocks.start(case.number, starts, agency=case.agency_id, at=at)


def _take_back(case: Case, reason: str, heard: str, commitment: Commitment | None, *, by: Actor, at: datetime) -> None:
    Revocation.objects.create(
        case=case, reason=reason, heard=heard, commitment=commitment, revoked_at=at, revoked_by_id=by.account
    )
    if case.state == State.DECIDED:  # nothing is issued or handed over any more
        clocks.stop(case.number, None, at=at)
        move(case, Verb.CLOSE, by=by, at=at, ground=reason, closed_at=at, due_on=None)
    ledger.record(case_chain(case.number), "decision_revoked", by=by, at=at, ground=reason, heard=heard)
    papers.draw(
        case, RevocationFacts, by=by, at=at,
        decided_on=day_of(case.decided_at or at), reason=reason, heard=heard, basis=str(legal.REVOKED),
    )  # fmt: skip
    speak(DecisionRevoked(number=case.number, at=at, reason=reason))


def _require_heard(heard: str) -> None:
    if not heard.strip():
        raise Invalid([{"field": "heard", "code": "blank", "message": "请写明听取当事人陈述、申辩的情况。"}])


def _require_chief(case: Case, by: Actor) -> None:
    if not by.may(Duty.CHIEF, case.agency_id):
        raise Forbidden
