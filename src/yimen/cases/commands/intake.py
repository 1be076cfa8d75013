"""From receipt to acceptance: receive, accept, ask for supplement, refuse (许可法 32)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yimen.applications.choices import Presented
from yimen.applications.queries import documents, lacking, terms
from yimen.cases.access import require
from yimen.cases.commands import papers
from yimen.cases.commands.moving import lock, move, refuse_if, require_lapsed, told
from yimen.cases.events import CaseAccepted, CaseReceived, CaseRefused, CaseSupplemented, SupplementAsked
from yimen.cases.models import Case, Supplement
from yimen.cases.queries import REPLAYED
from yimen.cases.queries.easings import gone, still_asked
from yimen.clocks import commands as clocks
from yimen.clocks.commands import Start
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.events import speak
from yimen.law import clocks as legal
from yimen.law import invariants
from yimen.law.clocks import ClockKind
from yimen.law.completeness import is_blank
from yimen.law.limits import Limit, Unit
from yimen.law.passwords import query_password
from yimen.law.said import said, several
from yimen.law.states import State, Verb, step
from yimen.law.transition import Part
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.papers.choices import NotNeededFacts, RefusalFacts

if TYPE_CHECKING:
    from yimen.applications.models import Application


class StillMissing(Refusal):
    code = "still_missing"
    sentence = "补正告知中的“{names}”还没有提交，补齐后再确认补正。"


@command
def receive(application: Application, *, by: Actor, at: datetime) -> Case:
    """Material has arrived (收件): the case opens, the acceptance clock runs, the receipt is drawn up.

    Called by the reaction to ApplicationSubmitted only. Speaks CaseReceived.
    """
    case = Case(
        number=application.number,
        application=application,
        item=application.item,
        edition=application.edition,
        subject=application.subject,
        agency=application.agency,
        window=application.window,
        channel=application.channel,
        item_name=application.edition.doc.name,
        applicant_name=application.subject.name,
        password=query_password(iter(lambda: secrets.randbelow(10), -1)),
        state=step(State.DRAFT, Verb.RECEIVE),
        received_at=at,
    )
    (clock,) = clocks.start(case.number, [Start(ClockKind.ACCEPTANCE, legal.ACCEPTANCE)], agency=case.agency_id, at=at)
    case.due_on = clock.due_on
    case.save(force_insert=True)
    ledger.record(
        case_chain(case.number), Verb.RECEIVE, by=by, at=at, row=told({name: getattr(case, name) for name in REPLAYED})
    )
    papers.receipt(case, clock, by=by, at=at)
    speak(CaseReceived(number=case.number, at=at, due_on=case.due_on))
    return case


@command
def accept(case: Case, *, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The office takes the case on (受理, 许可法 32(5)). Who may: a clerk with the agency's authority.

    Speaks CaseAccepted. Raises WrongState, NotYourDuty, NotYourWindow, Stale.
    """
    case = lock(case, seen=seen)
    require(Verb.ACCEPT, case, by, at)
    _take_on(case, Verb.ACCEPT, by=by, at=at, accepted_at=at, accepted_by_id=by.user, deemed=False)
    return case


@command
def deem_accepted(case: Case, *, by: Actor, at: datetime) -> Case:
    """Nobody told the applicant anything in time: accepted from the day of receipt (许可法 32(4)). By the sweep only.

    After a supplement: from the day it arrived. Speaks CaseAccepted(deemed). Raises WrongState, NotLapsed.
    """
    case = lock(case)
    clock = require_lapsed(case, Verb.DEEM_ACCEPTED, ClockKind.ACCEPTANCE, at)
    _take_on(case, Verb.DEEM_ACCEPTED, by=by, at=at, accepted_at=clock.opened_at, accepted_by_id=None, deemed=True)
    return case


@command
def ask_supplement(
    case: Case,
    *,
    materials: Sequence[Mapping[str, str]] = (),
    fields: Sequence[Mapping[str, str]] = (),
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Case:
    """Tell the applicant once everything that is missing (一次性告知, 许可法 32(4)).

    materials: [{key, reason}]; fields: [{name, reason}]; only what the edition lists. Speaks SupplementAsked.
    Raises WrongState, NotYourDuty, Unlawful (nothing_asked, not_on_list, supplement_beyond_first_notice …).
    """
    case = lock(case, seen=seen)
    require(Verb.ASK_SUPPLEMENT, case, by, at)
    _require_askable(case, materials, fields)
    move(case, Verb.ASK_SUPPLEMENT, by=by, at=at, facts=_asked(materials, fields), due_on=None)
    clocks.stop(case.number, [ClockKind.ACCEPTANCE], at=at)
    limit = Limit(settings.YIMEN_SUPPLEMENT_DAYS, Unit.WORKING_DAY, legal.SUPPLEMENT.source)
    (clock,) = clocks.start(case.number, [Start(ClockKind.SUPPLEMENT, limit)], agency=case.agency_id, at=at)
    document = case.edition.doc
    notice = Supplement.objects.create(
        case=case,
        asked_at=at,
        asked_by_id=by.user,
        materials=[_named(document.material(each["key"]), each) for each in materials],
        fields=[_labelled(document.field(each["name"]), each) for each in fields],
        due_on=clock.due_on,
    )
    papers.supplement(case, notice, by=by, at=at)
    speak(SupplementAsked(number=case.number, at=at, due_on=notice.due_on))
    return case


@command
def supplement(case: Case, *, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The applicant has handed in what was asked for; the acceptance clock starts anew (许可法 32(5)).

    All of the notice, and whatever a changed answer has brought up.
    Speaks CaseSupplemented. Raises WrongState, NotApplicant, StillMissing.
    """
    case = lock(case, seen=seen, paper=False)
    require(Verb.SUPPLEMENT, case, by, at)
    notice = case.supplements.get(supplied_at=None)
    _require_supplied(case, notice)
    notice.supplied_at = at
    notice.save(update_fields=["supplied_at"])
    clocks.stop(case.number, [ClockKind.SUPPLEMENT], at=at)
    (clock,) = clocks.start(case.number, [Start(ClockKind.ACCEPTANCE, legal.ACCEPTANCE)], agency=case.agency_id, at=at)
    move(case, Verb.SUPPLEMENT, by=by, at=at, due_on=clock.due_on)
    speak(CaseSupplemented(number=case.number, at=at, due_on=case.due_on))
    return case


@command
def refuse(case: Case, *, reason: str, competent_body: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """Not this body's power: refused, and told where to turn to (不予受理, 许可法 32(2)).

    Speaks CaseRefused. Raises WrongState, NotYourDuty, Unlawful (reason_missing, competent_body_missing).
    """
    case = lock(case, seen=seen)
    require(Verb.REFUSE, case, by, at)
    refuse_if(invariants.refusal_objection(reason=reason, competent_body=competent_body))
    clocks.stop(case.number, None, at=at)
    move(
        case,
        Verb.REFUSE,
        by=by,
        at=at,
        ground=reason,
        reason=reason,
        competent_body=competent_body,
        closed_at=at,
        due_on=None,
    )
    papers.draw(
        case, RefusalFacts, by=by, at=at,
        received_at=case.received_at, reason=reason, competent_body=competent_body,
    )  # fmt: skip
    speak(CaseRefused(number=case.number, at=at))
    return case


@command
def not_needed(case: Case, *, reason: str, by: Actor, at: datetime, seen: int | None = None) -> Case:
    """The matter needs no permission: told at once (不受理, 许可法 32(1)). Speaks CaseRefused(not_needed)."""
    case = lock(case, seen=seen)
    require(Verb.NOT_NEEDED, case, by, at)
    refuse_if(invariants.reason_objection(reason, act=Verb.NOT_NEEDED.label))
    clocks.stop(case.number, None, at=at)
    move(case, Verb.NOT_NEEDED, by=by, at=at, ground=reason, reason=reason, closed_at=at, due_on=None)
    papers.draw(case, NotNeededFacts, by=by, at=at, received_at=case.received_at, reason=reason)
    speak(CaseRefused(number=case.number, at=at, not_needed=True))
    return case


def _take_on(case: Case, verb: Verb, *, by: Actor, at: datetime, accepted_at: datetime, **changes: Any) -> None:
    """Acceptance, by the office or by the law: the deciding clocks run from the day it counts from."""
    limits = terms(case.application).decision_limits
    starts = [Start(ClockKind.PROMISE, limits.promise), Start(ClockKind.STATUTORY, limits.statutory)]
    promise, statutory = clocks.start(case.number, starts, agency=case.agency_id, at=accepted_at)
    move(case, verb, by=by, at=at, due_on=promise.due_on, accepted_at=accepted_at, **changes)
    clocks.stop(case.number, [ClockKind.ACCEPTANCE], at=at)
    papers.acceptance(case, promise, statutory, by=by, at=at)
    papers.tolerance_notice(case, by=by, at=at)
    speak(CaseAccepted(number=case.number, at=at, deemed=case.deemed, due_on=case.due_on))


def _require_askable(case: Case, materials: Sequence[Mapping[str, str]], fields: Sequence[Mapping[str, str]]) -> None:
    document, spared = terms(case.application), gone(case.application)
    keys, names = [each["key"] for each in materials], [each["name"] for each in fields]
    listed = [field.name for field in document.form_fields if f"{Part.FIELD}[{field.name}]" not in spared]
    refuse_if(invariants.beyond_list_objection(keys, [material.key or "" for material in document.materials]))
    refuse_if(invariants.beyond_list_objection(names, listed))
    refuse_if(invariants.asked_twice_objection(keys) or invariants.asked_twice_objection(names))
    earlier = list(case.supplements.all())
    before = {each["key"] for notice in earlier for each in notice.materials}
    before |= {each["name"] for notice in earlier for each in notice.fields}
    open_notices = sum(notice.supplied_at is None for notice in earlier)
    refuse_if(
        invariants.supplement_objection(open_notices=open_notices, asked_before=before, asked_now=[*keys, *names])
    )
    for each in (*materials, *fields):
        refuse_if(invariants.reason_objection(each.get("reason", ""), act=said("逐项要求补正")))


def _asked(materials: Sequence[Mapping[str, str]], fields: Sequence[Mapping[str, str]]) -> dict[str, object]:
    return {"materials": [each["key"] for each in materials], "fields": [each["name"] for each in fields]}


def _named(material: object, asked: Mapping[str, str]) -> dict[str, str]:
    return {"key": asked["key"], "name": material.name, "reason": asked["reason"]}  # type: ignore[attr-defined]


def _labelled(field: object, asked: Mapping[str, str]) -> dict[str, str]:
    return {"name": asked["name"], "label": field.label, "reason": asked["reason"]}  # type: ignore[attr-defined]


def _require_supplied(case: Case, notice: Supplement) -> None:
    handed_in, document = documents(case.application), case.edition.doc
    fresh = {
        each.material
        for each in handed_in
        if each.handed_in_at >= notice.asked_at and each.presented != Presented.PROMISE
    }
    materials, fields = still_asked(notice, case.application)
    wanting = {each["key"]: each["name"] for each in materials if each["key"] not in fresh}
    blank = [each for each in fields if is_blank(case.application.answers.get(each["name"]))]
    wanting |= {each["name"]: each["label"] for each in blank}
    for lack in lacking(case.application, handed_in):
        found = document.material(lack.key) if lack.kind == "material" else document.field(lack.key)
        wanting[lack.key] = getattr(found, "name" if lack.kind == "material" else "label", lack.key)
    if wanting:
        raise StillMissing(names=several(wanting.values()))
