"""The document of a copy. What each key means stands in docs/api/my-data.md; a change of meaning is a new version.

It holds what the person gave and what they were given. Of others it names those whom the person let act, or who let
them, and the offices and posts that looked; a member of staff is named as pages name them, masked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from yimen.applications.queries.memory import kept_of
from yimen.files.queries import read_file
from yimen.identity.access import same_person
from yimen.identity.choices import Assurance, CorrectionWay, Finding, Judgement, MandateKind, Power
from yimen.identity.choices import Document as DocumentKind
from yimen.identity.queries import (
    corrections_about,
    looks_of,
    mandates_of,
    mandates_to,
    reports_about,
    subjects,
    user_of,
)
from yimen.kit.time import local
from yimen.law.masking import mask_name
from yimen.notices.queries import of as messages_of
from yimen.portal.queries.copying.held import consents, licences
from yimen.portal.queries.copying.matters import applications
from yimen.sheets.queries import library

if TYPE_CHECKING:
    from yimen.identity.models import DataCopy, Subject

SCHEMA = "yimen.my-data/1"

Read = Callable[[], bytes]


@dataclass
class Gathered:
    """document: plain values, ready for JSON. files: path in the archive to what reads it."""

    document: dict[str, Any]
    files: dict[str, Read] = field(default_factory=dict)


def gather(copy: DataCopy, at: datetime) -> Gathered:
    """All of it, under all records of the person."""
    ids = same_person(copy.subject_id)
    known = subjects(ids)
    files: dict[str, Read] = {}
    document = {
        "schema": SCHEMA,
        "made_at": at,
        "records": [_record(known[pk]) for pk in ids],
        "accounts": _accounts(ids),
        "mandates": _mandates(ids),
        **applications(ids, copy.asked_by_id, at, files),
        "licences": licences(ids, files),
        "consents": consents(ids),
        "usual": [_usual(each) for each in kept_of(ids)],
        "messages": [
            {"sent_at": each.sent_at, "read_at": each.read_at, "title": each.title, "body": each.body}
            for each in messages_of(list(ids))
        ],
        "looks": [_look(pk, line) for pk in ids for line in looks_of([pk], at)],
        "corrections": [_correction(each, files) for each in corrections_about(ids)],
        "look_reports": [_report(each) for each in reports_about(ids)],
    }
    plain: dict[str, Any] = _plain(document)
    return Gathered(plain, files)


def _record(one: Subject) -> dict[str, Any]:
    return {
        "kind": one.get_kind_display(),
        "document": DocumentKind(one.document).label,
        "number": one.number,
        "name": one.name,
        "assurance": Assurance(one.assurance).label,
        "registered_at": one.created_at,
        "profile": one.profile,
        "profile_days": one.profile_days,
    }


def _usual(each: Any) -> dict[str, Any]:
    """What is kept to be filled in; a line without a value says what is to be forgotten, or that all is off."""
    element = library().get(each.element)
    return {
        "field": each.element or None,
        "name": element.name if element else None,
        "value": each.value,
        "said_at": each.said_at,
        "forgets": each.forgets,
        "off": each.off,
    }


def _accounts(ids: Sequence[int]) -> list[dict[str, Any]]:
    found = [user for pk in ids if (user := user_of(pk)) is not None]
    return [{"opened_at": user.created, "phone": user.phone, "active": user.is_active} for user in found]


def _mandates(ids: Sequence[int]) -> list[dict[str, Any]]:
    given = [(each, "given", each.agent) for each in mandates_of(ids[0])]
    taken = [(each, "taken", each.principal) for each in mandates_to(ids[0])]
    return [
        {
            "direction": direction,
            "other": other.name,
            "other_number": other.masked_number,
            "kind": MandateKind(each.kind).label,
            "powers": [Power(power).label for power in each.powers],
            "items": each.items,
            "themes": each.themes,
            "valid_from": each.valid_from,
            "valid_to": each.valid_to,
            "revoked_at": each.revoked_at,
        }
        for each, direction, other in (*given, *taken)
    ]


def _look(subject: int, line: Any) -> dict[str, Any]:
    return {
        "at": line.at,
        "office": line.by["office"],
        "post": line.by["post"],
        "person": mask_name(line.by["name"]),
        "purpose": line.ground,
        "case": line.facts.get("case") or None,
        "what": line.facts.get("what") or None,
    }


def _correction(each: Any, files: dict[str, Read]) -> dict[str, Any]:
    proofs = {f"files/correction-{each.pk}/{proof.pk}-{proof.name}": proof.file_id for proof in each.proofs.all()}
    files |= {path: partial(read_file, kept) for path, kept in proofs.items()}
    return {
        "way": CorrectionWay(each.way).label,
        "source": each.source_words,
        "field": each.label,
        "was": each.was,
        "said": each.said,
        "reason": each.reason,
        "asked_at": each.asked_at,
        "due_on": each.due_on,
        "answered_at": each.answered_at,
        "finding": Finding(each.finding).label if each.finding else None,
        "proofs": list(proofs),
        "answer": each.answer or None,
    }


def _report(each: Any) -> dict[str, Any]:
    return {
        "look": each.seq,
        "text": each.text,
        "asked_at": each.asked_at,
        "due_on": each.due_on,
        "answered_at": each.answered_at,
        "finding": Judgement(each.finding).label if each.finding else None,
        "answer": each.answer or None,
    }


def _plain(value: Any) -> Any:
    """As JSON has it: instants with the offset of China, days as they are written."""
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
