"""What was uploaded for a batch goes when its time is over: the licences hold their facts and their own scans."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from yimen.files.commands import discard
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.ledger.commands import record
from yimen.vault import access
from yimen.vault.choices.batches import batch_chain
from yimen.vault.commands.importing.beginning import drop_rows, lock_batch
from yimen.vault.models import Batch
from yimen.vault.queries.importing import outlived_batches


@command
def forget_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Remove the table, the zip of scans, what was refused and what was never entered (个人信息保护法 19).

    The platform. What was compared, by whom, and which line became which licence stays. Raises Forbidden.
    """
    access.require_platform(by)
    batch = lock_batch(batch)
    drop_rows(batch, by=by, at=at)
    gone = [each for each in (batch.table, batch.scans) if each is not None]
    batch.table, batch.scans, batch.forgotten_at = None, None, at
    batch.save(update_fields=["table", "scans", "forgotten_at"])
    for file in gone:
        discard(file, by=by, at=at, about=batch_chain(batch.pk))
    record(batch_chain(batch.pk), "batch_forgotten", by=by, at=at, days=settings.YIMEN_BATCH_KEPT_DAYS, files=len(gone))


def forget_batches(*, at: datetime) -> int:
    """All whose time is over; gives how many."""
    found = outlived_batches(at - timedelta(days=settings.YIMEN_BATCH_KEPT_DAYS))
    for batch in found:
        forget_batch(batch, by=Actor.system(), at=at)
    return len(found)
