"""From acceptance to decision: special procedures, extension, forwarding, the decision (许可法 34-45)."""

from __future__ import annotations

from datetime import datetime

from yimen.applications.queries import owed
from yimen.cases.access import approver_of, require
from yimen.cases.choices import Outcome
from yimen.cases.commands import papers
from yimen.cases.commands.committing import start_checks
from yimen.cases.commands.moving import lock, move, refuse_if, save
from yimen.cases.events import CaseDecided, CaseEnded, CaseExtended, CasePaused, CaseResumed
from yimen.cases.models import Case, Extension, SpecialProcedure
from yimen.cases.ports import hindrance
from yimen.clocks import commands as clocks
from yimen.clocks import queries as clock_queries
from yimen.clocks.commands import Start
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law import clocks as legal
from yimen.law import extensions, invariants, pauses
from yimen.law.clocks import ClockKind
from yimen.law.extensions import Handling
from yimen.law.limits import Unit
from yimen.law.said import said, several
from yimen.law.states import Verb
from yimen.papers.choices import DenialFacts, ExtensionFacts, GrantFacts, SpecialFacts, TerminationFacts

DECIDING = (ClockKind.PROMISE, ClockKind.STATUTORY, ClockKind.STEP)
LIMITED = (ClockKind.PROMISE, ClockKind.STATUTORY)


class StillOwed(Refusal):
    code = "still_owed"
    sentence = "容缺受理的“{names}”还没有补齐，补齐后才能准予。"


@command
def pause(
    case: Case, *, ground: str, planned_days: int, reason: str, by: Actor, at: datetime, seen: int | None = None
) -> Case:
    """A special procedure begins; its time is not counted and the applicant is told in writing (许可法 45).

    Who may: reviewer or chief. Speaks CasePaused. Raises WrongState, NotYourDuty, Unlawful (ground_not_allowed …).
    """
    case = lock(case, seen=seen)
    require(Verb.PAUSE, case, by, at)
    declared = [each.name for each in case.edition.doc.special_procedures if not each.counts_towards_limit]
    refuse_if(pauses.check(ground, declared=declared, planned_days=planned_days, reason=reason))
    before = case.due_on
    SpecialProcedure.objects.create(
        case=case, ground=ground, planned_days=planned_days, reason=reason, started_at=at, started_by_id=by.account
    )
    clocks.pause(case.number, DECIDING, ground=ground, planned_days=planned_days, at=at)
    promise = clock_queries.running(case.number, ClockKind.PROMISE)
    move(
        case, Verb.PAUSE, by=by, at=at, ground=ground, facts={"planned_days": planned_days, "reason": reason},
        due_on=promise.due_on if promise else before,
    )  # fmt: skip
    papers.draw(
        case, SpecialFacts, by=by, at=at,
        accepted_on=day_of(case.accepted_at or at), procedure=ground, reason=reason, planned=f"{planned_days}个工作日",
        starts=day_of(at), basis=pauses.cited(ground), approver=by.name, due_before=before,
    )  # fmt: skip
    speak(CasePaused(number=case.number, at=at, ground=ground))
    return case


@command
def resume(case: Case, *, result: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The special procedure has ended with a result; the clocks run on. Speaks CaseResumed."""
    case = lock(case, seen=seen, paper=False)
    require(Verb.RESUME, case, by, at)
    refuse_if(invariants.reason_objection(result, act=said("结束特别程序")))
    procedure = end_procedure(case, result=result, by=by, at=at)
    promise = clock_queries.running(case.number, ClockKind.PROMISE)
    move(
        case,
        Verb.RESUME,
        by=by,
        at=at,
        ground=procedure.ground,
        facts={"result": result},
        due_on=promise and promise.due_on,
    )
    speak(CaseResumed(number=case.number, at=at, due_on=case.due_on))
    return case


def end_procedure(case: Case, *, result: str, by: Actor, at: datetime) -> SpecialProcedure:
    """Close the interval that is under way and let the clocks run on; also before they stop for good."""
    procedure = case.procedures.get(ended_at=None)
    procedure.ended_at, procedure.ended_by_id, procedure.result = at, by.user, result
    procedure.save(update_fields=["ended_at", "ended_by", "result"])
    clocks.resume(case.number, at=at)
    return procedure


@command
def extend(case: Case, *, days: int, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The leader gives more days, once, and the applicant is told why (许可法 42).

    Who may: the chief; where several agencies handle the case together, the government's leader.

    Speaks CaseExtended. Raises WrongState, NotYourDuty, Unlawful (already_extended, days_out_of_range …).
    """
    case = lock(case, seen=seen)
    require(Verb.EXTEND, case, by, at)
    statutory = clock_queries.running(case.number, ClockKind.STATUTORY)
    given = Extension.objects.filter(case=case).first()
    refuse_if(
        extensions.check(
            days=days,
            handling=Handling.JOINT if case.edition.doc.joint else Handling.ORDINARY,
            approver=approver_of(by),
            already_extended=given.days if given else 0,
            reason=reason,
            unit=Unit(statutory.unit) if statutory else Unit.WORKING_DAY,
            overdue=statutory is not None and day_of(at) > statutory.due_on,
        )
    )
    before = case.due_on or day_of(at)
    Extension.objects.create(case=case, days=days, reason=reason, granted_at=at, granted_by_id=by.account)
    moved = {clock.kind: clock.due_on for clock in clocks.extend(case.number, LIMITED, days=days)}
    due = moved.get(ClockKind.PROMISE, before)
    save(case, Verb.EXTEND, by=by, at=at, ground=reason, facts={"days": days}, due_on=due)
    papers.draw(
        case, ExtensionFacts, by=by, at=at,
        accepted_on=day_of(case.accepted_at or at), extension=f"{days}个工作日", reason=reason,
        approver=f"{by.office_name}{by.post_name} {by.name}", due_before=before, due=due,
    )  # fmt: skip
    speak(CaseExtended(number=case.number, at=at, days=days, due_on=due))
    return case


@command
def decide(case: Case, *, outcome: Outcome, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Grant or deny (许可法 38). Who may: see access.deciding; never whoever accepted it, instant items excepted (34).

    Speaks CaseDecided. Raises WrongState, NotYourDuty, SamePerson, Unlawful, StillOwed, and what later rooms object.
    """
    case = lock(case, seen=seen)
    require(Verb.DECIDE, case, by, at)
    refuse_if(invariants.decision_objection(outcome=invariants.Outcome(outcome), reason=reason))
    _require_nothing_owed(case, outcome)
    refusal = hindrance(case, outcome)
    if refusal is not None:
        raise refusal
    clocks.stop(case.number, DECIDING, at=at)
    due = None
    if legal.runs_delivery(granted=outcome == Outcome.GRANT):
        (clock,) = clocks.start(case.number, [Start(ClockKind.DELIVERY, legal.DELIVERY)], agency=case.agency_id, at=at)
        due = clock.due_on
        start_checks(case, at=at)
    move(
        case,
        Verb.DECIDE,
        by=by,
        at=at,
        ground=reason,
        decided_at=at,
        decided_by_id=by.user,
        outcome=outcome,
        reason=reason,
        due_on=due,
    )
    _draw_decision(case, reason, by, at)
    speak(CaseDecided(number=case.number, at=at, outcome=outcome))
    return case


@command
def forward(case: Case, *, body: str, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Hand the case up to the body that decides, with all its material (转报, 许可法 35, 43). Speaks CaseEnded."""
    case = lock(case, seen=seen)
    require(Verb.FORWARD, case, by, at)
    refuse_if(invariants.reason_objection(reason, act=Verb.FORWARD.label))
    refuse_if(invariants.reason_objection(body, act=said("转报（请写明转报机关）")))
    clocks.stop(case.number, None, at=at)
    move(case, Verb.FORWARD, by=by, at=at, ground=reason, reason=reason, competent_body=body, closed_at=at, due_on=None)
    papers.draw(
        case, TerminationFacts, by=by, at=at,
        cause="forwarded", received_at=case.received_at, ended_at=at, reason=reason, competent_body=body,
    )  # fmt: skip
    speak(CaseEnded(number=case.number, at=at, state=case.state))
    return case


def _require_nothing_owed(case: Case, outcome: Outcome) -> None:
    """What was let off at acceptance (容缺受理) is there before anything is granted; a denial doesn't wait for it."""
    owes = owed(case.application) if outcome == Outcome.GRANT else []
    if owes:
        named = [case.edition.doc.material(each.key) for each in owes]
        raise StillOwed(names=several(material.name for material in named if material))


def _draw_decision(case: Case, reason: str, by: Actor, at: datetime) -> None:
    accepted_on = day_of(case.accepted_at or at)
    basis = "；".join(str(each) for each in case.edition.doc.legal_basis)
    if case.outcome == Outcome.DENY:
        papers.draw(case, DenialFacts, by=by, at=at, accepted_on=accepted_on, reason=reason, basis=basis)
        return
    results = "、".join(result.name for result in case.edition.doc.results)
    papers.draw(
        case, GrantFacts, by=by, at=at,
        accepted_on=accepted_on, content=f"准予办理“{case.item_name}”", reason=reason, basis=basis, result=results,
    )  # fmt: skip
