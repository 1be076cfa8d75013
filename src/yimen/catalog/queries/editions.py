"""Editions by item: the current one, an earlier one, all."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.catalog.choices import UNRELEASED, EditionDocument, EditionState, MeasureState, Necessity
from yimen.catalog.models import Edition, Item, Package
from yimen.kit.errors import NotFound
from yimen.law import completeness
from yimen.law.said import said, several

NEEDS = {
    Necessity.REQUIRED: completeness.Necessity.REQUIRED,
    Necessity.OPTIONAL: completeness.Necessity.OPTIONAL,
    Necessity.TOLERATED: completeness.Necessity.DEFERRABLE,
}


class NoSuchItem(NotFound):
    code = "no_such_item"
    sentence = "没有找到这个事项，可能已经取消或者改名，请重新搜索。"


class Suspended(NotFound):
    code = "item_suspended"
    sentence = "“{name}”现在暂停办理。{why}"


class Cancelled(NotFound):
    code = "item_cancelled"
    sentence = "“{name}”已经取消。{why}{instead}"


def current(slug: str) -> Edition:
    """The edition that new applications are made under. `inherited`: do others draw from its item? `followed`: has
    another one been approved that waits for its day?

    Raises NoSuchItem, Suspended, Cancelled.
    """
    inherited = Exists(Item.objects.filter(upper=OuterRef("item")))
    rows = _whole().filter(item__slug=slug, state=EditionState.RELEASED, valid_to=None)
    followed = Exists(Edition.objects.filter(item=OuterRef("item"), state=EditionState.APPROVED))
    found = rows.annotate(inherited=inherited, followed=followed).first()
    if found is None:
        raise _gone(slug)
    return found


def _gone(slug: str) -> NotFound:
    """Why there is no current edition, and what to ask for instead."""
    item = Item.objects.filter(slug=slug).first()
    last = item.editions.exclude(state__in=UNRELEASED).order_by("-version").first() if item else None
    if item is None or last is None or last.state not in (EditionState.SUSPENDED, EditionState.CANCELLED):
        return NoSuchItem()
    measure = item.measures.filter(state=MeasureState.DONE).first()
    why = said("原因：{reason}。", reason=measure.reason.rstrip("。")) if measure else ""
    if last.state == EditionState.SUSPENDED:
        return Suspended(name=item.name, why=why)
    names = Item.objects.filter(slug__in=item.successors).order_by("name").values_list("name", flat=True)
    instead = said("请改办：{names}。", names=several(names)) if names else ""
    return Cancelled(name=item.name, why=why, instead=instead)


def in_force(item: int) -> Edition | None:
    """The edition that counts now, or did until the item was suspended."""
    rows = _whole().filter(item=item, valid_to=None)
    return rows.filter(state__in=(EditionState.RELEASED, EditionState.SUSPENDED)).first()


def edition(slug: str, version: int) -> Edition:
    """One edition of an item, current or not. Raises NoSuchItem."""
    found = _whole().filter(item__slug=slug, version=version).exclude(state__in=UNRELEASED).first()
    if found is None:
        raise NoSuchItem
    return found


def all_current() -> QuerySet[Edition]:
    """Every current edition, with its item and agency."""
    return _whole().filter(state=EditionState.RELEASED, valid_to=None)


def editions_of(slug: str) -> QuerySet[Edition]:
    """All editions of an item, newest first."""
    return _whole().filter(item__slug=slug).order_by("-version")


def released_editions(slug: str) -> list[Edition]:
    """What was ever released of an item, newest first, without the documents. Raises NoSuchItem."""
    found = list(editions_of(slug).exclude(state__in=UNRELEASED).defer("document"))
    if not found:
        raise NoSuchItem
    return found


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
    """All one-thing packages in use."""
    return Package.objects.written().filter(ended_at=None)


def material_needs(document: EditionDocument) -> list[completeness.MaterialNeed]:
    """The materials as law.completeness counts them."""
    return [
        completeness.MaterialNeed(material.key or "", material.name, NEEDS[material.necessity], material.show_if)
        for material in document.materials
    ]


def _whole() -> QuerySet[Edition]:
    return Edition.objects.select_related("item__agency__division")
