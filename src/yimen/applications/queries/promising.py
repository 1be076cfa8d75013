"""Promises to bring secondary material later (容缺): which run out soon, which weren't kept."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from yimen.applications.choices import Presented, Stage
from yimen.applications.models import Document


def promises_until(last: date, *, after: date | None = None) -> QuerySet[Document]:
    """Promises of sent applications whose day is not later than `last` and whose material hasn't come."""
    came = Document.objects.filter(
        application=OuterRef("application"), material=OuterRef("material"), removed_at=None
    ).exclude(presented=Presented.PROMISE)
    rows = Document.objects.filter(
        presented=Presented.PROMISE, removed_at=None, broken_at=None, until__lte=last,
        application__stage=Stage.SUBMITTED,
    )  # fmt: skip
    rows = rows.filter(until__gt=after) if after else rows
    return rows.filter(~Exists(came)).select_related("application__edition__item").order_by("application_id", "id")
