"""The paper of each verb: what is known of the case, put into the words the paper carries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yimen.applications.choices import Channel, Presented
from yimen.applications.queries import documents, owed
from yimen.cases.models import Case, Supplement
from yimen.clocks.queries import limit_of
from yimen.identity.choices import Document as DocumentKind
from yimen.kit.actor import Actor
from yimen.kit.time import day_of, local
from yimen.papers import choices
from yimen.papers import commands as papers

if TYPE_CHECKING:
    from yimen.clocks.models import Clock
    from yimen.papers.models import Paper


def draw(case: Case, facts: type[choices.Facts], *, by: Actor, at: datetime, **more: Any) -> Paper:
    """Draw up a paper of the case."""
    return papers.draw_up(kind=facts.kind, about=case.number, facts=facts(**common(case, at), **more), by=by, at=at)


def common(case: Case, at: datetime) -> dict[str, Any]:
    """What every paper of a case carries."""
    agency, subject = case.agency, case.subject
    return {
        "agency": agency.name,
        "agency_code": agency.code,
        "case_number": case.number,
        "item": case.item_name,
        "edition": f"第{case.edition.version}版",
        "matter": case.edition.doc.kind,
        "applicant": case.applicant_name,
        "applicant_document": f"{DocumentKind(subject.document).label} {subject.masked_number}",
        "dated": day_of(at),
        "phone": agency.window_phone or agency.phone,
        "address": agency.address,
    }


def receipt(case: Case, clock: Clock, *, by: Actor, at: datetime) -> Paper:
    """A: what was received, by whom, and until when acceptance is decided. (rules of 收件凭证)"""
    return draw(
        case, choices.ReceiptFacts, by=by, at=at,
        materials=[_line(case, document) for document in documents(case.application)],
        receiver=by.name if by.is_staff else "网上受理平台",
        place=f"{case.window.name}" if case.window else settings.YIMEN_ADDRESS,
        received_at=local(at),
        query_password=case.password,
        query_address=f"{settings.YIMEN_ADDRESS}/query/",
        due=clock.due_on,
        way=_way(case),
    )  # fmt: skip


def _way(case: Case) -> str:
    """How it came in, and by whose hand: an agent is named beside the applicant (许可法 29)."""
    agent = case.application.agent
    return f"{Channel(case.channel).label}提交" + (f"（{agent.name}代办）" if agent else "")


def acceptance(case: Case, promise: Clock, statutory: Clock, *, by: Actor, at: datetime) -> Paper:
    """C: both limits with their due days."""
    declared = case.edition.doc.special_procedures
    return draw(
        case, choices.AcceptanceFacts, by=by, at=at,
        received_at=local(case.received_at),
        accepted_at=local(case.accepted_at or at),
        statutory_limit=_words(statutory),
        statutory_due=statutory.due_on,
        promised_limit=_words(promise),
        promised_due=promise.due_on,
        not_counted=[each.name for each in declared if not each.counts_towards_limit],
        officer=by.name,
        deemed=case.deemed,
    )  # fmt: skip


def tolerance_notice(case: Case, *, by: Actor, at: datetime) -> None:
    """M: what was promised and has not come (国发〔2022〕5号). No statement where the edition knows no such thing."""
    due = {each.key for each in owed(case.application)}
    found = documents(case.application) if due else []
    promised = [each for each in found if each.presented == Presented.PROMISE and each.until and each.material in due]
    if promised:
        names = {material.key: material.name for material in case.edition.doc.materials}
        named = [choices.Promised(name=names[each.material], until=each.until or day_of(at)) for each in promised]
        accepted = day_of(case.accepted_at or at)
        draw(case, choices.ToleranceNoticeFacts, by=by, at=at, materials=named, accepted_on=accepted, officer=by.name)


def supplement(case: Case, notice: Supplement, *, by: Actor, at: datetime) -> Paper:
    """D: everything that is wanting, once."""
    document = case.edition.doc
    bases = {material.key: material.basis or "" for material in document.materials}
    wanting = [
        choices.Wanting(name=each["name"], reason=each["reason"], basis=bases.get(each["key"], ""))
        for each in notice.materials
    ] + [choices.Wanting(name=each["label"], reason=each["reason"], what="表单内容") for each in notice.fields]
    return draw(
        case, choices.SupplementFacts, by=by, at=at,
        received_at=local(case.received_at),
        wanting=wanting,
        due=notice.due_on,
        limit=f"{settings.YIMEN_SUPPLEMENT_DAYS}个工作日",
        officer=by.name,
        consequence="逾期未补正的，本件将作退件处理；您仍可以重新申请。",
    )  # fmt: skip


_NOTES = {
    Presented.LICENCE.value: "电子证照调取",
    Presented.PROMISE.value: "容缺，决定前补齐",
    Presented.EARLIER.value: "以前交过，再次使用",
    Presented.COMMITMENT.value: "告知承诺书代替",
}


def _words(clock: Clock) -> str:
    return "当场办结" if clock.amount == 0 else str(limit_of(clock))


def _line(case: Case, document: Any) -> choices.Material:
    material = case.edition.doc.material(document.material)
    pieces = {Presented.ORIGINAL: "originals", Presented.COPY: "copies"}.get(document.presented, "electronic")
    return choices.Material(
        name=material.name if material else document.material,
        note=_NOTES.get(document.presented, document.note),
        **({} if document.presented in (Presented.PROMISE, Presented.COMMITMENT) else {pieces: document.copies}),
    )
