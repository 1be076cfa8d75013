"""People and firms: entering them, correcting their data, and how sure the city is of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from yimen.identity import access
from yimen.identity.choices import ORG_KEYS, PERSON_KEYS, Assurance, Document, SubjectKind
from yimen.identity.models import Subject, User
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, Refusal
from yimen.kit.time import day_of
from yimen.law.documents import DocumentKind, check_document
from yimen.law.identifiers import normalise
from yimen.law.said import said
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record

LONGEST_NAME, LONGEST_VALUE = 120, 200
ADDRESSES = frozenset({"address", "residence_address", "hukou_address"})
ADDRESS_PARTS = frozenset({"county", "town", "village", "detail"})


class BadNumber(Invalid):
    """The number can't be one of this document."""

    code = "bad_number"
    sentence = "证件号码有误：{why}"


class NameDiffers(Refusal):
    """The number is known under another name. Which one is not said."""

    code = "name_differs"
    sentence = "姓名（名称）与该证件号码已登记的不一致，请核对。"
    status = 422


def find_or_register_subject(*, document: str, number: str, name: str, by: Actor, at: datetime) -> Subject:
    """The subject of a number, entered now if nobody was it before. Raises BadNumber, NameDiffers, Invalid."""
    proper = require_number(document, number, at)
    known = _known(document, proper)
    if known is None:
        return register_subject(document=document, number=proper, name=name, by=by, at=at)
    if access.plain_name(known.name) != access.plain_name(name):
        raise NameDiffers
    return known


@command
def register_subject(
    *, document: str, number: str, name: str, assurance: int = Assurance.NONE, by: Actor, at: datetime
) -> Subject:
    """Enter a person or firm. Two who enter the same number at once get the same row. Raises BadNumber, Invalid."""
    proper = require_number(document, number, at)
    written = require_name(name)
    fresh = Subject(
        kind=kind_of(document, proper),
        document=document,
        number=proper,
        number_hash=access.number_hash(document, proper),
        name=written,
        assurance=assurance,
        profile={},
        created_at=at,
    )
    Subject.objects.bulk_create([fresh], ignore_conflicts=True)
    row = _known(document, proper)
    assert row is not None  # noqa: S101 - just written, or written by the one who was first
    record(subject_chain(row.pk), "subject_registered", by=by, at=at, document=document, assurance=assurance)
    return row


@command
def update_profile(subject: Subject, *, changes: Mapping[str, Any], by: Actor, at: datetime) -> Subject:
    """Correct contact and other data. The person, a firm's representative, a clerk at the window. "" removes a value.

    Raises Forbidden, Invalid. The ledger keeps which keys changed, never the values.
    """
    if not (access.speaks_for(by, subject.pk, at) or access.keeps_registers(by)):
        raise Forbidden
    row = Subject.objects.select_for_update().get(pk=subject.pk)
    require_profile(row, changes)
    changed = write_profile(row, changes, at)
    record(subject_chain(row.pk), "profile_updated", by=by, at=at, changed=changed)
    return row


@command
def correct_name(subject: Subject, *, name: str, reason: str, by: Actor, at: datetime) -> Subject:
    """A name was mistyped, or has changed by law. A clerk who has seen the document. Raises Forbidden, Invalid."""
    if not access.keeps_registers(by) or by.is_one(subject.pk):
        raise Forbidden
    row = Subject.objects.select_for_update().get(pk=subject.pk)
    write_name(row, require_name(name))
    record(subject_chain(row.pk), "name_corrected", by=by, at=at, ground=reason)
    return row


@command
def confirm_identity(subject: Subject, *, level: int, way: str, by: Actor, at: datetime) -> Subject:
    """The city is surer of who this is: a clerk has compared the card. Never lowers the level. Raises Forbidden."""
    if not access.keeps_registers(by):
        raise Forbidden
    row = Subject.objects.select_for_update().get(pk=subject.pk)
    row.assurance = max(row.assurance, Assurance(level))
    row.save(update_fields=["assurance"])
    record(subject_chain(row.pk), "identity_confirmed", by=by, at=at, ground=way, level=row.assurance)
    return row


def require_number(document: str, number: str, at: datetime) -> str:
    """The number as registers write it. Raises BadNumber with the reason, Invalid for an unknown document."""
    if document not in Document.values:
        raise Invalid([{"field": "document", "code": "unknown_document", "message": "请选择证件类型。"}])
    verdict = check_document(DocumentKind(document), normalise(number), today=day_of(at))
    if not verdict:
        raise BadNumber([{"field": "number", "code": verdict.code, "message": verdict.why}], why=verdict.why)
    return verdict.value


def require_name(name: str) -> str:
    """Raises Invalid."""
    written = " ".join(name.split())
    if not written or len(written) > LONGEST_NAME or not written.isprintable():
        raise Invalid([{"field": "name", "code": "bad_name", "message": "请填写姓名或名称，不超过 120 个字。"}])
    return written


def kind_of(document: str, number: str) -> SubjectKind:
    """Whom a document speaks of. GB 32100: 92 (个体工商户), Y (其他) and x9 are no legal persons; other codes are."""
    if document != Document.USCC:
        return SubjectKind.NATURAL
    other = number.startswith(("92", "Y")) or number[1] == "9"
    return SubjectKind.OTHER if other else SubjectKind.LEGAL


def write_name(row: Subject, name: str) -> None:
    """Part of a command that is recorded as a whole."""
    row.name = name
    row.save(update_fields=["name"])
    User.objects.filter(subject=row).update(name=row.name[:60])


def write_profile(row: Subject, changes: Mapping[str, Any], at: datetime) -> list[str]:
    """Part of a command that is recorded as a whole; gives the keys that differ now. Each key carries its day."""
    profile = {key: value for key, value in {**row.profile, **changes}.items() if value not in ("", None)}
    changed = sorted(key for key in changes if profile.get(key) != row.profile.get(key))
    days = {**row.profile_days, **dict.fromkeys(changed, day_of(at).isoformat())}
    row.profile, row.profile_days = profile, {key: day for key, day in days.items() if key in profile}
    row.save(update_fields=["profile", "profile_days"])
    return changed


def _known(document: str, number: str) -> Subject | None:
    return Subject.objects.filter(document=document, number_hash=access.number_hash(document, number)).first()


def require_profile(row: Subject, changes: Mapping[str, Any]) -> None:
    """Raises Invalid."""
    allowed = PERSON_KEYS if row.is_person else ORG_KEYS
    errors = []
    for key, value in changes.items():
        if key not in allowed:
            errors.append({"field": key, "code": "unknown_field", "message": "没有这个信息项。"})
        elif not _sound(key, value):
            errors.append({"field": key, "code": "invalid", "message": "内容格式不对。"})
        elif any(len(text) > LONGEST_VALUE for text in _texts(value)):
            errors.append(
                {"field": key, "code": "too_long", "message": said("{field}太长。", field=said(allowed[key]))}
            )
        elif value and (wrong := _wrong(key, value)):
            errors.append({"field": key, "code": "invalid", "message": wrong})
    if errors:
        raise Invalid(errors)


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value.values()] if isinstance(value, dict) else [str(value or "")]


def _sound(key: str, value: Any) -> bool:
    """A text, or for an address its parts."""
    if isinstance(value, dict):
        return (
            key in ADDRESSES and set(value) <= ADDRESS_PARTS and all(isinstance(part, str) for part in value.values())
        )
    return value is None or isinstance(value, str)


def _wrong(key: str, value: Any) -> str:
    if key == "phone" and not access.PHONE.match(access.plain_phone(str(value))):
        return "请填写 11 位手机号码。"
    if key == "birth_date":
        try:
            date.fromisoformat(str(value))
        except ValueError:
            return "请填写正确的日期。"
    return ""
