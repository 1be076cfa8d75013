"""What is on its way: drafts, what waits for an office or for its day, and how it came there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from yimen.catalog.choices import UNRELEASED, EditionState, MeasureState
from yimen.catalog.models import Edition, Item, Measure, PackageDraft, Passage
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.time import day_of


class NothingInTheMaking(NotFound):
    code = "nothing_in_the_making"
    sentence = "这个事项现在没有正在编制的版本。"


def editions_due(at: datetime) -> QuerySet[Edition]:
    """Approved editions whose day has come."""
    rows = Edition.objects.filter(state=EditionState.APPROVED, planned_from__lte=day_of(at))
    return rows.order_by("planned_from", "pk")


def measures_due(at: datetime) -> QuerySet[Measure]:
    """Approved measures whose day has come; after the editions, since those may be what takes an item's place."""
    rows = Measure.objects.filter(state=MeasureState.APPROVED, planned_from__lte=day_of(at))
    return rows.order_by("planned_from", "pk")


def packages_due(at: datetime) -> QuerySet[PackageDraft]:
    """Approved packages whose day has come; after the editions that they may need."""
    rows = PackageDraft.objects.filter(state=EditionState.APPROVED, planned_from__lte=day_of(at))
    return rows.order_by("planned_from", "pk")


def item_of(slug: str) -> Item:
    """An item, released or not. Raises NoSuchItem's kind of refusal."""
    found = Item.objects.select_related("agency__division", "upper").filter(slug=slug).first()
    if found is None:
        raise NotFound("没有找到这个事项。")
    return found


def items_named(slugs: Iterable[str]) -> QuerySet[Item]:
    """Items by their slugs."""
    return Item.objects.filter(slug__in=list(slugs)).order_by("name")


def in_the_making(slug: str) -> Edition:
    """The edition that is being drawn up or approved. Raises NothingInTheMaking."""
    rows = Edition.objects.select_related("item__agency__division", "base__item")
    found = rows.filter(item__slug=slug, state__in=UNRELEASED).first()
    if found is None:
        raise NothingInTheMaking
    return found


def waiting(*, duties: frozenset[str], agencies: frozenset[int]) -> QuerySet[Edition]:
    """Editions in the making that somebody with these duties looks after, what has waited longest first."""
    rows = Edition.objects.filter(state__in=_states(duties)).select_related("item__agency").defer("document")
    if "administrator" not in duties:
        rows = rows.filter(item__agency__in=agencies)
    return rows.order_by("state", "planned_from", "pk")


def _states(duties: frozenset[str]) -> list[EditionState]:
    """Editors and administrators follow everything, an office what waits for it."""
    if duties & {"administrator", "editor"}:
        return list(UNRELEASED)
    turns = (("staffing", EditionState.CHECKED), ("legal", EditionState.STAFFED))
    return [state for duty, state in turns if duty in duties]


def measures_waiting(*, duties: frozenset[str], agencies: frozenset[int]) -> QuerySet[Measure]:
    """Measures on their way through the offices, with their items."""
    rows = (
        Measure.objects.filter(state__in=[str(state) for state in _states(duties)])
        .prefetch_related("items")
        .select_related("agency")
    )
    return rows if "administrator" in duties else rows.filter(agency__in=agencies)


def packages_waiting(*, duties: frozenset[str], agencies: frozenset[int], user: int | None) -> QuerySet[PackageDraft]:
    """Packages in the making that somebody looks after: an editor those that the agency leads, or that one wrote."""
    rows = PackageDraft.objects.select_related("agency").filter(state__in=_states(duties))
    mine = Q(agency__in=agencies)
    if "editor" in duties and user is not None:
        mine |= Q(writers__contains=[user])
    return (rows if "administrator" in duties else rows.filter(mine)).order_by("state", "planned_from", "pk")


def to_look_at(actor: Actor) -> int:
    """How many editions, measures and packages wait for this reader's office, or lie with this editor."""
    asked: Any = {"duties": actor.duties, "agencies": actor.agencies}
    editions, measures = waiting(**asked), measures_waiting(**asked)
    packages = packages_waiting(**asked, user=actor.user)
    keys = [rows.order_by().values_list("pk") for rows in (editions, measures, packages)]
    return keys[0].union(*keys[1:], all=True).count()


def passages_of(item: Item) -> QuerySet[Passage]:
    """The whole story of an item's editions and measures, newest first."""
    rows = Passage.objects.filter(edition__item=item) | Passage.objects.filter(measure__items=item)
    return rows.select_related("edition", "measure").order_by("-id").distinct()


def measure_of(number: int) -> Measure:
    """A measure with its items. Raises NotFound."""
    found = Measure.objects.select_related("agency").prefetch_related("items").filter(pk=number).first()
    if found is None:
        raise NotFound("没有找到这项措施。")
    return found
