"""Finding people and firms, and what the city knows of them. Looking at another person's data is written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from yimen.identity.access import number_hash, plain_name
from yimen.identity.choices import Document
from yimen.identity.models import Subject
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.prepared import prepared
from yimen.law import identifiers
from yimen.ledger.commands import look


class NobodyNamed(Refusal):
    """The same for a number nobody has and for one that bears another name: it tells nothing about either."""

    code = "nobody_named"
    sentence = "没有找到姓名和证件号码都相符的人，请与对方核对。"
    status = 422


def find_subject(document: str, number: str) -> Subject | None:
    """By document and number, however it was typed. For one's own affairs; staff go through subject_for_staff."""
    return Subject.objects.filter(document=document, number_hash=number_hash(document, number)).first()


def person_named(document: str, number: str, name: str) -> Subject:
    """A registered person of whom somebody knows number and name. Raises NobodyNamed."""
    found = find_subject(document, number)
    if found is None or not found.is_person or plain_name(found.name) != plain_name(name):
        raise NobodyNamed
    return found


def subject(subject_id: int) -> Subject:
    """Raises NotFound."""
    found = _subject(subject_id)
    if not found:
        raise NotFound("没有找到这个人或单位。")
    return found[0]


@prepared
def _subject(key: int) -> QuerySet[Subject]:
    return Subject.objects.filter(pk=key)


def subjects(ids: Iterable[int]) -> dict[int, Subject]:
    """Several at once, for lists."""
    return Subject.objects.in_bulk(list(ids))


def subject_for_staff(
    document: str, number: str, *, by: Actor, at: datetime, purpose: str, case: str = "", what: str = "基本信息"
) -> Subject | None:
    """Find a subject for somebody at work, and write down that they looked, why, and for which case."""
    found = find_subject(document, number)
    if found is not None:
        look(found.pk, by=by, at=at, purpose=purpose, case=case, what=what)
    return found


def profile_value(one: Subject, key: str) -> Any:
    """The value behind a prefill key (person.gender, org.address, …); None when the city doesn't know it.

    A person's keys say nothing about a firm, nor the other way round. Birth date and gender are
    in a citizen number.
    """
    kind, _, name = key.partition(".")
    if kind != ("person" if one.is_person else "org"):
        return None
    own = {"name": one.name, "id_number" if one.is_person else "uscc": one.number}
    known = {**_from_number(one), **{word: value for word, value in one.profile.items() if value}, **own}
    return known.get(name)


def _from_number(one: Subject) -> dict[str, Any]:
    if one.document != Document.CITIZEN_ID:
        return {}
    number = one.number
    return {"birth_date": identifiers.birth_date(number).isoformat(), "gender": identifiers.gender(number).label}
