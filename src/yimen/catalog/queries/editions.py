"""Editions by item: the current one, an earlier one, all."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from yimen.catalog.choices import EditionDocument, EditionState, Necessity
from yimen.catalog.models import Edition, Item, Package
from yimen.kit.errors import NotFound
from yimen.law import completeness

NEEDS = {
    Necessity.REQUIRED: completeness.Necessity.REQUIRED,
    Necessity.OPTIONAL: completeness.Necessity.OPTIONAL,
    Necessity.TOLERATED: completeness.Necessity.DEFERRABLE,
}


class NoSuchItem(NotFound):
    code = "no_such_item"
    sentence = "没有找到这个事项，可能已经取消或者改名，请重新搜索。"


def current(slug: str) -> Edition:
    """The edition that new applications are made under. Raises NoSuchItem."""
    found = _whole().filter(item__slug=slug, state=EditionState.RELEASED, valid_to=None).first()
    if found is None:
        raise NoSuchItem
    return found


def edition(slug: str, version: int) -> Edition:
    """One edition of an item, current or not. Raises NoSuchItem."""
    found = _whole().filter(item__slug=slug, version=version).exclude(state=EditionState.DRAFT).first()
    if found is None:
        raise NoSuchItem
    return found


def all_current() -> QuerySet[Edition]:
    """Every current edition, with its item and agency."""
    return _whole().filter(state=EditionState.RELEASED, valid_to=None)


def editions_of(slug: str) -> QuerySet[Edition]:
    """All editions of an item, newest first."""
    return _whole().filter(item__slug=slug).order_by("-version")


def desk_items(asked: str = "") -> QuerySet[Item]:
    """Items by name, slug, code or agency, for lists at a desk."""
    rows = Item.objects.select_related("agency")
    named = Q(name__icontains=asked) | Q(slug__icontains=asked) | Q(agency__name__icontains=asked) | Q(code=asked)
    return rows.filter(named) if asked else rows


def current_of(items: Iterable[Item]) -> dict[int, Edition]:
    """The current edition of some items, by the item's id; without their documents."""
    rows = Edition.objects.filter(item__in=list(items), state=EditionState.RELEASED, valid_to=None)
    return {row.item_id: row for row in rows.defer("document")}


def packages() -> QuerySet[Package]:
    """All one-thing packages."""
    return Package.objects.all()


def material_needs(document: EditionDocument) -> list[completeness.MaterialNeed]:
    """The materials as law.completeness counts them."""
    return [
        completeness.MaterialNeed(material.key or "", material.name, NEEDS[material.necessity], material.show_if)
        for material in document.materials
    ]


def _whole() -> QuerySet[Edition]:
    return Edition.objects.select_related("item__agency__division")
