"""Which uploads there were, for those who may see them: their own, and those about agencies that their post reaches."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from yimen.catalog.choices.uploading import SILENCE
from yimen.catalog.models import Upload
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound


class NoSuchUpload(NotFound):
    code = "no_such_upload"
    sentence = "没有找到这次上传。"


def uploads_seen(by: Actor) -> QuerySet[Upload]:
    """Newest first, without what was found."""
    own = Q(begun_by=by.user)
    reached = Q(agencies__contained_by=sorted(by.agencies)) & ~Q(agencies=[])
    rows = Upload.objects.select_related("file", "office").filter(own | reached)
    return rows.defer("problems").order_by("-id")


def one_upload(number: int, by: Actor) -> Upload:
    """Raises NoSuchUpload, also for what one may not see."""
    found = uploads_seen(by).defer(None).filter(pk=number).first()
    if found is None:
        raise NoSuchUpload
    return found


def silent_uploads(at: datetime) -> list[Upload]:
    """Those of which the worker hasn't been heard for a while, and that aren't just waiting for their turn."""
    found = Upload.objects.filter(loaded_at=None, dropped_at=None, refused="", moved_at__lt=at - SILENCE)
    return [each for each in found.order_by("pk") if each.working and not waits(each)]


def waits(upload: Upload) -> bool:
    """Does its job lie in the queue, untouched?"""
    jobs = ProcrastinateJob.objects.filter(status="todo", task_name="kit.deliver", args__facts__upload=upload.pk)
    return jobs.filter(args__event__startswith="catalog.Upload").exists()


def uploads_before(day: datetime) -> QuerySet[Upload]:
    """Begun before, and no longer in the worker's hands."""
    over = Q(loaded_at__isnull=False) | Q(dropped_at__isnull=False) | ~Q(refused="") | Q(checked_at__isnull=False)
    return Upload.objects.filter(over, begun_at__lt=day).order_by("pk")
