"""What is wrong about somebody: asked to be put right, noticed at a form, answered by whose register it is."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from yimen.city.queries import address_parts, calendar
from yimen.files.commands import store
from yimen.identity import access
from yimen.identity.access import may_correct, records, same_person
from yimen.identity.choices import REGISTER, CorrectionWay, Finding
from yimen.identity.commands.subjects import ADDRESSES, require_name, require_profile, write_name, write_profile
from yimen.identity.events import CorrectionAnswered, CorrectionWaits
from yimen.identity.models import Correction, CorrectionProof, Subject
from yimen.identity.ports import Value, values_of
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import seal
from yimen.kit.errors import Forbidden, Invalid, Refusal, Stale
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law.limits import Limit, Unit, due_on
from yimen.law.said import said as in_words
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record

LONGEST = 500
LIMIT_SOURCE = "个人信息保护法 46、50；GB/T 35273-2020 8.7"


class AskedAlready(Refusal):
    code = "correction_asked_already"
    sentence = "这一项已经申请更正，正在核实，答复以后会通知您。"


class NotChangedYet(Refusal):
    """“Corrected” is only said of what has changed."""

    code = "not_changed_yet"
    sentence = "“{words}”里的“{label}”还是原来的内容。请先按规定更正这份证照或登记，再答复已更正。"


class OwnCorrection(Forbidden):
    code = "own_correction"
    sentence = "这是您本人提出的更正，请由其他工作人员核实答复。"


@command
def ask_correction(
    subject: Subject,
    *,
    value: Value,
    said: str,
    reason: str = "",
    proofs: Sequence[tuple[str, Any]] = (),
    by: Actor,
    at: datetime,
) -> Correction:
    """Ask for something to be put right (个人信息保护法 46). The person, who represents the firm, or a clerk for them.

    value: what is held, as queries.values_about gives it. said: what is right. proofs: names and contents of scans.
    A report that a form made of the same thing becomes this request. Speaks CorrectionWaits.

    Raises Forbidden, Invalid, AskedAlready and what
    files refuse.
    """
    if not (access.speaks_for(by, subject.pk, at) or access.keeps_registers(by)):
        raise Forbidden
    _require_words(said, reason)
    open_one = _open(subject.pk, value.source, value.key)
    if open_one is not None and open_one.way == CorrectionWay.ASKED:
        raise AskedAlready
    row = open_one or _fresh(subject.pk, value, at)
    row.way, row.said, row.reason = CorrectionWay.ASKED, said.strip(), reason.strip()
    row.asked_at, row.asked_by_id, row.due_on = at, by.user, _due(at)
    row.save()
    for name, content in proofs:
        file = store(name=name, content=content, about=subject_chain(subject.pk), by=by, at=at)
        CorrectionProof.objects.create(correction=row, file=file, name=file.name)
    _record("correction_asked", row, by, at, proofs=len(proofs))
    speak(CorrectionWaits(row.pk, row.agency_id, settings.YIMEN_CORRECTION_DAYS, at))
    return row


@command
def report_wrong_value(
    *,
    subject: int,
    source: str,
    source_words: str,
    key: str,
    label: str,
    was: str,
    said: str,
    agency: int | None = None,
    case: str = "",
    by: Actor,
    at: datetime,
) -> Correction:
    """A prefilled value was changed by whoever filled the form in: its source is told (data-quality report).

    subject: whose data. source: "identity" for the register of people, "licence:17" for a licence; source_words: as
    the form named it ("营业执照 2025-03-02"). key, label: which value there, and the field's name. was, said: in words.
    agency: whose register it is, None for the register of people. The newest word counts while a report waits; a
    person's own request is left as it is. Speaks CorrectionWaits where it is the first.
    """
    value = Value(source=source, words=source_words, key=key, label=label, shown=was, agency=agency)
    row = _open(subject, source, key)
    first = row is None
    if row is None:
        row = _fresh(subject, value, at)
        row.way, row.asked_at, row.due_on = CorrectionWay.NOTICED, at, _due(at)
    if row.way == CorrectionWay.NOTICED:
        row.said, row.case, row.asked_by_id = said[:LONGEST], case, by.user
        row.save()
    _record("correction_noticed", row, by, at)
    if first:
        speak(CorrectionWaits(row.pk, row.agency_id, settings.YIMEN_CORRECTION_DAYS, at))
    return row


@command
def answer_correction(correction: Correction, *, finding: str, answer: str, by: Actor, at: datetime) -> Correction:
    """The office whose register it is says what came of it, with reasons; in the register of people it is changed here.

    The old value and the new lie sealed in the ledger. Raises Forbidden, OwnCorrection, Stale, Invalid, NotChangedYet.
    Speaks CorrectionAnswered.
    """
    row = Correction.objects.select_for_update(of=("self",)).select_related("subject").get(pk=correction.pk)
    if not may_correct(row, by):
        raise Forbidden
    if by.is_one(row.subject_id) or (row.way == CorrectionWay.ASKED and by.user == row.asked_by_id):
        raise OwnCorrection
    if row.answered_at is not None:
        raise Stale
    _require_answer(finding, answer)
    if finding == Finding.CORRECTED:
        _correct(row, at)
    row.finding, row.answer, row.answered_at, row.answered_by_id = finding, answer.strip(), at, by.user
    row.save(update_fields=["finding", "answer", "answered_at", "answered_by"])
    _record("correction_answered", row, by, at, finding=finding, was=_sealed(row.was), now=_sealed(row.said))
    speak(CorrectionAnswered(row.pk, row.subject_id, at))
    return row


def _open(subject: int, source: str, key: str) -> Correction | None:
    """The one that waits already. Whoever asks at the same moment waits here for the first."""
    Subject.objects.select_for_update(no_key=True).get(pk=subject)
    same = Correction.objects.waiting().filter(subject__in=same_person(subject), source=source, key=key)
    return same.order_by("id").first()


def _fresh(subject: int, value: Value, at: datetime) -> Correction:
    return Correction(
        subject_id=subject,
        source=value.source,
        source_words=value.words[:160],
        key=value.key,
        label=value.label[:80],
        was=value.shown,
        agency_id=value.agency,
        asked_at=at,
    )


def _due(at: datetime) -> date:
    limit = Limit(settings.YIMEN_CORRECTION_DAYS, Unit.NATURAL_DAY, source=LIMIT_SOURCE)
    return due_on(opened=day_of(at), limit=limit, calendar=calendar())


def _correct(row: Correction, at: datetime) -> None:
    """In the register of people the value is written; of another register only what it shows now counts."""
    if row.source == REGISTER:
        subject = Subject.objects.select_for_update().get(pk=row.subject_id)
        if row.key == "name":
            write_name(subject, require_name(row.said))
        else:
            changes = {row.key: address_parts(row.said) if row.key in ADDRESSES else row.said}
            require_profile(subject, changes)
            write_profile(subject, changes, at)
        return
    held = values_of([each.pk for each in records(row.subject_id)])
    if any((each.source, each.key, each.shown) == (row.source, row.key, row.was) for each in held):
        raise NotChangedYet(words=row.source_words, label=row.label)


def _require_words(said: str, reason: str) -> None:
    errors = []
    if not said.strip():
        errors.append({"field": "said", "code": "required", "message": "请写明正确的内容。"})
    errors += [
        {"field": field, "code": "too_long", "message": in_words("不能超过 {n} 个字。", n=LONGEST)}
        for field, text in (("said", said), ("reason", reason))
        if len(text) > LONGEST
    ]
    if errors:
        raise Invalid(errors)


def _require_answer(finding: str, answer: str) -> None:
    errors = []
    if finding not in Finding.values:
        errors.append({"field": "finding", "code": "required", "message": "请选择核实结果。"})
    if not 4 <= len(answer.strip()) <= LONGEST:
        errors.append({"field": "answer", "code": "required", "message": "请写明理由，4 至 500 个字，本人会看到。"})
    if errors:
        raise Invalid(errors)


def _sealed(text: str) -> str:
    """What the ledger keeps of a value: readable by whoever holds the city's keys, nobody else."""
    return base64.b64encode(seal(text)).decode()


def _record(verb: str, row: Correction, by: Actor, at: datetime, **facts: Any) -> None:
    record(
        subject_chain(row.subject_id), verb, by=by, at=at, correction=row.pk, source=row.source, key=row.key,
        due=row.due_on, **facts,
    )  # fmt: skip
