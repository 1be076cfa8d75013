"""Drawing up, issuing, delivering."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.cases import commands as cases
from yimen.cases.access import require
from yimen.cases.choices import Outcome
from yimen.catalog.choices import Result as Promised
from yimen.identity.choices import SubjectKind
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.kit.events import speak
from yimen.kit.rows import update_each
from yimen.kit.time import local
from yimen.law.said import said
from yimen.law.states import Verb
from yimen.law.versions import Act
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.papers import queries as papers
from yimen.papers.choices import Delivered, DeliveryFacts, Kind
from yimen.papers.commands import withdraw as withdraw_paper
from yimen.results.choices import Way
from yimen.results.events import ResultDelivered, ResultIssued
from yimen.results.models import Delivery, Result
from yimen.results.queries import NotIssued, act_of, candidates, meant, of, undecided, unsignable
from yimen.sheets import queries as sheets
from yimen.vault import commands as vault
from yimen.vault import queries as licences
from yimen.vault.choices import EndKind, VersionKind
from yimen.vault.choices import State as LicenceState

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.papers.models import Paper
    from yimen.vault.models import Licence


@command
def draw_up(case: Case, *, by: Actor, at: datetime) -> list[Result]:
    """What the edition promises is drawn up, unsigned: licences in the vault, papers as the decision (制证)."""
    made = [
        Result(case=case, name=each.name, kind=each.kind, licence=_licence(case, each, by, at), drawn_at=at)
        for each in case.edition.doc.results
    ]
    drawn = Result.objects.bulk_create(made)
    ledger.record(case_chain(case.number), "drawn-up", by=by, at=at, results=[result.name for result in drawn])
    return drawn


@command
def issue(
    case: Case, *, by: Actor, at: datetime, seen: int | None = None, replaces: Mapping[int, int | None] | None = None
) -> Case:
    """Sign everything that was drawn up; licences get their identifier and lie in the holder's vault (许可法 44).

    Where the item promises nothing, the decision itself is what one gets; it may be handed over without this.

    replaces: of results (by id) the licence of which they are the next version (by id), None: a new licence. Where a
    renewal or change could be of several licences, it must be said.

    Who may: deliverer or chief. Speaks ResultIssued.
    Raises WrongState, NotYourDuty, NothingToIssue, AlreadyIssued, Invalid, and what the vault's `redraw` raises.
    """
    case = cases.lock(case, seen=seen, paper=False)
    require(Verb.ISSUE, case, by, at)
    drawn = of(case)
    refusal = unsignable(case, drawn)
    if refusal is not None:
        raise refusal
    _settle_versions(case, drawn, replaces or {}, by, at)
    drawn = drawn or [_decision_alone(case, at)]
    decision = None if all(result.licence for result in drawn) else _decision(case)
    for result in drawn:
        if result.licence is not None:
            vault.sign(result.licence, by=by, at=at)
        result.paper = None if result.licence else decision
        result.issued_at, result.issued_by_id = at, by.user
    update_each(drawn, ["paper", "issued_at", "issued_by"])
    ledger.record(case_chain(case.number), Verb.ISSUE, by=by, at=at, results=[result.name for result in drawn])
    speak(ResultIssued(number=case.number, at=at))
    return case


@command
def deliver(
    case: Case,
    *,
    way: Way,
    by: Actor,
    at: datetime,
    receiver: str = "",
    receiver_document: str = "",
    tracking: str = "",
    seen: int | None = None,
) -> Case:
    """Hand over the result, or the decision that denies it, and close the case (送达、办结, 许可法 44).

    At a window the receiver and the number of their document are noted, by post the tracking number.
    Speaks ResultDelivered. Raises WrongState, NotYourDuty, NotIssued, Invalid.
    """
    case = cases.lock(case, seen=seen)
    require(Verb.DELIVER, case, by, at)
    results = of(case)
    if case.outcome == Outcome.GRANT and not all(result.issued_at for result in results):
        raise NotIssued
    _require_details(way, receiver, tracking)
    Delivery.objects.create(
        case=case,
        way=way,
        receiver=receiver or case.applicant_name,
        receiver_document=receiver_document,
        tracking=tracking,
        delivered_at=at,
        delivered_by_id=by.account,
    )
    ledger.record(case_chain(case.number), Verb.DELIVER, by=by, at=at, way=way, tracking=tracking)
    _draw_receipt(case, results, way, receiver, receiver_document, tracking, by, at)
    case = cases.close(case, by=by, at=at)
    speak(ResultDelivered(number=case.number, way=way, at=at))
    return case


@command
def recall(case: Case, *, reason: str, by: Actor, at: datetime) -> None:
    """The case is void after its decision: what was issued on it never was, and what it replaced stands (许可法 69).

    What its agency has ended itself meanwhile stays ended as it was.
    """
    results = of(case)
    signed = [result.licence for result in results if result.licence is not None and result.issued_at is not None]
    for licence in signed:
        if licence.state != LicenceState.REVOKED:
            vault.revoke(licence, kind=EndKind.ANNULLED, reason=reason, by=by, at=at)
    for result in results:
        if result.licence is not None and result.issued_at is None:
            vault.discard(result.licence, reason=reason, by=by, at=at)
    decision = _decision(case)
    if decision is not None and decision.withdrawn_at is None:
        withdraw_paper(number=decision.number, reason=reason, by=by, at=at)
    ledger.record(case_chain(case.number), "recalled", by=by, at=at, ground=reason, licences=len(signed))


def _licence(case: Case, promised: Promised, by: Actor, at: datetime) -> Licence | None:
    kind = licences.kind_to_draw(promised.licence_type) if promised.licence_type else None
    if kind is None:
        return None
    act = act_of(case)
    old = meant(case, candidates(case, kind.pk)) if act else None
    more = {"replaces": old, "made_as": VersionKind(act.value), "number": old.number} if act and old else {}
    fields = vault.carried(old) | _facts(case)
    return vault.draw_up(
        kind, holder=case.subject, fields=fields, agency=case.agency, case=case.number, by=by, at=at, **more
    )


def _settle_versions(
    case: Case, drawn: list[Result], chosen: Mapping[int, int | None], by: Actor, at: datetime
) -> None:
    """Each licence is a new one, or the next version of one: as whoever issues has said. Raises Invalid."""
    if open_ones := undecided(case, drawn, chosen):
        raise Invalid([_choose(each) for each in open_ones])
    for result in drawn:
        if result.licence is None or chosen.get(result.pk, result.licence.replaces_id) == result.licence.replaces_id:
            continue
        wanted = chosen[result.pk]
        fitting = candidates(case, result.licence.kind_id, besides=result.licence.pk)
        old = next((each for each in fitting if each.pk == wanted), None)
        if wanted is not None and old is None:
            message = said("这份证照不能由这次的结果取代，请重新选择。")
            raise Invalid([{"field": f"replaces_{result.pk}", "code": "no_choice", "message": message}])
        made_as = VersionKind((act_of(case) or Act.REPLACED).value)
        result.licence = vault.redraw(result.licence, replaces=old, made_as=made_as, by=by, at=at)


def _choose(result: Result) -> dict[str, Any]:
    several = said("申请人有几份这种证照，请选择这次延续或者变更的是哪一份。")
    gone = said("原来要取代的那份证照已经不能取代，请重新选择。")
    message = gone if result.licence and result.licence.replaces_id else several
    return {"field": f"replaces_{result.pk}", "code": "choose", "message": message}


# What the office itself gives: an applicant's answer never becomes a licence's own number or date.
OFFICIAL = frozenset({"certificate_no", "uscc", "issuer", "issue_date", "valid_from", "valid_to", "register_date"})


def _facts(case: Case) -> dict[str, Any]:
    """What the application says, by field name and by the key of the person's or firm's data, in words."""
    document, answers, subject = case.edition.doc, case.application.answers, case.subject
    shown = {line.name: line.text for line in sheets.show(document, answers) if line.text}
    own_data = [field for field in document.form_fields if (field.prefill or "").startswith(("person.", "org."))]
    known = {str(field.prefill).partition(".")[2]: shown[field.name] for field in own_data if field.name in shown}
    said = {key: value for key, value in (known | shown).items() if key not in OFFICIAL}
    own = {"name": subject.name, "owner": subject.name, "owner_name": subject.name}
    own["id_number" if subject.kind == SubjectKind.NATURAL else "uscc"] = subject.number
    return own | said


def _decision_alone(case: Case, at: datetime) -> Result:
    decision = _decision(case)
    return Result.objects.create(case=case, name=decision.title if decision else "", kind="批文", drawn_at=at)


def _decision(case: Case) -> Paper | None:
    return papers.last_of(case.number, (Kind.GRANT, Kind.DENIAL))


def _require_details(way: Way, receiver: str, tracking: str) -> None:
    errors = []
    if way == Way.WINDOW and not receiver.strip():
        errors.append({"field": "receiver", "code": "receiver_missing", "message": "请登记领取人姓名并核对身份证件。"})
    if way == Way.POST and not tracking.strip():
        errors.append({"field": "tracking", "code": "tracking_missing", "message": "请填写快递单号。"})
    if errors:
        raise Invalid(errors)


def _draw_receipt(
    case: Case, results: list[Result], way: Way, receiver: str, document: str, tracking: str, by: Actor, at: datetime
) -> None:
    decision = _decision(case)
    others = [result for result in results if decision is None or result.name != decision.title]
    handed = [Delivered(name=result.name, number=result.licence.number if result.licence else "") for result in others]
    if decision is not None:
        handed.insert(0, Delivered(name=decision.title, number=decision.number))
    words = {Way.WINDOW: "窗口领取", Way.POST: "邮寄送达", Way.ELECTRONIC: "电子送达"}
    cases.draw_paper(
        case, DeliveryFacts, by=by, at=at,
        delivered=handed, way=words[Way(way)], receiver=receiver or case.applicant_name, delivered_at=local(at),
        deliverer=by.name, receiver_document=document, tracking=tracking,
        relation="本人" if receiver in ("", case.applicant_name) else "受委托人",
    )  # fmt: skip
