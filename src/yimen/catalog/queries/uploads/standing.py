"""What an item says at this moment: the edition in the making where there is one, else the current one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from yimen.catalog.choices import UNRELEASED, EditionState
from yimen.catalog.models import Edition, Item
from yimen.kit.errors import NotFound


@dataclass(frozen=True)
class Standing:
    """An item before an upload. edition: None for one that has neither a current edition nor one in the making.

    stamp: by which one sees later that nothing happened in between.
    """

    item: Item
    edition: Edition | None
    stamp: str

    @property
    def document(self) -> Mapping[str, Any]:
        return self.edition.document if self.edition else {}


def stamp(edition: Edition) -> str:
    """The mark of what an item says: its edition's number, and for a draft how often it was saved."""
    if edition.state in UNRELEASED:
        return f"第{edition.version}版草稿·{edition.revision}"
    return f"第{edition.version}版"


def standings(slugs: Collection[str]) -> dict[str, Standing]:
    """How the items with these slugs stand; what isn't there is no item yet."""
    items = {item.slug: item for item in Item.objects.select_related("agency").filter(slug__in=slugs)}
    editions: dict[str, Edition] = {}
    for edition in standing_editions().filter(item__slug__in=slugs):
        if edition.state in UNRELEASED or edition.item.slug not in editions:
            editions[edition.item.slug] = edition
    return {
        slug: Standing(item, editions.get(slug), stamp(editions[slug]) if slug in editions else "")
        for slug, item in items.items()
    }


def standing_of(slug: str) -> Standing:
    """How one item stands. Raises NotFound."""
    found = standings([slug]).get(slug)
    if found is None or found.edition is None:
        raise NotFound("没有找到这个事项。")
    return found


def standing_editions() -> QuerySet[Edition]:
    """Editions in the making and current ones, by item."""
    now = Q(state__in=(EditionState.RELEASED, EditionState.SUSPENDED), valid_to=None)
    rows = Edition.objects.select_related("item__agency").filter(Q(state__in=UNRELEASED) | now)
    return rows.order_by("item__slug", "version")
