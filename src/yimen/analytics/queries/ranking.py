"""Which materials are asked for most, which are used again most, and which could go (复用分析)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, Sum

from yimen.analytics.access import visible
from yimen.analytics.models import MaterialTally
from yimen.analytics.queries.spans import Span
from yimen.kit.actor import Actor
from yimen.law.package_words import plain
from yimen.law.resolution import Way
from yimen.law.savings import SPARED, Advice, advice, share


@dataclass
class Ranked:
    """A material over all items that ask for it: of one licence kind, or of one name. items: {slug: name}."""

    name: str
    ways: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    items: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        return sum(self.ways.values())

    @property
    def spared(self) -> int:
        return sum(count for way, count in self.ways.items() if Way(way) in SPARED)

    @property
    def brought(self) -> int:
        return self.ways.get(Way.HANDED_IN, 0)

    @property
    def share(self) -> float | None:
        return share(self.spared, self.asked)

    @property
    def advice(self) -> Advice | None:
        """What its figures suggest."""
        committed, later = self.ways.get(Way.COMMITMENT, 0), self.ways.get(Way.TOLERATED, 0)
        return advice(asked=self.asked, spared=self.spared, committed=committed, later=later)


def ranking(actor: Actor, within: Span | None, agency: str = "") -> list[Ranked]:
    """Asked for most first."""
    chosen = Q(agency__code=agency) if agency else Q()
    rows = (
        MaterialTally.objects.filter(visible(actor), chosen, within.within if within else Q())
        .values("licence", "name", "way", "item__slug", "item__name")
        .annotate(all=Sum("count"))
        .order_by("-all", "name")
    )
    return sorted(_grouped(rows), key=lambda each: (-each.asked, -each.spared, each.name))


def _grouped(rows: Iterable[Any]) -> list[Ranked]:
    """One licence kind is one material whatever items call it; of the rest one name is; the commonest name counts."""
    found: dict[str, Ranked] = {}
    for row in rows:
        key = f"licence:{row['licence']}" if row["licence"] else f"name:{plain(row['name'])}"
        each = found.setdefault(key, Ranked(row["name"]))
        each.ways[row["way"]] += row["all"]
        each.items[row["item__slug"]] = row["item__name"]
    return list(found.values())
