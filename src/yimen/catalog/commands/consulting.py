"""Public comment on a proof: opened by its agency, spoken in by anybody, answered by the agency. (国办发〔2018〕47号)

The seeds: what applicants must prove is argued strictly, all sides are heard, if need be in a public hearing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yimen.catalog import access
from yimen.catalog.choices import ProofOutcome
from yimen.catalog.choices.consulting import ConsultationState, Proof, consultation_chain
from yimen.catalog.commands.releasing import move_shelf
from yimen.catalog.models import Consultation, Item
from yimen.catalog.queries import consulting as queries
from yimen.files.commands import store
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.time import day_of
from yimen.law.catalogue.citing import Rank, rank
from yimen.law.said import said
from yimen.ledger.commands import record
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SHORTEST_REASON = 10


class NotAProof(Refusal):
    code = "not_a_proof"
    sentence = "“{name}”不是这个事项草稿或现行版本中的证明材料，不能就它征求意见。"


class AlreadyConsulted(Refusal):
    code = "consultation_running"
    sentence = "“{name}”已有一次征求意见尚未办结：{title}。"


class NotUpcoming(Refusal):
    code = "consultation_begun"
    sentence = "征求意见已经开始，内容不能再改。"


class NotClosed(Refusal):
    code = "consultation_still_open"
    sentence = "征求意见到{day}截止，截止后才能办结。"


class Concluded(Refusal):
    code = "consultation_concluded"
    sentence = "这次征求意见已经办结。"


@command
def open_consultation(
    item: Item, proof: Proof, *, title: str, reason: str, opens_on: date, closes_on: date, by: Actor, at: datetime
) -> Consultation:
    """Put a proof of the draft or the current edition before the public; its basis is the one the edition gives.

    Who: an editor whose post reaches the agency. Raises Forbidden, NotAProof, AlreadyConsulted, Invalid.
    """
    access.require_editor(by, item.agency_id)
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if proof not in queries.consultable(item):
        raise NotAProof(name=proof.name)
    running = item.consultations.filter(material_name=proof.name, concluded_at__isnull=True).first()
    if running is not None:
        raise AlreadyConsulted(name=proof.name, title=running.title)
    _require_sound(title, reason, opens_on, closes_on, at)
    made = Consultation.objects.create(
        item=item, material=proof.key, material_name=proof.name, basis=proof.basis, opened_at=at,
        title=title.strip(), reason=reason.strip(), opens_on=opens_on, closes_on=closes_on,
    )  # fmt: skip
    record(
        consultation_chain(made.pk), "consultation_opened", by=by, at=at, item=item.slug, material=proof.name,
        basis=proof.basis, opens_on=opens_on, closes_on=closes_on,
    )  # fmt: skip
    move_shelf()
    return made


@command
def change_consultation(
    consultation: Consultation, *, title: str, reason: str, opens_on: date, closes_on: date, by: Actor, at: datetime
) -> Consultation:
    """Change it before it begins. Who: as for opening. Raises Forbidden, NotUpcoming, Invalid."""
    row = _upcoming(consultation, by, at)
    _require_sound(title, reason, opens_on, closes_on, at)
    row.title, row.reason, row.opens_on, row.closes_on = title.strip(), reason.strip(), opens_on, closes_on
    row.save(update_fields=["title", "reason", "opens_on", "closes_on"])
    record(
        consultation_chain(row.pk), "consultation_changed", by=by, at=at,
        title=row.title, opens_on=opens_on, closes_on=closes_on,
    )  # fmt: skip
    move_shelf()
    return row


@command
def withdraw_consultation(consultation: Consultation, *, by: Actor, at: datetime) -> None:
    """Take it back before it begins: nobody has said anything yet. Raises Forbidden, NotUpcoming."""
    row = _upcoming(consultation, by, at)
    record(
        consultation_chain(row.pk), "consultation_withdrawn", by=by, at=at,
        item=row.item.slug, material=row.material_name, title=row.title,
    )  # fmt: skip
    row.delete()
    move_shelf()


@command
def record_hearing(
    consultation: Consultation,
    *,
    on: date,
    place: str,
    said: str = "",
    upload: UploadedFile[Any] | None = None,
    by: Actor,
    at: datetime,
) -> Consultation:
    """Announce a hearing, or put its record down once it was held. Who: as for opening.

    said: what was said and by whom, needed for a day that has come; upload: the signed record. Raises Forbidden,
    Concluded, Invalid, and what the files room refuses.
    """
    row = _running(consultation, by)
    held = on <= day_of(at)
    _require_hearing(place, said, held)
    if upload is not None:
        about = consultation_chain(row.pk)
        row.hearing_file = store(name=upload.name or "", content=upload, by=by, at=at, about=about)
    row.hearing_on, row.hearing_place, row.hearing_record = on, place.strip(), said.strip()
    row.save(update_fields=["hearing_on", "hearing_place", "hearing_record", "hearing_file"])
    record(
        consultation_chain(row.pk), "hearing_recorded" if held else "hearing_announced", by=by, at=at,
        on=on, place=row.hearing_place,
    )  # fmt: skip
    return row


def _require_hearing(place: str, words: str, held: bool) -> None:
    errors = []
    if not place.strip():
        errors.append(_wrong("place", "place_missing", said("请填写听证会的地点。")))
    if held and not words.strip():
        errors.append(_wrong("said", "record_missing", said("听证会已经举行，请填写听证情况。")))
    if not held and words.strip():
        errors.append(_wrong("said", "hearing_not_held", said("听证会还没有举行，现在只能公布时间和地点。")))
    if errors:
        raise Invalid(errors)


@command
def conclude_consultation(
    consultation: Consultation, *, answer: str, outcome: str, outcome_reason: str, by: Actor, at: datetime
) -> Consultation:
    """Answer what was said, and say what becomes of the proof and why. Who: as for opening.

    A proof without a legal basis can't be kept. Raises Forbidden, Concluded, NotClosed, Invalid.
    """
    row = _running(consultation, by)
    if queries.state_of(row, day_of(at)) != ConsultationState.WAITING:
        raise NotClosed(day=plain_date(row.closes_on))
    _require_outcome(row, answer, outcome, outcome_reason)
    row.answer, row.outcome, row.outcome_reason, row.concluded_at = answer.strip(), outcome, outcome_reason.strip(), at
    row.save(update_fields=["answer", "outcome", "outcome_reason", "concluded_at"])
    move_shelf()  # the lists of proofs say how it ended
    record(
        consultation_chain(row.pk), "consultation_concluded", by=by, at=at, ground=row.outcome_reason,
        item=row.item.slug, material=row.material_name, outcome=outcome, comments=row.comments.count(),
    )  # fmt: skip
    return row


def _require_outcome(row: Consultation, answer: str, outcome: str, outcome_reason: str) -> None:
    errors = _too_short("answer", answer, said("请写明对意见的答复"))
    errors += _too_short("outcome_reason", outcome_reason, said("请写明理由"))
    if outcome not in ProofOutcome.values:
        errors.append(_wrong("outcome", "outcome_missing", said("请选择处理结果。")))
    if outcome == ProofOutcome.KEPT and rank(row.basis) not in (Rank.LAW, Rank.RULE):
        sentence = "没有法律法规依据的证明不能保留，请改为其他方式或者取消。"
        errors.append(_wrong("outcome", "proof_without_basis", sentence))
    if errors:
        raise Invalid(errors)


def _upcoming(consultation: Consultation, by: Actor, at: datetime) -> Consultation:
    row = _locked(consultation)
    access.require_editor(by, row.item.agency_id)
    if queries.state_of(row, day_of(at)) != ConsultationState.UPCOMING:
        raise NotUpcoming
    return row


def _running(consultation: Consultation, by: Actor) -> Consultation:
    row = _locked(consultation)
    access.require_editor(by, row.item.agency_id)
    if row.concluded_at is not None:
        raise Concluded
    return row


def _locked(consultation: Consultation) -> Consultation:
    rows = Consultation.objects.select_related("item").select_for_update(of=("self",))
    found = rows.filter(pk=consultation.pk).first()
    if found is None:
        raise queries.NoSuchConsultation
    return found


def _require_sound(title: str, reason: str, opens_on: date, closes_on: date, at: datetime) -> None:
    least = settings.YIMEN_CONSULTATION_DAYS
    errors = [
        *_too_short("title", title, said("请填写标题"), 4),
        *_too_short("reason", reason, said("请写明为什么要保留这项证明")),
    ]
    if opens_on < day_of(at):
        errors.append(_wrong("opens_on", "opens_in_the_past", said("开始日期不能早于今天。")))
    if closes_on < opens_on + timedelta(days=least - 1):
        errors.append(
            _wrong("closes_on", "period_too_short", said("征求意见不少于 {least} 天，请推后截止日期。", least=least))
        )
    if errors:
        raise Invalid(errors)


def _too_short(field: str, text: str, sentence: str, least: int = SHORTEST_REASON) -> list[dict[str, str]]:
    if len(text.strip()) >= least:
        return []
    return [
        _wrong(field, f"{field}_too_short", said("{sentence}，不少于 {least} 个字。", sentence=sentence, least=least))
    ]


def _wrong(field: str, code: str, message: str) -> dict[str, str]:
    return {"field": field, "code": code, "message": message}
