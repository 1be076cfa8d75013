"""A worker that ended in the middle: the batch goes on from its checkpoint, by itself or by hand."""

from __future__ import annotations

from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.events import speak
from yimen.ledger.commands import record
from yimen.ledger.queries import latest
from yimen.vault import access, events
from yimen.vault.choices.batches import SILENCE, BatchState, batch_chain
from yimen.vault.commands.importing.beginning import lock_batch
from yimen.vault.models import Batch

MOST_REVIVALS = 5
GAVE_UP = "后台处理连续中断。已经处理的行没有丢失，可以点“继续”再试；仍然不行的，请联系管理员。"


class StillWorking(Refusal):
    code = "batch_still_working"
    sentence = "后台还在处理，不需要重新开始。"


@command
def revive_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Go on from the checkpoint; after several times without a row between them give up, and say so. The platform.

    Raises Forbidden, StillWorking.
    """
    access.require_platform(by)
    batch = lock_batch(batch)
    if not batch.working or batch.moved_at >= at - SILENCE:
        raise StillWorking
    if _revivals(batch) >= MOST_REVIVALS:
        batch.refused = GAVE_UP
        batch.save(update_fields=["refused"])
        record(batch_chain(batch.pk), "batch_gave_up", by=by, at=at, reason=GAVE_UP)
        return
    _ask_anew(batch, at)
    record(batch_chain(batch.pk), "batch_revived", by=by, at=at)


@command
def resume_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """The same by hand, also where it was given up or stopped by something that was mended since.

    Who: whoever loads for the issuing body, or an administrator. Raises Forbidden, StillWorking.
    """
    batch = lock_batch(batch)
    access.require_load(by, batch.agency_id)
    if batch.state != BatchState.FAILED and (not batch.working or batch.moved_at >= at - SILENCE):
        raise StillWorking
    batch.refused = ""
    _ask_anew(batch, at)
    record(batch_chain(batch.pk), "batch_resumed", by=by, at=at)


def _ask_anew(batch: Batch, at: datetime) -> None:
    """The worker is asked again, with the rights of whoever asked it first."""
    batch.moved_at = at
    batch.save(update_fields=["moved_at", "refused"])
    if batch.passed_by:
        speak(events.BatchPassed(batch.pk, batch.passed_by, at))
    else:
        speak(events.BatchMapped(batch.pk, batch.mapped_by or batch.begun_by, at))


def _revivals(batch: Batch) -> int:
    """In a row, with nothing done between them but setting off."""
    verbs = [line.verb for line in latest(batch_chain(batch.pk), 3 * MOST_REVIVALS)]
    told = [verb for verb in verbs if verb not in ("batch_read_from", "batch_entered_from")]
    return next((count for count, verb in enumerate(told) if verb != "batch_revived"), len(told))
