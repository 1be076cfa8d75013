"""Editions that inherit from one above: who does, what they may not change, which lag behind."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from yimen.catalog.choices import EditionDocument
from yimen.catalog.choices.labels import place_words
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries.editions import in_force
from yimen.city import queries as city
from yimen.law.catalogue import Finding, Hit, Severity, deviations
from yimen.law.catalogue.registry import weighed
from yimen.law.said import said

if TYPE_CHECKING:
    from yimen.city.models import Agency


def source_of(document: EditionDocument) -> Edition | None:
    """The edition above as it stands now; None for an item of its own."""
    if document.inherits is None:
        return None
    item = Item.objects.filter(slug=document.inherits.slug).first()
    return in_force(item.pk) if item else None


def below(agency: Agency, upper: Item) -> bool:
    """Does the agency lie in the area of the item's, further down?"""
    above = upper.agency.division.path
    return agency.division.path != above and agency.division.path.startswith(above)


def beyond(document: EditionDocument) -> list[Finding]:
    """What a lower edition changes without being allowed to; nothing for an item of its own.

    Whether an item is one of its own, its file doesn't say: nobody leaves the standard by taking a line out of it.
    """
    item = Item.objects.select_related("upper__agency__division").filter(slug=document.slug).first()
    upper = in_force(item.upper_id) if item and item.upper_id else source_of(document)
    if upper is None:
        return []
    found = deviations(upper.doc.stored(), document.stored(), named=place_words)
    told = [each for each in found if forbidden(each)]
    if item is not None and item.upper is not None:
        told += _left(document, item.upper)
    return told


def forbidden(finding: Finding) -> bool:
    """A limit that only may come out longer isn't a shorter one."""
    return finding.severity == Severity.ERROR or finding.rule == "delegation_unsure"


def _left(document: EditionDocument, upper: Item) -> list[Finding]:
    """It says to follow another item than it was taken on from, or moves to an agency that isn't below."""
    hits = []
    if document.inherits is None or document.inherits.slug != upper.slug:
        hits.append(
            Hit(
                "delegation_exceeds",
                "inherits",
                said("这个事项承接自“{name}”，不能改动。", name=upper.name),
                "改回承接时的内容。",
            )
        )
    agency = city.agencies().filter(code=document.agency).first() if document.agency else None
    if agency is not None and not below(agency, upper):
        sentence = said("{agency}不在{upper}的下级，不能承接这个事项。", agency=agency.name, upper=upper.agency.name)
        hits.append(Hit("delegation_exceeds", "agency", sentence, "改为下级的实施主体。"))
    return weighed(iter(hits), {}, document.slug)


def behind(slug: str) -> list[Item]:
    """The items that an edition of `slug` concerns, and that don't say yet what the one above them says now: those

    that inherit from it; itself, if the one above has changed while it was on its way.
    """
    rows = Item.objects.filter(Q(upper__slug=slug) | Q(slug=slug, upper__isnull=False)).order_by("pk")
    return [item for item in rows if _is_behind(item)]


def _is_behind(item: Item) -> bool:
    own, upper = in_force(item.pk), in_force(item.upper_id) if item.upper_id else None
    if own is None or upper is None or own.doc.inherits is None:
        return False
    return bool(own.doc.inherits.version != upper.version)


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
