"""Batches that somebody may see: those of the bodies whose licences they make; an administrator's all."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from yimen.identity.queries import subject_for_staff
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.vault.access import MAKERS
from yimen.vault.choices.batches import SILENCE, BatchState, batch_chain
from yimen.vault.models import Batch, BatchSample
from yimen.vault.queries.importing.checking import Found
from yimen.vault.queries.importing.rows import found_in

LOOKED_FOR = "抽检历史证照电子化批次"


class NoSuchBatch(NotFound):
    code = "no_such_batch"
    sentence = "没有找到这个导入批次。"


def batches_seen(by: Actor) -> QuerySet[Batch]:
    """Newest first."""
    rows = Batch.objects.select_related("kind", "agency", "table", "scans").order_by("-id")
    if by.may("administrator"):
        return rows
    return rows.filter(agency__in=sorted(by.agencies)) if by.duties & set(MAKERS) else rows.none()


def one_batch(number: int, by: Actor) -> Batch:
    """Raises NoSuchBatch, also for what one may not see."""
    found = batches_seen(by).filter(pk=number).first()
    if found is None:
        raise NoSuchBatch
    return found


def to_compare(by: Actor) -> int:
    """How many batches wait for somebody like the actor to compare their sample."""
    if not by.duties & set(MAKERS):
        return 0
    waiting = Batch.objects.filter(
        agency__in=sorted(by.agencies), read_at__isnull=False, good__gt=0, passed_at=None, returned_at=None,
        dropped_at=None, refused="",
    )  # fmt: skip
    return waiting.exclude(begun_by=by.account).exclude(mapped_by=by.account).count()


def outlived_batches(before: datetime) -> list[Batch]:
    """Those that were over before an instant (entered, returned, given up), the uploads of which are still kept."""
    over = Q(entered_at__lt=before) | Q(dropped_at__lt=before) | Q(returned_at__lt=before)
    return list(Batch.objects.filter(over, forgotten_at=None).order_by("pk"))


def compared_row(batch: Batch, place: int, *, by: Actor, at: datetime) -> tuple[BatchSample, Found]:
    """A row of the sample, opened. A holder whom the registers know finds the look in the log. Raises NoSuchBatch."""
    row = BatchSample.objects.select_related("file").filter(batch=batch, place=place).first()
    if row is None:
        raise NoSuchBatch
    found = found_in(row.sealed)
    subject_for_staff(
        found.document, found.holder_number, by=by, at=at, purpose=LOOKED_FOR, what=batch_chain(batch.pk)
    )  # fmt: skip
    return row, found


def next_to_compare(batch: Batch, after: int = 0) -> int | None:
    """The place of the next row of the sample that nobody has judged, after one or from the beginning again."""
    places = list(BatchSample.objects.filter(batch=batch, right=None).values_list("place", flat=True))
    return next((place for place in places if place > after), places[0] if places else None)


def silent_batches(at: datetime) -> list[Batch]:
    """Those that should be worked on and of which nobody has been heard, unless they just wait for their turn."""
    found = Batch.objects.filter(entered_at=None, dropped_at=None, refused="", moved_at__lt=at - SILENCE)
    working = [each for each in found.exclude(mapped_at=None).order_by("pk") if each.working]
    return [each for each in working if not waits(each) and not _behind_another(each, at)]


def _behind_another(batch: Batch, at: datetime) -> bool:
    """Is another of its kind and body going into the library? They go one after the other."""
    others = Batch.objects.filter(kind=batch.kind_id, agency=batch.agency_id).exclude(pk=batch.pk)
    entering = others.filter(passed_at__isnull=False, entered_at=None, refused="", moved_at__gte=at - SILENCE)
    return batch.passed_at is not None and entering.exists()


def waits(batch: Batch) -> bool:
    """Does its job lie in the queue, untouched?"""
    jobs = ProcrastinateJob.objects.filter(status="todo", task_name="kit.deliver", args__facts__batch=batch.pk)
    return jobs.filter(args__event__startswith="vault.Batch").exists()


def progress(batch: Batch) -> tuple[int, int]:
    """How many rows are done, of how many, in the work that goes on."""
    if batch.state == BatchState.ENTERING or batch.entered_at:
        return batch.entered + batch.left_out, batch.good
    return batch.taken, max(batch.total, batch.taken)


def rate(batch: Batch) -> float:
    """Rows a second since the worker set off; 0 where nobody can tell yet."""
    if batch.work_began_at is None:
        return 0.0
    took = (batch.moved_at - batch.work_began_at).total_seconds()
    return (progress(batch)[0] - batch.rate_from) / took if took > 0 else 0.0
