"""What the worker does once a batch is confirmed: every row in a transaction of its own, until none is left."""

from __future__ import annotations

from yimen.applications.commands import batches as commands
from yimen.applications.events import BatchConfirmed
from yimen.applications.models import Batch
from yimen.identity.access import actor_for
from yimen.identity.queries import account_of
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.kit.events import hear
from yimen.kit.time import now


@hear(BatchConfirmed)
def file_batch(news: BatchConfirmed) -> None:
    """A row that is refused says why and doesn't keep the others; one that was filed is left alone."""
    batch = Batch.objects.filter(pk=news.batch, confirmed_at__isnull=False, finished_at=None).first()
    if batch is None:
        return
    waiting = batch.rows.filter(application=None, repeats=None, failed_at=None).order_by("place")
    for key in list(waiting.values_list("pk", flat=True)):
        row = batch.rows.select_related("batch__item", "batch__edition__item", "batch__subject").get(pk=key)
        by = actor_for(account_of(Actor(user=news.by)), now())
        try:
            commands.file_row(row, by=by, at=now())
        except Refusal as refused:
            commands.refuse_row(row, refused, by=by, at=now())
    commands.finish_batch(batch, by=Actor.system(), at=now())
