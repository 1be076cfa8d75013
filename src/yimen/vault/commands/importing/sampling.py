"""A second person compares some rows of a batch with their scans; the batch passes, or goes back."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.events import speak
from yimen.law.sampling import Sample, passes, read_plan, sample
from yimen.ledger.commands import record
from yimen.vault import access, events
from yimen.vault.choices.batches import BatchState, batch_chain
from yimen.vault.commands.importing.beginning import lock_batch, require_state
from yimen.vault.models import Batch, BatchSample
from yimen.vault.queries.importing.rows import plain, rows_at

LONGEST_NOTE = 500


class NotAllCompared(Refusal):
    code = "sample_not_finished"
    sentence = "还有 {left} 行没有核对，全部核对后才能作出结论。"


class NoSuchRow(Refusal):
    code = "no_such_sample"
    sentence = "没有找到这一行抽样。"
    status = 404


@command
def draw_sample(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """Draw rows by lot, as many as the city's plan says. Who: of the issuing body, none of those who loaded it.

    Raises Forbidden, LoadedByOneself, WrongState, DamagedRows.
    """
    batch = lock_batch(batch)
    require_other(batch, by)
    require_state(batch, BatchState.READ)
    drawn = sample(batch.good, read_plan(settings.YIMEN_BATCH_SAMPLE))
    chosen = set(secrets.SystemRandom().sample(range(batch.good), drawn.size))
    rows = rows_at(batch, chosen)
    BatchSample.objects.bulk_create(
        BatchSample(batch=batch, place=place, line=row.line, sealed=plain(row.found), file_id=row.file)
        for place, row in enumerate(rows, start=1)
    )
    batch.sampled_at, batch.sampled_by, batch.sampled_by_name = at, by.account, by.name[:80]
    batch.sample_size, batch.tolerated = drawn.size, drawn.tolerated
    batch.save(update_fields=["sampled_at", "sampled_by", "sampled_by_name", "sample_size", "tolerated"])
    record(
        batch_chain(batch.pk), "sample_drawn", by=by, at=at,
        rows=batch.good, drawn=drawn.size, tolerated=drawn.tolerated, plan=settings.YIMEN_BATCH_SAMPLE,
    )  # fmt: skip
    return batch


@command
def judge_row(batch: Batch, *, place: int, right: bool, note: str, by: Actor, at: datetime) -> BatchSample:
    """Say of one row whether it agrees with its scan. A wrong one needs a word about what is wrong.

    Who: as draw_sample; what somebody said before may be put right until the conclusion.
    Raises Forbidden, LoadedByOneself, WrongState, NoSuchRow, Invalid.
    """
    batch = lock_batch(batch)
    require_other(batch, by)
    require_state(batch, BatchState.SAMPLING)
    row = BatchSample.objects.select_for_update().filter(batch=batch, place=place).first()
    if row is None:
        raise NoSuchRow
    if not right and not note.strip():
        raise Invalid([{"field": "note", "code": "note_needed", "message": "请写明哪里不一致。"}])
    row.right, row.note = right, note.strip()[:LONGEST_NOTE]
    row.judged_at, row.judged_by, row.judged_by_name = at, by.account, by.name[:80]
    row.save()
    record(batch_chain(batch.pk), "sample_judged", by=by, at=at, line=row.line, right=right)
    return row


@command
def conclude(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """The sample decides: the batch passes and its rows become licences, or it goes back with what was found wrong.

    Who: as draw_sample. With more wrong rows than tolerated it goes back at once. Speaks BatchPassed, BatchReturned.
    Raises Forbidden, LoadedByOneself, WrongState, NotAllCompared.
    """
    batch = lock_batch(batch)
    require_other(batch, by)
    require_state(batch, BatchState.SAMPLING)
    rows = BatchSample.objects.filter(batch=batch)
    wrong, left = rows.filter(right=False).count(), rows.filter(right=None).count()
    if not passes(wrong, Sample(batch.sample_size, batch.tolerated)):
        batch.returned_at = at
        batch.save(update_fields=["returned_at"])
        record(batch_chain(batch.pk), "batch_returned", by=by, at=at, wrong=wrong, tolerated=batch.tolerated)
        speak(events.BatchReturned(batch.pk, at))
        return batch
    if left:
        raise NotAllCompared(left=left)
    batch.passed_at, batch.passed_by, batch.passed_by_name, batch.moved_at = at, by.account, by.name[:80], at
    batch.work_began_at = None
    batch.save(update_fields=["passed_at", "passed_by", "passed_by_name", "moved_at", "work_began_at"])
    record(batch_chain(batch.pk), "batch_passed", by=by, at=at, wrong=wrong, compared=batch.sample_size)
    speak(events.BatchPassed(batch.pk, by.account, at))
    return batch


def require_other(batch: Batch, by: Actor) -> None:
    """Of the issuing body, and not of those who loaded it. Raises Forbidden, LoadedByOneself."""
    access.require_compare(by, batch.agency_id, (batch.begun_by, batch.mapped_by))
