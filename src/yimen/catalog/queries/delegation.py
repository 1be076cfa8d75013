"""Editions that inherit from one above: what follows, what is their own, and what they may not change."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from yimen.catalog.choices import EditionDocument, Inheritance
from yimen.catalog.choices.labels import place_words
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries.editions import edition, in_force
from yimen.catalog.queries.merging import merge
from yimen.city import queries as city
from yimen.law.catalogue import Finding, Severity
from yimen.law.catalogue.delegation import LIMITS, OWN, deviations

if TYPE_CHECKING:
    from yimen.city.models import Agency


def source_of(document: EditionDocument) -> Edition | None:
    """The edition above as it stands now; None for an item of its own."""
    if document.inherits is None:
        return None
    item = Item.objects.filter(slug=document.inherits.slug).first()
    return in_force(item.pk) if item else None


def beyond(document: EditionDocument) -> list[Finding]:
    """What a lower edition changes without being allowed to; nothing for an item of its own."""
    upper = source_of(document)
    if upper is None:
        return []
    found = deviations(upper.doc.stored(), document.stored(), named=place_words)
    return [each for each in found if each.severity == Severity.ERROR]


def derived(own: Edition, since: Inheritance, upper: Edition) -> EditionDocument:
    """What a lower edition says once the one above has changed: the change taken over, its own kept. since: what it

    was drawn from.

    Where both changed the same thing, its own stands only if it may; a limit is the shorter of the two.
    """
    before = edition(since.slug, since.version).doc.stored()
    mine, theirs = own.doc.stored(), upper.doc.stored()
    kept = {name: mine[name] for name in mine if name in OWN}
    merged = merge({**before, **kept}, mine, {**theirs, **kept}).document
    merged["inherits"] = {"slug": upper.item.slug, "version": upper.version}
    found = _fitting(merged, theirs)
    if deviations(theirs, found.stored(), named=place_words):
        found = _fitting({**theirs, **kept, "inherits": merged["inherits"]}, theirs)
    return found


def lower_of(item: Item) -> QuerySet[Item]:
    """The items that inherit from this one, and whether they stand."""
    return item.lower.select_related("agency__division").order_by("division", "slug")


def lower_agencies(item: Item, reached: Collection[int]) -> list[Agency]:
    """Agencies of the same department below the item's, which somebody reaches, that don't keep it yet."""
    division, taken = item.agency.division, set(item.lower.values_list("agency", flat=True))
    rows = city.agencies().filter(
        pk__in=list(reached), department=item.agency.department, division__path__startswith=division.path
    )
    return [each for each in rows.exclude(division=division).order_by("code") if each.pk not in taken]


def descendants(items: list[Item]) -> list[Item]:
    """The items and everything that inherits from them."""
    found, fresh = {item.pk: item for item in items}, items
    while fresh:
        fresh = [each for each in Item.objects.filter(upper__in=fresh) if each.pk not in found]
        found |= {each.pk: each for each in fresh}
    return list(found.values())


def _fitting(raw: dict[str, Any], upper: dict[str, Any]) -> EditionDocument:
    """A limit that came out longer than the one above follows it."""
    for limit in LIMITS:
        told = {key: raw.get(key) for key in (f"{limit}_days", f"{limit}_unit")}
        probe = {**upper, **told}
        if any(each.place.startswith(limit) for each in deviations(upper, probe)):
            raw |= {key: upper.get(key) for key in told}
    return EditionDocument.model_validate(raw)
