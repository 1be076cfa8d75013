"""Sums of what was saved. One statement each, over one row for an item and a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from yimen.analytics.access import visible
from yimen.analytics.models import Tally
from yimen.analytics.queries.spans import Span
from yimen.kit.actor import Actor
from yimen.law.savings import share

MEASURES = (
    "applications", "asked", "spared", "committed", "later", "fields_asked", "fields_known", "visits_usual",
    "visits_made", "visits_spared",
)  # fmt: skip


@dataclass(frozen=True)
class Saved:
    """The figures of an agency (key: its code), an item (its slug), a month (its first day) or of all.

    material_share, field_share, visit_share: in percent, None of nothing.
    """

    key: str
    name: str
    applications: int = 0
    asked: int = 0
    spared: int = 0
    committed: int = 0
    later: int = 0
    fields_asked: int = 0
    fields_known: int = 0
    visits_usual: int = 0
    visits_made: int = 0
    visits_spared: int = 0

    @property
    def material_share(self) -> float | None:
        """材料免提交率."""
        return share(self.spared, self.asked)

    @property
    def field_share(self) -> float | None:
        return share(self.fields_known, self.fields_asked)

    @property
    def visit_share(self) -> float | None:
        return share(self.visits_spared, self.visits_usual)


def total(actor: Actor, within: Span | None, agency: str = "") -> Saved:
    """Of all that the actor may see."""
    sums = _tallies(actor, within, agency).aggregate(**_sums())
    return _saved("", "", sums)


def by_agency(actor: Actor, within: Span | None) -> list[Saved]:
    """The agencies in which most was spared first."""
    rows = _tallies(actor, within).values("agency__code", "agency__name").annotate(**_sums())
    return _ordered(_saved(row["agency__code"], row["agency__name"], row) for row in rows)


def by_item(actor: Actor, within: Span | None, agency: str = "") -> list[Saved]:
    """The items in which most was spared first."""
    rows = _tallies(actor, within, agency).values("item__slug", "item__name").annotate(**_sums())
    return _ordered(_saved(row["item__slug"], row["item__name"], row) for row in rows)


def by_month(actor: Actor, within: Span | None, agency: str = "") -> list[Saved]:
    """Newest first."""
    rows = _tallies(actor, within, agency).values("month").annotate(**_sums()).order_by("-month")
    return [_saved(row["month"].isoformat(), "", row) for row in rows]


def months(actor: Actor) -> list[date]:
    """The months of which there are figures."""
    return list(Tally.objects.filter(visible(actor)).values_list("month", flat=True).distinct())


def _tallies(actor: Actor, within: Span | None, agency: str = "") -> QuerySet[Tally]:
    chosen = Q(agency__code=agency) if agency else Q()
    return Tally.objects.filter(visible(actor), chosen, within.within if within else Q()).order_by()


def _sums() -> dict[str, Sum]:
    return {f"all_{each}": Sum(each, default=0) for each in MEASURES}


def _saved(key: str, name: str, row: Mapping[str, Any]) -> Saved:
    return Saved(key, name, **{each: row[f"all_{each}"] for each in MEASURES})


def _ordered(found: Any) -> list[Saved]:
    return sorted(found, key=lambda each: (-each.spared, -each.applications, each.key))
