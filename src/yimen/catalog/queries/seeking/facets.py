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
    """One facet: pairs of item and value, side by side. labels: as people read the values."""

    values: Sequence[str]
    labels: Sequence[str]
    number: Mapping[str, int]
    owners: NDArray[np.int32]
    held: NDArray[np.int32]
    size: int

    def mask(self, value: str) -> Mask:
        """The items with a value."""
        chosen = np.zeros(self.size, bool)
        at = self.number.get(value)
        if at is not None:
            chosen[self.owners[self.held == at]] = True
        return chosen

    def counts(self, among: Mask) -> NDArray[np.int64]:
        """How many of some items have each value."""
        return np.bincount(self.held[among[self.owners]], minlength=len(self.values))


def columns(entries: Sequence[Entry]) -> dict[str, Column]:
    """All facets of some items."""
    return {name: _column(name, entries) for name in READERS}


def _column(name: str, entries: Sequence[Entry]) -> Column:
    number: dict[str, int] = {}
    pairs = [
        (place, number.setdefault(value, len(number)))
        for place, entry in enumerate(entries)
        for value in dict.fromkeys(READERS[name](entry))
    ]
    table = np.asarray(pairs, np.int32).reshape(-1, 2)
    owners, held = np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])
    return Column(list(number), _labels(name, number, entries), number, owners, held, len(entries))


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
