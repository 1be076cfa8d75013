"""Items that can't be applied for: why, since when, what to ask for instead, which of their proofs live on there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from pydantic_core import from_json

from yimen.catalog.choices import EditionState, MeasureKind, MeasureState
from yimen.catalog.choices.consulting import PROOF
from yimen.catalog.models import Item, Measure
from yimen.catalog.queries.lists.kinds import Gone
from yimen.kit.time import day_of

STOPPING = (MeasureKind.SUSPEND, MeasureKind.CANCEL, MeasureKind.SPLIT, MeasureKind.MERGE)
PROOFS = """
SELECT i.slug, i.name, jsonb_path_query_array(
    e.document, '$.materials[*] ? (@.kind == $kind).name', jsonb_build_object('kind', %s::text))::text
FROM catalog_edition e JOIN catalog_item i ON i.id = e.item_id
WHERE e.state = %s AND e.valid_to IS NULL AND i.slug = ANY(%s)
"""


def gone_items(stopped: Iterable[tuple[int, str, date | None]]) -> dict[int, Gone]:
    """By item. stopped: items with the state of their last edition and its last day."""
    last = {item: (state, valid_to) for item, state, valid_to in stopped}
    items = {each.pk: each for each in Item.objects.filter(pk__in=last)}
    measures = _measures(items.values())
    successors = _successors({slug for each in items.values() for slug in each.successors})
    return {
        pk: _gone(item, *last[pk], measures.get(pk) or measures.get(item.upper_id or 0), successors)
        for pk, item in items.items()
    }


def _gone(
    item: Item, state: str, valid_to: date | None, measure: Measure | None, successors: dict[str, tuple[str, list[str]]]
) -> Gone:
    followed = [successors[slug] for slug in item.successors if slug in successors]
    since = valid_to + timedelta(days=1) if valid_to else None
    if measure and measure.done_at:
        since = day_of(measure.done_at)
    return Gone(
        cancelled=state == EditionState.CANCELLED,
        since=since,
        reason=measure.reason if measure else "",
        instead=tuple(name for name, _proofs in followed),
        still_asked=tuple(proof for _name, proofs in followed for proof in proofs),
    )


def _measures(items: Iterable[Item]) -> dict[int, Measure]:
    """The last measure that stopped each item, or the item above it: what it inherits from went with it."""
    ids = {pk for each in items for pk in (each.pk, each.upper_id) if pk}
    through: Any = Measure.items.through
    rows = through.objects.filter(item__in=ids, measure__state=MeasureState.DONE, measure__kind__in=STOPPING)
    return {row.item_id: row.measure for row in rows.select_related("measure").order_by("measure__done_at")}


def _successors(slugs: set[str]) -> dict[str, tuple[str, list[str]]]:
    """By slug: the name and the proofs of what takes an item's place."""
    with connection.cursor() as cursor:
        cursor.execute(PROOFS, [PROOF, EditionState.RELEASED, sorted(slugs)])
        return {slug: (name, from_json(proofs)) for slug, name, proofs in cursor.fetchall()}
