"""Messages of one subject."""

from __future__ import annotations

from django.db.models import QuerySet

from yimen.notices.models import Message


def of(subjects: list[int]) -> QuerySet[Message]:
    return Message.objects.filter(subject_id__in=subjects).order_by("-id")


def unread(subjects: list[int]) -> int:
    return Message.objects.filter(subject_id__in=subjects, read_at=None)[:100].count()
