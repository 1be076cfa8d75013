"""The rows of a list with what pages ask of them all: which agencies and levels, which columns hold something."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from yimen.catalog.queries.lists.kinds import Row
from yimen.law.said import said

LEVELS = ("国家", "省", "市", "县", "镇", "村")


@dataclass(frozen=True)
class Choice:
    """A value one can narrow a list down to, and how many rows that leaves."""

    value: str
    label: str
    count: int


class Entries(tuple[Row, ...]):
    """Rows that never change; what follows from all of them is worked out once, when somebody asks."""

    @cached_property
    def agencies(self) -> list[Choice]:
        """The agencies that have rows, by name."""
        counts: Counter[tuple[str, str]] = Counter((row.agency_name, row.agency) for row in self)
        return [Choice(code, name, count) for (name, code), count in sorted(counts.items())]

    @cached_property
    def levels(self) -> list[Choice]:
        """The levels that have rows, from the country down to the village."""
        counts: Counter[str] = Counter(level for row in self for level in row.levels)
        return [Choice(level, said("{level}级", level=said(level)), counts[level]) for level in LEVELS if counts[level]]

    @cached_property
    def filled(self) -> list[bool]:
        """Of each column whether anything stands in it."""
        width = len(self[0].values) if self else 0
        return [any(row.values[place] for row in self) for place in range(width)]

    def having(self, words: list[str]) -> Iterator[Row]:
        """The rows in which every word stands, in half width and small letters."""
        return (row for row, text in zip(self, self._texts, strict=True) if all(word in text for word in words))

    @cached_property
    def _texts(self) -> list[str]:
        return [unicodedata.normalize("NFKC", "\n".join(row.values)).lower() for row in self]
