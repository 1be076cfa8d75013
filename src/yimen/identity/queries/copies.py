"""Copies of all one's data."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from yimen.identity.models import CopyPart, DataCopy
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound


def copies_of(subject: int, by: Actor) -> QuerySet[DataCopy]:
    """Those that the actor asked for, newest first: another handler's copies are that handler's."""
    rows = DataCopy.objects.filter(subject=subject, asked_by=by.user).prefetch_related("parts")
    return rows.order_by("-id")


def copy_of(pk: int) -> DataCopy:
    """For the job. Raises NotFound."""
    found = DataCopy.objects.filter(pk=pk).select_related("subject").first()
    if found is None:
        raise NotFound
    return found


def part_of(copy: int, number: int, *, by: Actor) -> CopyPart:
    """An archive of a copy that the actor asked for. Raises NotFound."""
    found = CopyPart.objects.filter(copy=copy, number=number, copy__asked_by=by.user)
    row = found.select_related("copy", "file").first()
    if row is None:
        raise NotFound("没有找到这份副本。")
    return row


def outlived_copies(at: datetime) -> list[DataCopy]:
    """Whose days are over and whose archives still lie in the store."""
    return list(DataCopy.objects.filter(until__lte=at, gone_at=None).order_by("id")[:500])
