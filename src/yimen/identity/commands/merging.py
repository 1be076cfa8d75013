"""Two records of one person become one: proposed by a clerk who saw both documents, confirmed by another, undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yimen.files.commands import store
from yimen.identity import access
from yimen.identity.events import RecordsMerged, RecordsParted
from yimen.identity.models import Merge, Subject
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Invalid, Refusal, Stale
from yimen.kit.events import speak
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record


class MergedAlready(Refusal):
    code = "merged_already"
    sentence = "这两份档案已经合并，或者正在等待复核，不用重复提出。"


class NotTwoOfOne(Invalid):
    """Only a person has several documents; a firm's code is one for life (GB 32100)."""

    code = "not_two_of_one"
    sentence = "只能合并同一自然人的两份档案。"


class SameClerk(Forbidden):
    code = "same_clerk"
    sentence = "提出合并的人不能自己复核，请由另一位工作人员核对后确认。"


class OwnRecord(Forbidden):
    code = "own_record"
    sentence = "这是您本人的档案，请由其他工作人员办理。"


@command
def propose_merge(
    one: Subject, other: Subject, *, proof: str, scan: tuple[str, Any] | None = None, by: Actor, at: datetime
) -> Merge:
    """A clerk who has seen both documents says that they are of one person. proof: which, and what binds them.

    Holds nothing yet: another confirms. Raises Forbidden, OwnRecord, NotTwoOfOne, Invalid, MergedAlready.
    """
    _require_clerk(by, one.pk, other.pk)
    if one.pk == other.pk or not (one.is_person and other.is_person):
        raise NotTwoOfOne
    if not 4 <= len(proof.strip()) <= 200:
        message = "请写明核对了哪些证件、凭什么认定是同一人，4 至 200 个字。"
        raise Invalid([{"field": "proof", "code": "required", "message": message}])
    first, second = sorted((one.pk, other.pk))
    if second in access.same_person(first):
        raise MergedAlready
    chain = subject_chain(first)
    kept = store(name=scan[0], content=scan[1], about=chain, by=by, at=at) if scan else None
    try:
        with transaction.atomic():
            row = Merge.objects.create(
                one_id=first, other_id=second, proof=proof.strip(), scan=kept, asked_at=at, asked_by_id=by.user
            )
    except IntegrityError as twice:
        raise MergedAlready from twice
    _record("merge_proposed", row, by, at, ground=row.proof)
    return row


@command
def confirm_merge(merge: Merge, *, by: Actor, at: datetime) -> Merge:
    """Another clerk agrees: from now on whoever asks for one finds what both have. Nothing is moved.

    Raises Forbidden, OwnRecord, SameClerk, Stale. Speaks RecordsMerged.
    """
    row = _locked(merge)
    _require_clerk(by, row.one_id, row.other_id)
    if by.user is not None and by.user == row.asked_by_id:
        raise SameClerk
    if row.confirmed_at is not None or row.refused_at is not None:
        raise Stale
    row.confirmed_at, row.confirmed_by_id = at, by.user
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    regroup([row.one_id, row.other_id])
    _record("records_merged", row, by, at, ground=row.proof)
    speak(RecordsMerged(row.pk, row.one_id, row.other_id, at))
    return row


@command
def refuse_merge(merge: Merge, *, why: str, by: Actor, at: datetime) -> Merge:
    """They are two people, or it isn't proved; who proposed it may take it back. Raises Forbidden, Stale, Invalid."""
    row = _locked(merge)
    _require_clerk(by, row.one_id, row.other_id)
    if row.confirmed_at is not None or row.refused_at is not None:
        raise Stale
    row.refused_at, row.why = at, _reason(why)
    row.save(update_fields=["refused_at", "why"])
    _record("merge_refused", row, by, at, ground=row.why)
    return row


@command
def undo_merge(merge: Merge, *, why: str, by: Actor, at: datetime) -> Merge:
    """They were two people after all: each record has again what it had, and what came to it meanwhile.

    Who confirmed it may undo it too. Raises Forbidden, OwnRecord, Stale, Invalid. Speaks RecordsParted.
    """
    row = _locked(merge)
    _require_clerk(by, row.one_id, row.other_id)
    if row.confirmed_at is None or row.undone_at is not None:
        raise Stale
    row.undone_at, row.why = at, _reason(why)
    row.save(update_fields=["undone_at", "why"])
    regroup([row.one_id, row.other_id])
    _record("records_parted", row, by, at, ground=row.why)
    speak(RecordsParted(row.pk, row.one_id, row.other_id, at))
    return row


def regroup(ids: Iterable[int]) -> None:
    """Write `same_as` anew for whoever was or is one with these, from the merges in force. Part of a command."""
    touched = set(ids)
    touched |= {pk for one in ids for pk in access.records(one).values_list("pk", flat=True)}
    list(Subject.objects.select_for_update(no_key=True).filter(pk__in=touched).order_by("pk"))
    for group in _groups(touched):
        first = min(group)
        Subject.objects.filter(pk=first).update(same_as=None)
        Subject.objects.filter(pk__in=group - {first}).update(same_as=first)


def _groups(ids: set[int]) -> list[set[int]]:
    pairs = Merge.objects.in_force().filter(one__in=ids, other__in=ids).values_list("one_id", "other_id")
    return grouped(list(pairs), ids)


def grouped(pairs: Collection[tuple[int, int]], ids: set[int]) -> list[set[int]]:
    """Who hangs together: several pairs make one group where they share a record."""
    left, groups = set(ids), []
    while left:
        group = {min(left)}
        while grown := {pk for pair in pairs if group & set(pair) for pk in pair} - group:
            group |= grown
        groups.append(group)
        left -= group
    return groups


def _locked(merge: Merge) -> Merge:
    return Merge.objects.select_for_update().get(pk=merge.pk)


def _require_clerk(by: Actor, *subjects: int) -> None:
    if not access.keeps_registers(by):
        raise Forbidden
    if any(by.is_one(subject) for subject in subjects):
        raise OwnRecord


def _reason(why: str) -> str:
    if not 4 <= len(why.strip()) <= 200:
        raise Invalid([{"field": "why", "code": "required", "message": "请写明理由，4 至 200 个字。"}])
    return why.strip()


def _record(verb: str, row: Merge, by: Actor, at: datetime, *, ground: str) -> None:
    """In the stories of both."""
    for subject in (row.one_id, row.other_id):
        record(
            subject_chain(subject), verb, by=by, at=at, ground=ground, merge=row.pk, one=row.one_id, other=row.other_id
        )
