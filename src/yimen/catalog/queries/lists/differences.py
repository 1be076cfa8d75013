"""What changed in a list from one quarter to another: entries added, removed, changed, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yimen.catalog.queries.lists.kinds import Row


@dataclass(frozen=True)
class Cell:
    """One column of a changed entry. label: the column's head."""

    column: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """An entry that says something else than before."""

    row: Row
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Changes:
    """against: the quarter compared with, "" at the first publication."""

    against: str
    added: tuple[Row, ...] = ()
    removed: tuple[Row, ...] = ()
    changed: tuple[Changed, ...] = ()

    @property
    def any(self) -> bool:
        """Did anything change?"""
        return bool(self.added or self.removed or self.changed)

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "against": self.against,
            "added": [stored_row(row) for row in self.added],
            "removed": [stored_row(row) for row in self.removed],
            "changed": [
                {"row": stored_row(each.row), "cells": [vars(cell) for cell in each.cells]} for each in self.changed
            ],
        }

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Changes:
        """From JSON."""
        return cls(
            raw.get("against", ""),
            tuple(read_row(each) for each in raw.get("added", ())),
            tuple(read_row(each) for each in raw.get("removed", ())),
            tuple(
                Changed(read_row(each["row"]), tuple(Cell(**cell) for cell in each["cells"]))
                for each in raw.get("changed", ())
            ),
        )


Head = tuple[str, str]


def compare(
    against: str, heads: Sequence[Head], before_heads: Sequence[Head], before: Iterable[Row], after: Iterable[Row]
) -> Changes:
    """Entries are the same by their keys. Columns that only one side has are not compared: nobody changed the entry."""
    old, new = {row.key: row for row in before}, {row.key: row for row in after}
    places = {key: place for place, (key, _label) in enumerate(before_heads)}
    shared = [(key, label, places[key], place) for place, (key, label) in enumerate(heads) if key in places]
    changed = (Changed(row, _cells(shared, old[key], row)) for key, row in new.items() if key in old)
    return Changes(
        against,
        tuple(row for key, row in new.items() if key not in old),
        tuple(row for key, row in old.items() if key not in new),
        tuple(each for each in changed if each.cells),
    )


def _cells(shared: Sequence[tuple[str, str, int, int]], old: Row, new: Row) -> tuple[Cell, ...]:
    return tuple(
        Cell(key, label, old.values[was], new.values[now])
        for key, label, was, now in shared
        if old.values[was] != new.values[now]
    )


def stored_row(row: Row) -> list[Any]:
    """A row as JSON."""
    return [row.key, row.slug, row.agency, row.agency_name, list(row.levels), list(row.values)]


def read_row(raw: Sequence[Any]) -> Row:
    """A row from JSON."""
    key, slug, agency, agency_name, levels, values = raw
    return Row(key, slug, agency, agency_name, tuple(levels), tuple(values))
