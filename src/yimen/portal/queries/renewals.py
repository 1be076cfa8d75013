"""Where a licence is renewed: the items that give its kind, by their guides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from yimen.catalog.queries import all_current
from yimen.vault.ports import Renewal

# Of one kind: whoever has more to choose from searches.
MOST = 200


def renewals(kinds: Collection[str]) -> dict[str, list[Renewal]]:
    """Of each kind (code) the current items whose result it is, with the agency that offers them."""
    wanted = Q()
    for kind in kinds:
        wanted |= Q(document__results__contains=[{"licence_type": kind}])
    if not kinds:
        return {}
    rows = all_current().filter(wanted).order_by("item__slug")
    named = rows.values("item__slug", "item__name", "item__agency", "item__agency__name", "document__results")[:MOST]
    found: dict[str, list[Renewal]] = {kind: [] for kind in kinds}
    for row in named:
        for kind in {each.get("licence_type") for each in row["document__results"]} & set(kinds):
            found[kind].append(_renewal(row))
    return found


def _renewal(row: Mapping[str, Any]) -> Renewal:
    label = f"{row['item__name']}（{row['item__agency__name']}）"
    return Renewal(row["item__agency"], label, reverse("portal:guide", args=[row["item__slug"]]))
