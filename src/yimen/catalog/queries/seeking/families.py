"""Which items are one and the same, offered in several places: they make one hit.

Of one family are an item and whatever inherits from it; items of one basic code (GB/T 39554.1) that are worded alike or
of which no agency has two; and, where codes don't say otherwise, items of one department that are worded alike. Places
in a name don't count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yimen.catalog.queries.seeking.cards import Entry
from yimen.catalog.queries.seeking.text import plain

HOLLOW = re.compile(r"\(\s*\)")


@dataclass(frozen=True)
class Families:
    """number: of each item's family; ordered: the items, family by family; starts: where each family begins there."""

    number: NDArray[np.int32]
    ordered: NDArray[np.intp]
    starts: NDArray[np.intp]

    @property
    def count(self) -> int:
        """How many families there are."""
        return len(self.starts) - 1

    def members(self, family: int) -> NDArray[np.intp]:
        """The items of a family, in the order of the index."""
        return self.ordered[self.starts[family] : self.starts[family + 1]]

    def firsts(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """Of some items in an order the first of each family, in the same order."""
        families = self.number[places]
        first = np.full(self.count, -1, np.intp)
        first[families[::-1]] = np.arange(len(places) - 1, -1, -1)
        return places[np.sort(first[first >= 0])]


def restore(number: NDArray[np.int32]) -> Families:
    """From the family of each item."""
    ordered = np.argsort(number, kind="stable")
    counted = np.bincount(number, minlength=int(number.max(initial=-1)) + 1)
    return Families(number, ordered, np.concatenate([[0], np.cumsum(counted)]))


def numbered(entries: Sequence[Entry]) -> NDArray[np.int32]:
    """The number of each item's family."""
    parents = list(range(len(entries)))
    for group in _groups(entries):
        one, *others = group
        for other in others:
            parents[_root(parents, other)] = _root(parents, one)
    numbers: dict[int, int] = {}
    return np.asarray([numbers.setdefault(_root(parents, at), len(numbers)) for at in range(len(entries))], np.int32)


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _groups(entries: Sequence[Entry]) -> Iterator[list[int]]:
    at = {entry.slug: place for place, entry in enumerate(entries)}
    yield from ([at[entry.inherits], place] for place, entry in enumerate(entries) if entry.inherits in at)
    wordings = wordings_of(entries)
    coded = [place for place, entry in enumerate(entries) if entry.basic]
    for code in _by(coded, {place: entries[place].basic for place in coded}):
        if _once_per_agency(code, entries, wordings):
            yield code
        yield from _by(code, {place: wordings[place] for place in code})
    alike = {place: (wordings[place], entry.department, entry.subjects) for place, entry in enumerate(entries)}
    for group in _by(range(len(entries)), alike):
        yield from _by_code(group, entries)


def _by(places: Iterable[int], keys: Mapping[int, Hashable]) -> list[list[int]]:
    grouped: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        grouped[keys[place]].append(place)
    return list(grouped.values())


def _once_per_agency(places: Sequence[int], entries: Sequence[Entry], wordings: Sequence[tuple[str, str]]) -> bool:
    """Has no agency two wordings of one code? Then they are no parts of an item (业务办理项), but spellings of it."""
    said = {(entries[place].agency_code, wordings[place]) for place in places}
    return len(said) == len({agency for agency, _wording in said}) and not any(entries[p].handling for p in places)


def _by_code(alike: Sequence[int], entries: Sequence[Entry]) -> list[list[int]]:
    """Items worded alike, kept apart where their basic codes differ; those without one belong to the only other."""
    codes = {entries[place].basic for place in alike} - {""}
    if len(codes) <= 1:
        return [list(alike)]
    return _by(alike, {place: entries[place].basic for place in alike})


def wordings_of(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    """What each is called without its place, and its nature."""
    names = sorted({entry.division_name for entry in entries if len(entry.division_name) > 1}, key=len, reverse=True)
    places = re.compile("|".join(map(re.escape, names))) if names else None
    return [(_placeless(plain(entry.name), places), entry.kind) for entry in entries]


def _placeless(name: str, places: re.Pattern[str] | None) -> str:
    found = HOLLOW.sub("", places.sub("", name)) if places else name
    return "".join(found.split()) or name
