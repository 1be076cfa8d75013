"""Commitments: read and signed, judged after the decision, repaired; letters made papers as an application is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yimen.applications import access
from yimen.applications.choices import Presented, Trust, Verdict
from yimen.applications.commands.opening import lock, require_open_material, touch
from yimen.applications.commands.refusals import AlreadyJudged, NothingToRepair
from yimen.applications.models import Application, Commitment, Document
from yimen.applications.queries.committing import as_told, letter_for, signed_in
from yimen.city.choices import Duty
from yimen.identity.choices import Document as DocumentKind
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid
from yimen.kit.time import day_of, local
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.papers import choices as papers
from yimen.papers.commands import draw_up

CHECKING = (Duty.REVIEWER, Duty.CHIEF)


@command
def commit(application: Application, key: str, *, agreed: bool, by: Actor, at: datetime) -> Commitment:
    """Sign the commitment letter instead of handing in a material (告知承诺, 国办发〔2020〕42号).

    Who may: whoever fills in the application; at a window its clerk notes what was signed there. The applicant may
    always hand in the material instead. Raises NotYours, NotOpen, NoLetter (also for who may not), Invalid.
    """
    application = lock(application)
    access.require_hand(by, application, at)
    require_open_material(application, key)
    told = letter_for(application, key, at)
    if not agreed:
        raise Invalid([{"field": "agreed", "code": "not_agreed", "message": "请先阅读告知和承诺的内容，再勾选同意。"}])
    document = Document.objects.create(
        application=application, material=key, presented=Presented.COMMITMENT, trust=Trust.D, handed_in_at=at,
        handed_in_by_id=by.account,
    )  # fmt: skip
    signed = Commitment.objects.create(
        application=application, document=document, material=key, letter=as_told(told), published=told.public,
        signed_at=at, signed_by_id=by.account,
    )  # fmt: skip
    touch(application, at)
    ledger.record(
        case_chain(application.number),
        "committed",
        by=by.acting_for(application.subject_id),
        at=at,
        material=key,
        commitment=signed.pk,
    )
    return signed


@command
def judge(commitment: Commitment, *, verdict: Verdict, finding: str, by: Actor, at: datetime) -> Commitment:
    """Note what the check found: once. What follows from it is the case's. Who may: reviewers and chiefs of the agency.

    Raises Forbidden, AlreadyJudged, Invalid.
    """
    row = _locked(commitment)
    require_checking(row, by)
    if row.verdict:
        raise AlreadyJudged
    _require_words("finding", finding, "请写明核查的情况。")
    row.verdict, row.finding, row.judged_at, row.judged_by_id = verdict, finding.strip(), at, by.user
    row.save(update_fields=["verdict", "finding", "judged_at", "judged_by"])
    ledger.record(
        case_chain(row.application.number), "commitment_checked", by=by, at=at, ground=row.finding,
        commitment=row.pk, material=row.material, verdict=verdict,
    )  # fmt: skip
    return row


@command
def repair(commitment: Commitment, *, reason: str, by: Actor, at: datetime) -> Commitment:
    """Lift what a false commitment bars, with a reason; that it was false stays on record. Who may: the agency's chief.

    Raises Forbidden, NothingToRepair, Invalid.
    """
    row = _locked(commitment)
    if not by.may(Duty.CHIEF, row.application.agency_id):
        raise Forbidden
    if row.verdict != Verdict.FALSE or row.repaired_at is not None:
        raise NothingToRepair
    _require_words("reason", reason, "请写明修复的理由。")
    row.repaired_at, row.repaired_by_id, row.repaired_why = at, by.user, reason.strip()
    row.save(update_fields=["repaired_at", "repaired_by", "repaired_why"])
    ledger.record(
        case_chain(row.application.number), "commitment_repaired", by=by, at=at, ground=row.repaired_why,
        commitment=row.pk,
    )  # fmt: skip
    return row


def require_checking(commitment: Commitment, by: Actor) -> None:
    """Reviewers and chiefs of the agency that decided."""
    if not any(by.may(each, commitment.application.agency_id) for each in CHECKING):
        raise Forbidden


def seal_letters(application: Application, handed_in: Sequence[Document], *, by: Actor, at: datetime) -> None:
    """As the application is sent its letters become papers for both sides. Part of submission."""
    for row in signed_in(application) if any(each.presented == Presented.COMMITMENT for each in handed_in) else []:
        told = row.letter
        paper = _draw(
            application, papers.CommitmentFacts, by, at, material=told["proves"], basis=told["basis"],
            conditions=told["conditions"], promises=told["promises"], liability=told["liability"], check=told["check"],
            public=told["public"], signed_at=local(row.signed_at), signed_by=_signer(application),
        )  # fmt: skip
        Commitment.objects.filter(pk=row.pk).update(paper=paper.number)
    promised = [each for each in handed_in if each.presented == Presented.PROMISE and each.until]
    if promised:
        named = [
            papers.Promised(name=_name(application, each.material), until=each.until or day_of(at)) for each in promised
        ]
        _draw(
            application,
            papers.ToleranceFacts,
            by,
            at,
            materials=named,
            signed_at=local(at),
            signed_by=_signer(application),
        )


def _draw(application: Application, facts: type[papers.Facts], by: Actor, at: datetime, **more: Any) -> Any:
    agency, subject = application.agency, application.subject
    common: dict[str, Any] = {
        "agency": agency.name, "agency_code": agency.code, "case_number": application.number,
        "item": application.edition.doc.name, "edition": f"第{application.edition.version}版",
        "matter": application.edition.doc.kind, "applicant": subject.name,
        "applicant_document": f"{DocumentKind(subject.document).label} {subject.masked_number}", "dated": day_of(at),
        "phone": agency.window_phone or agency.phone, "address": agency.address,
    }  # fmt: skip
    hand = by.acting_for(application.subject_id)
    return draw_up(kind=facts.kind, about=application.number, facts=facts(**common, **more), by=hand, at=at)


def _signer(application: Application) -> str:
    agent = application.agent
    return f"{application.subject.name}（{agent.name}代）" if agent else application.subject.name


def _name(application: Application, key: str) -> str:
    material = application.edition.doc.material(key)
    return material.name if material else key


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("application__edition__item")
    return rows.get(pk=commitment.pk)


def _require_words(field: str, words: str, message: str) -> None:
    if not words.strip():
        raise Invalid([{"field": field, "code": "blank", "message": message}])
