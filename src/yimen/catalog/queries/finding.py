"""Finding: items by words and by facets, and beside them packages, lists and answers to questions people ask."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import ngettext
from numpy.typing import NDArray

from yimen.catalog.models import Item
from yimen.catalog.ports import shelvings
from yimen.catalog.queries.popularity import used
from yimen.catalog.queries.seeking.cards import Entry
from yimen.catalog.queries.seeking.everyday import dictionary
from yimen.catalog.queries.seeking.facets import READERS, Mask
from yimen.catalog.queries.seeking.index import Index, Thing
from yimen.catalog.queries.seeking.keeping import index
from yimen.catalog.queries.seeking.places import nearest_first
from yimen.catalog.queries.seeking.ranking import Ranked
from yimen.catalog.queries.seeking.text import plain
from yimen.kit.errors import Invalid

PAGE = 20
WARMING = "我想办事"
LONGEST_QUESTION = 200
# What is asked for by its very name or code stands first.
LITERAL = 10.0
CONTAINED = np.float32(1.0)
MOST_USED = "used"
# Other things than items stand first on the page: only those that say clearly what was asked for, or at least somewhat
# and far better than any other.
CLEARLY, SOMEWHAT, FAR = 0.25, 0.15, 1.3

# So many of the places where something can be done are told with a hit.
PLACES = 20


@dataclass(frozen=True, slots=True)
class ItemHit(Entry):
    """An item that was found. places: where the same can be done, own and nearest first, this one among them;

    place_count: all of them, also those that are too many to tell.
    """

    places: tuple[Entry, ...] = ()
    place_count: int = 1


@dataclass(frozen=True)
class Found:
    """One page of hits, best first (by department and name when nothing was asked). total: of all pages.

    near: the place from which is reckoned what is near: the one that was named, chosen or given, or nothing.
    """

    items: list[ItemHit]
    next: str | None
    total: int
    near: str = ""


@dataclass(frozen=True)
class Facet:
    """A value one can browse by, and how many items it has. label: as people read it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class ThingHit:
    """A package, a list or the like. kind: of the shelving; label: its kind in words."""

    kind: str
    label: str
    key: str
    name: str
    summary: str
    url: str


@dataclass(frozen=True)
class Suggestion:
    """A line under the search box. kind: item, or the kind of another thing; note: who handles it, or its kind."""

    kind: str
    key: str
    name: str
    note: str
    url: str = ""


def search(
    q: str = "", *, order: str = "", cursor: str | None = None, size: int = PAGE, near: str = "", **wanted: str | bool
) -> Found:
    """Items that fit the words and all the facets given: department agency theme subject life_event kind level channel

    division, and once, online where true. order: used, the most used first. What several places offer is one hit, shown
    as the place has it that is named, else chosen as division, else given as `near` (a division's code). Raises Invalid
    for a cursor that we didn't make.
    """
    kept, given = index(), _given(wanted)
    ranked = _asked(kept, q)
    narrowed = _narrowed(kept, given)
    heads = kept.families.firsts(_ordered(kept, ranked, ranked.fits & narrowed, order=order, asked=bool(q.strip())))
    start = _start(cursor)
    more = _cursor(start + size) if start + size < len(heads) else None
    where = _where(kept, q, given, near)
    literal = _literally(kept, q)
    hits = [_hit(kept, at, narrowed, where, literal) for at in heads[start : start + size].tolist()]
    return Found(hits, more, len(heads), where)


def _where(kept: Index, q: str, given: Mapping[str, str], near: str) -> str:
    """The path of the place that counts as near."""
    said, _rest = kept.places.said(plain(q[:LONGEST_QUESTION]))
    return said or kept.places.path(given.get("division", "")) or kept.places.path(near)


def _literally(kept: Index, q: str) -> int:
    """The very item whose slug or code was asked for, else -1: its name may be others' too."""
    text = plain(q.strip())
    at = kept.at.get(text, -1)
    return at if at >= 0 and text in (kept.entries[at].slug, kept.entries[at].code.lower()) else -1


def _hit(kept: Index, at: int, narrowed: Mask, where: str, literal: int) -> ItemHit:
    """A family as one hit: of its places only those that were not excluded."""
    members = kept.families.members(int(kept.families.number[at]))
    found = nearest_first((kept.entries[each] for each in members.tolist() if narrowed[each]), where)
    head = kept.entries[literal] if literal in members else found[0]
    return ItemHit(**{name: getattr(head, name) for name in Entry.__slots__},
                   places=tuple(found[:PLACES]), place_count=len(found))  # fmt: skip


def warm_up() -> None:
    """Take up the index and the model, and ask something as pages do: the first of it takes seconds."""
    search(WARMING)
    suggestions(WARMING)
    facets("life_event")


def counts(q: str = "", *, only: Iterable[str] = tuple(READERS), **wanted: str | bool) -> dict[str, list[Facet]]:
    """For each facet the values among what was found, and how many items each would give with all else asked.

    only: of these facets.
    """
    kept, given = index(), _given(wanted)
    fits = _asked(kept, q).fits
    masks = {name: kept.facets[name].mask(value) for name, value in given.items()}
    together = np.logical_and.reduce([fits, *masks.values()])
    return {name: _facets(kept, name, _but(name, fits, masks) if name in masks else together) for name in only}


def _but(name: str, fits: Mask, masks: Mapping[str, Mask]) -> Mask:
    """What fits everything but one facet."""
    among: Mask = np.logical_and.reduce([fits, *(mask for other, mask in masks.items() if other != name)])
    return among


def facets(name: str, *, subject: str = "") -> list[Facet]:
    """The values of a facet with counts over the whole catalogue, the largest first.

    subject: only items for 自然人, or for 法人.
    """
    kept = index()
    among = kept.facets["subject"].mask(subject) if subject else np.ones(len(kept.entries), bool)
    return _facets(kept, name, among)


def label(name: str, value: str) -> str:
    """A value of a facet as people read it; nothing for one that no item has."""
    return index().facets[name].label(value)


def named(words: str) -> list[Item]:
    """Items called like this, else those that search finds for the words: for filters of lists."""
    hits = search(words, size=40).items
    slugs = [each.slug for hit in hits if words in hit.name for each in hit.places]
    return list(Item.objects.filter(slug__in=slugs or [each.slug for hit in hits for each in hit.places]))


def things(q: str, size: int = 3) -> list[ThingHit]:
    """The packages, lists and the like that have most to do with a question."""
    kept = index()
    if not q.strip() or not kept.things:
        return []
    hits = (_thing(kept.things[place]) for place in _clear(kept, q[:LONGEST_QUESTION]))
    return [hit for hit in hits if hit is not None][:size]


def _clear(kept: Index, q: str) -> list[int]:
    """What says clearly what was asked for; else the best one, if its kind is named or no other comes near."""
    ranked = kept.others.ranked(q, by_meaning=False)
    order: list[int] = np.argsort(-ranked.worded, kind="stable").tolist()
    if clear := [place for place in order if ranked.worded[place] >= CLEARLY]:
        return clear
    text = plain(q)
    words = " ".join((text, *dictionary().expand(text)))
    called = {kind for kind, shelving in shelvings().items() if str(shelving.label) in words}
    if called:
        near: list[int] = np.argsort(-kept.others.ranked(q).scores, kind="stable").tolist()
        return [place for place in near if kept.things[place].kind in called][:1]
    best, second = [*ranked.worded[order[:2]].tolist(), 0.0][:2]
    return order[:1] if best >= max(SOMEWHAT, FAR * second) else []


def all_things() -> list[ThingHit]:
    """Every package, list and the like, in the order in which they were offered."""
    return [hit for thing in index().things if (hit := _thing(thing)) is not None]


def suggestions(q: str, size: int = 6, *, near: str = "") -> list[Suggestion]:
    """The best few of everything, for a search box that suggests while one types: by words alone, for half a word

    means nothing yet.
    """
    kept, typed = index(), q[:LONGEST_QUESTION]
    if not typed.strip():
        return []
    others = [Suggestion(each.kind, each.key, each.name, each.label, each.url) for each in things(typed, 2)]
    where, rest = _where(kept, typed, {}, near), _placeless(kept, typed)
    ranked = _begun(kept, rest, kept.items.ranked(rest, by_meaning=False))
    heads = kept.families.firsts(_ordered(kept, ranked, ranked.fits, order="", asked=True))[:size]
    everywhere = np.ones(len(kept.entries), bool)
    hits = [_hit(kept, at, everywhere, where, -1) for at in heads.tolist()]
    items = [Suggestion("item", hit.slug, hit.name, _noted(hit)) for hit in hits]
    return [*items[: size - len(others)], *others]


def _begun(kept: Index, typed: str, ranked: Ranked) -> Ranked:
    """What has the very characters in its name stands first: half a word (食品经) is one yet to be finished."""
    text = plain(typed.strip())
    has = np.fromiter((text in name for name in kept.names), bool, len(kept.names))
    return Ranked(np.where(has, ranked.scores + CONTAINED, ranked.scores), ranked.worded, ranked.fits | has)


def _noted(hit: ItemHit) -> str:
    if hit.place_count == 1:
        return hit.agency
    return ngettext("%(agency)s等 %(n)d 处", "%(agency)s等 %(n)d 处", hit.place_count) % {
        "agency": hit.agency, "n": hit.place_count}  # fmt: skip


def popular(*, subject: str = "", size: int = 8) -> list[ItemHit]:
    """The most used items of the last twelve months, in all places together; nothing where no case was filed yet."""
    kept = index()
    often = _often(kept)
    chosen = kept.facets["subject"].mask(subject) if subject else np.ones(len(kept.entries), bool)
    heads = kept.families.firsts(_most_used(kept, np.flatnonzero(chosen & (often > 0)), often))[:size]
    return [_hit(kept, at, chosen, "", -1) for at in heads.tolist()]


def _thing(thing: Thing) -> ThingHit | None:
    """None where the kind is no longer offered."""
    shelving = shelvings().get(thing.kind)
    if shelving is None:
        return None
    return ThingHit(thing.kind, str(shelving.label), thing.key, thing.name, thing.summary, shelving.url(thing.key))


def _given(wanted: Mapping[str, str | bool]) -> dict[str, str]:
    """Facets that are asked for; an unknown one is a programming error."""
    if unknown := wanted.keys() - READERS.keys():
        raise TypeError(f"no facets: {', '.join(sorted(unknown))}")
    return {name: "1" if value is True else str(value) for name, value in wanted.items() if value}


def _narrowed(kept: Index, given: Mapping[str, str]) -> Mask:
    mask = np.ones(len(kept.entries), bool)
    for name, value in given.items():
        mask &= kept.facets[name].mask(value)
    return mask


def _facets(kept: Index, name: str, among: Mask) -> list[Facet]:
    column = kept.facets[name]
    counted = zip(column.values, column.labels, column.counts(among).tolist(), strict=True)
    found = [Facet(value, label, count) for value, label, count in counted if count]
    return sorted(found, key=lambda facet: (-facet.count, facet.value))


def _asked(kept: Index, q: str) -> Ranked:
    if q.strip():
        return _ranked(kept, q[:LONGEST_QUESTION])
    size = len(kept.entries)
    return Ranked(np.zeros(size, np.float32), np.zeros(size, np.float32), np.ones(size, bool))


def _ranked(kept: Index, q: str) -> Ranked:
    """A page asks for hits and counts of the same question, and people ask the same questions."""
    known = kept.asked.get(q)
    if known is None:
        known = kept.items.ranked(_placeless(kept, q))
        at = kept.at.get(plain(q.strip()))
        if at is not None:
            known.scores[at] += LITERAL
            known.fits[at] = True
        kept.remember(q, known)
    return known


def _placeless(kept: Index, q: str) -> str:
    """A question without the places it names, which say where and not what; itself where it says nothing else."""
    said, rest = kept.places.said(plain(q))
    return rest if said and rest else q


def _ordered(kept: Index, ranked: Ranked, mask: Mask, *, order: str, asked: bool) -> NDArray[np.intp]:
    if order == MOST_USED:
        return _most_used(kept, np.flatnonzero(mask), _often(kept))
    if asked:
        places = np.flatnonzero(mask)
        return places[np.argsort(-ranked.scores[places], kind="stable")]
    return kept.by_name[mask[kept.by_name]]


def _often(kept: Index) -> NDArray[np.int64]:
    """How often each item is used, together with those that are the same elsewhere."""
    counted = np.zeros(kept.families.count, np.int64)
    for slug, times in used().items():
        at = kept.at.get(slug)
        if at is not None:
            counted[kept.families.number[at]] += times
    return counted[kept.families.number]


def _most_used(kept: Index, places: NDArray[np.intp], often: NDArray[np.int64]) -> NDArray[np.intp]:
    """The most used first, by name where equal."""
    known = np.zeros(len(kept.entries), bool)
    known[places] = True
    named = kept.by_name[known[kept.by_name]]
    return named[np.argsort(-often[named], kind="stable")]


def _cursor(start: int) -> str:
    return base64.urlsafe_b64encode(str(start).encode()).decode().rstrip("=")


def _start(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        start = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        start = -1
    if start < 0:
        raise Invalid([{"field": "cursor", "code": "bad_cursor", "message": "翻页位置无效，请从第一页开始。"}])
    return start
