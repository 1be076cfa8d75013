"""Cases of an item that are not decided yet, as the catalogue asks before a new edition is released."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from yimen.applications.choices import Presented
from yimen.cases.models import Case
from yimen.catalog.ports import OpenMatter
from yimen.law.states import BEFORE_DECISION


def open_matters(item: int) -> Iterator[OpenMatter]:
    """One statement, read piece by piece. A promise to bring something is not the thing."""
    there = Q(application__documents__removed_at=None) & ~Q(application__documents__presented=Presented.PROMISE)
    held = ArrayAgg("application__documents__material", filter=there, distinct=True, default=[])
    rows = Case.objects.filter(item=item, state__in=sorted(BEFORE_DECISION)).annotate(held=held).order_by("pk")
    for number, edition, accepted, materials in rows.values_list(
        "number", "edition_id", "accepted_at", "held"
    ).iterator():
        yield OpenMatter(number, edition, accepted is not None, frozenset(materials))
