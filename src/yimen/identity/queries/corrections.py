"""What is held about somebody and may be wrong, and what they asked to have put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from yimen.city.queries import address_text
from yimen.identity.access import corrections_of, may_correct, same_person
from yimen.identity.choices import ORG_KEYS, PERSON_KEYS, REGISTER, Document
from yimen.identity.models import Correction, CorrectionSet, Merge, MergeSet, Subject
from yimen.identity.ports import Value, values_of
from yimen.identity.queries.people import profile_value
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.law.said import said

IN_NUMBER = frozenset({"gender", "birth_date"})
ADDRESSES = frozenset({"address", "residence_address", "hukou_address"})
REGISTER_WORDS = said("本平台登记的资料")
KINDS = {"birth_date": "date"}


def values_about(one: Subject) -> list[Value]:
    """Everything about somebody for which a correction can be asked: the register of people, then other registers'.

    What stands in a citizen number is the number's own; a number that is wrong is another record (see merging).
    """
    own = [Value(REGISTER, REGISTER_WORDS, "name", "姓名" if one.is_person else "名称", one.name)]
    keys = PERSON_KEYS if one.is_person else ORG_KEYS
    for key, label in keys.items():
        if one.document == Document.CITIZEN_ID and key in IN_NUMBER:
            continue
        held = profile_value(one, f"{'person' if one.is_person else 'org'}.{key}")
        shown = address_text(held) if key in ADDRESSES else str(held or "")
        own.append(Value(REGISTER, REGISTER_WORDS, key, label, shown, kind=KINDS.get(key, "text")))
    return [*own, *values_of(same_person(one.pk))]


def value_about(one: Subject, source: str, key: str) -> Value:
    """One of them. Raises NotFound."""
    for each in values_about(one):
        if (each.source, each.key) == (source, key):
            return each
    raise NotFound("没有找到这项信息。")


def corrections_about(subjects: Sequence[int]) -> list[Correction]:
    """What was asked or noticed about some records, newest first."""
    rows = Correction.objects.filter(subject__in=list(subjects)).select_related("agency")
    return list(rows.prefetch_related("proofs").order_by("-id"))


def corrections(by: Actor) -> CorrectionSet:
    """Those that an actor sees at the desk."""
    return Correction.objects.filter(corrections_of(by)).select_related("subject", "agency", "answered_by")


def waiting_corrections() -> list[Correction]:
    """All that wait for an answer, the oldest first."""
    return list(Correction.objects.waiting().order_by("id"))


def correction(pk: int, *, by: Actor) -> Correction:
    """One of them, with its proofs. Raises NotFound."""
    found = corrections(by).prefetch_related("proofs__file").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这项更正申请。")
    return found


def may_answer_correction(row: Correction, by: Actor) -> bool:
    return row.answered_at is None and may_correct(row, by) and not by.is_one(row.subject_id)


def is_late(row: Correction, today: date) -> bool:
    return row.answered_at is None and row.due_on < today


def merges(subjects: Iterable[int] | None = None) -> MergeSet:
    """Merges that wait, hold or are over; of some records only, if given. Newest first."""
    rows = Merge.objects.select_related("one", "other", "asked_by", "confirmed_by").order_by("-id")
    if subjects is None:
        return rows
    ids = list(subjects)
    return rows.filter(one__in=ids) | rows.filter(other__in=ids)


def merge(pk: int) -> Merge:
    """Raises NotFound."""
    found = merges().filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这次合并。")
    return found
