"""By what items are narrowed down: which values each has, as columns that are counted in a millisecond."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yimen.catalog.queries.seeking.cards import Entry

Mask = NDArray[np.bool_]
YES = "1"

# once: nobody has to come more than once; online: it can be applied for online.
READERS: dict[str, Callable[[Entry], Iterable[str]]] = {
    "subject": lambda entry: entry.subjects,
    "life_event": lambda entry: entry.life_events,
    "theme": lambda entry: entry.themes,
    "kind": lambda entry: (entry.kind,),
    "channel": lambda entry: entry.channels,
    "level": lambda entry: entry.levels,
    "division": lambda entry: (entry.division,),
    "agency": lambda entry: (entry.agency_code,),
    "department": lambda entry: (entry.department,),
    "once": lambda entry: (YES,) if entry.visits <= 1 else (),
    "online": lambda entry: (YES,) if entry.online else (),
}
LABELS: dict[str, Callable[[Entry], str]] = {
    "division": lambda entry: entry.division_name,
    "agency": lambda entry: entry.agency,
    "department": lambda entry: entry.agency,
}


@dataclass(frozen=True)
class Column:
    """One facet: pairs of item and value, side by side. labels: as people read the values.

    _family, _value, _item: the same pairs by value and family, so that counting families needs no sorting.
    """

    values: Sequence[str]
    labels: Sequence[str]
    number: Mapping[str, int]
    owners: NDArray[np.int32]
    held: NDArray[np.int32]
    size: int
    _item: NDArray[np.int32]
    _value: NDArray[np.int32]
    _family: NDArray[np.int32]

    def label(self, value: str) -> str:
        """A value as people read it; nothing for one that there is none of."""
        at = self.number.get(value)
        return "" if at is None else self.labels[at]

    def mask(self, value: str) -> Mask:
        """The items with a value."""
        chosen = np.zeros(self.size, bool)
        at = self.number.get(value)
        if at is not None:
            chosen[self.owners[self.held == at]] = True
        return chosen

    def counts(self, among: Mask) -> NDArray[np.int64]:
        """How many of some items have each value; what is the same elsewhere counts once."""
        chosen = among[self._item]
        values, families = self._value[chosen], self._family[chosen]
        fresh = np.ones(len(values), bool)
        fresh[1:] = (values[1:] != values[:-1]) | (families[1:] != families[:-1])
        return np.bincount(values[fresh], minlength=len(self.values))


def columns(entries: Sequence[Entry], families: NDArray[np.int32]) -> dict[str, Column]:
    """All facets of some items. families: of which family each is."""
    return {name: _column(name, entries, families) for name in READERS}


def _column(name: str, entries: Sequence[Entry], families: NDArray[np.int32]) -> Column:
    number: dict[str, int] = {}
    pairs = [
        (place, number.setdefault(value, len(number)))
        for place, entry in enumerate(entries)
        for value in dict.fromkeys(READERS[name](entry))
    ]
    table = np.asarray(pairs, np.int32).reshape(-1, 2)
    owners, held = np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])
    order = np.lexsort((families[owners], held))
    item, value = owners[order], held[order]
    labels = _labels(name, number, entries)
    return Column(list(number), labels, number, owners, held, len(entries), item, value, families[item])


def _labels(name: str, values: Mapping[str, int], entries: Sequence[Entry]) -> list[str]:
    """A department is called as its highest agency is: the one whose place has the shortest code."""
    if name not in LABELS:
        return list(values)
    said: dict[str, Entry] = {}
    for entry in entries:
        for value in READERS[name](entry):
            if value not in said or len(entry.division) < len(said[value].division):
                said[value] = entry
    return [LABELS[name](said[value]) for value in values]
