"""Promises to bring secondary material later (容缺): which are open, which run out soon, which weren't kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from yimen.applications.choices import Presented, Stage
from yimen.applications.models import Document
from yimen.applications.queries.reading import documents
from yimen.applications.queries.resolving import owed
from yimen.catalog.choices import Necessity

if TYPE_CHECKING:
    from yimen.applications.models import Application


def promises_until(last: date, *, after: date | None = None) -> QuerySet[Document]:
    """Promises not noted as broken whose day is not later than `last` and whose material hasn't come."""
    rows = outstanding().filter(broken_at=None, until__lte=last)
    rows = rows.filter(until__gt=after) if after else rows
    return rows.order_by("application_id", "id")


def outstanding() -> QuerySet[Document]:
    """Promises of sent applications whose material hasn't come."""
    came = Document.objects.filter(
        application=OuterRef("application"), material=OuterRef("material"), removed_at=None
    ).exclude(presented=Presented.PROMISE)
    rows = Document.objects.filter(
        presented=Presented.PROMISE, removed_at=None, until__isnull=False, application__stage=Stage.SUBMITTED
    )
    return rows.filter(~Exists(came)).select_related("application__edition__item")


def dishonoured(application: Application) -> list[Document]:
    """Promises of an application whose day passed, which was told to who promised, and whose material still lacks.

    No statement where the edition knows no such material.
    """
    if not any(each.necessity is Necessity.TOLERATED for each in application.edition.doc.materials):
        return []
    found = documents(application)
    broken = [each for each in found if each.presented == Presented.PROMISE and each.broken_at is not None]
    lacking = {each.key for each in owed(application, found)} if broken else set()
    return [each for each in broken if each.material in lacking]
