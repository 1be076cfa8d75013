"""Finding: items by words and by facets, and beside them packages, lists and answers to questions people ask."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yimen.catalog.models import Item
from yimen.catalog.ports import shelvings
from yimen.catalog.queries.popularity import used
from yimen.catalog.queries.seeking.cards import Entry
from yimen.catalog.queries.seeking.everyday import dictionary
from yimen.catalog.queries.seeking.facets import READERS, Mask
from yimen.catalog.queries.seeking.index import Index, Thing
from yimen.catalog.queries.seeking.keeping import index
from yimen.catalog.queries.seeking.ranking import Ranked
from yimen.catalog.queries.seeking.text import plain
from yimen.kit.errors import Invalid

PAGE = 20
LONGEST_QUESTION = 200
# What is asked for by its very name or code stands first.
LITERAL = 10.0
MOST_USED = "used"
# Other things than items stand first on the page: only those that say clearly what was asked for, or at least somewhat
# and far better than any other.
CLEARLY, SOMEWHAT, FAR = 0.25, 0.15, 1.3

ItemHit = Entry


@dataclass(frozen=True)
class Found:
    """One page of hits, best first (by department and name when nothing was asked). total: of all pages."""

    items: list[ItemHit]
    next: str | None
    total: int


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


def search(q: str = "", *, order: str = "", cursor: str | None = None, size: int = PAGE, **wanted: str | bool) -> Found:
    """Items that fit the words and all the facets given: department agency theme subject life_event kind level channel

    division, and once, online where true. order: used, the most used first. Raises Invalid for a cursor that we
    didn't make.
    """
    kept = index()
    ranked = _asked(kept, q)
    mask = ranked.fits & _narrowed(kept, _given(wanted))
    places = _ordered(kept, ranked, mask, order=order, asked=bool(q.strip()))
    start = _start(cursor)
    more = _cursor(start + size) if start + size < len(places) else None
    return Found([kept.entries[place] for place in places[start : start + size]], more, len(places))


def counts(q: str = "", **wanted: str | bool) -> dict[str, list[Facet]]:
    """For each facet the values among what was found, and how many items each would give with all else asked."""
    kept, given = index(), _given(wanted)
    fits = _asked(kept, q).fits
    masks = {name: kept.facets[name].mask(value) for name, value in given.items()}
    counted = {}
    for name in READERS:
        among = fits.copy()
        for other, mask in masks.items():
            if other != name:
                among &= mask
        counted[name] = _facets(kept, name, among)
    return counted


def facets(name: str, *, subject: str = "") -> list[Facet]:
    """The values of a facet with counts over the whole catalogue, the largest first.

    subject: only items for 自然人, or for 法人.
    """
    kept = index()
    among = kept.facets["subject"].mask(subject) if subject else np.ones(len(kept.entries), bool)
    return _facets(kept, name, among)


def named(words: str) -> list[Item]:
    """Items called like this, else those that search finds for the words: for filters of lists."""
    hits = search(words, size=40).items
    slugs = [hit.slug for hit in hits if words in hit.name] or [hit.slug for hit in hits]
    return list(Item.objects.filter(slug__in=slugs))


def things(q: str, size: int = 3) -> list[ThingHit]:
    """The packages, lists and the like that have most to do with a question."""
    kept = index()
    if not q.strip() or not kept.things:
        return []
    hits = (_hit(kept.things[place]) for place in _clear(kept, q[:LONGEST_QUESTION]))
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
    return [hit for thing in index().things if (hit := _hit(thing)) is not None]


def suggestions(q: str, size: int = 6) -> list[Suggestion]:
    """The best few of everything, for a search box that suggests while one types: by words alone, for half a word

    means nothing yet.
    """
    kept, typed = index(), q[:LONGEST_QUESTION]
    if not typed.strip():
        return []
    others = [Suggestion(each.kind, each.key, each.name, each.label, each.url) for each in things(typed, 2)]
    ranked = kept.items.ranked(typed, by_meaning=False)
    places = _ordered(kept, ranked, ranked.fits, order="", asked=True)[:size]
    items = [Suggestion("item", hit.slug, hit.name, hit.agency) for hit in (kept.entries[place] for place in places)]
    return [*items[: size - len(others)], *others]


def popular(*, subject: str = "", size: int = 8) -> list[ItemHit]:
    """The most used items of the last twelve months; nothing where no case was filed yet."""
    kept, often = index(), used()
    chosen = [entry for entry in kept.entries if often.get(entry.slug) and (not subject or subject in entry.subjects)]
    return sorted(chosen, key=lambda entry: (-often[entry.slug], entry.name))[:size]


def _hit(thing: Thing) -> ThingHit | None:
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
        known = kept.items.ranked(q)
        at = kept.at.get(plain(q.strip()))
        if at is not None:
            known.scores[at] += LITERAL
            known.fits[at] = True
        kept.remember(q, known)
    return known


def _ordered(kept: Index, ranked: Ranked, mask: Mask, *, order: str, asked: bool) -> list[int]:
    places: NDArray[np.intp] = np.flatnonzero(mask)
    entries = kept.entries
    if order == MOST_USED:
        often = used()
        return sorted(places.tolist(), key=lambda place: (-often.get(entries[place].slug, 0), entries[place].name))
    if asked:
        best: list[int] = places[np.argsort(-ranked.scores[places], kind="stable")].tolist()
        return best
    return sorted(places.tolist(), key=lambda place: (entries[place].department, entries[place].name))


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
