"""How the materials of a submitted application were met: facts for rooms that count."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yimen.applications.choices import Channel
from yimen.applications.models import Application, MaterialMet
from yimen.kit.time import local
from yimen.law.resolution import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yimen.applications.models import Document

AT_HALL = (Channel.WINDOW, Channel.KIOSK)


def met(application: Application) -> list[MaterialMet]:
    """One row for each material, as it was on the day of submission."""
    return list(application.met.order_by("id"))


def met_without_paper(applications: Iterable[int]) -> dict[int, frozenset[str]]:
    """Of applications by their id: keys of what was there at submission though no document stands for it."""
    ways = [str(Way.FORM), str(Way.SERVICE)]
    found: dict[int, set[str]] = {}
    rows = MaterialMet.objects.filter(application__in=list(applications), way__in=ways)
    for application, material in rows.values_list("application_id", "material"):
        found.setdefault(application, set()).add(material)
    return {application: frozenset(keys) for application, keys in found.items()}


def filed_in_one_visit(application: Application) -> bool:
    """Handed in at the hall when the same person had handed in another one there that day: the visit is the same."""
    if application.channel not in AT_HALL or application.submitted_at is None:
        return False
    day = local(application.submitted_at).replace(hour=0, minute=0, second=0, microsecond=0)
    before = Application.objects.filter(
        subject=application.subject_id,
        channel__in=AT_HALL,
        submitted_at__gte=day,
        submitted_at__lte=application.submitted_at,
    ).exclude(pk=application.pk)
    return before.filter(pk__lt=application.pk).exists()


def brought_to_window(documents: Sequence[Document], since: datetime, until: datetime) -> bool:
    """Was anything taken in by a clerk between two instants?"""
    return any(
        since <= each.handed_in_at <= until and each.checked_at is not None and each.checked_at == each.handed_in_at
        for each in documents
    )
