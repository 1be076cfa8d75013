"""Which row of one edition is which row of another: by key or name, else where it plainly is the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import product
from typing import Any

# Of two names: so alike that it is one thing renamed; or so alike, if it stands in the same place and says the same.
ALIKE, ALIKE_IN_PLACE = 0.7, 0.4
# How much of the rest has to be the same then.
SAME_REST = 0.6


@dataclass(frozen=True)
class Row:
    """One of several. key: what tells it from the others; title: what it is called; rest: what else it says.

    kept: its key was given on purpose and stays through all editions, so that only the very same name is the same row.
    entry: what it is the row of.
    """

    key: str
    title: str
    rest: tuple[tuple[str, str], ...] = ()
    kept: bool = False
    entry: Any = field(default=None, compare=False)


Pair = tuple[Row | None, Row | None]


def pairs(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """Every row of both, once: those that are the same together, in the earlier order, then what came."""
    matched = _Matched(before, after)
    matched.take(lambda row: row)
    matched.take(lambda row: row.key)
    for _score, one, two in sorted(matched.rivals(), key=lambda each: (-each[0], each[1], each[2])):
        matched.add(one, two)
    found: list[Pair] = [(row, after[matched.of[at]] if at in matched.of else None) for at, row in enumerate(before)]
    return found + [(None, row) for at, row in enumerate(after) if at not in matched.taken]


def alike(one: str, two: str) -> float:
    """From 0 to 1, the same whichever comes first."""
    first, second = sorted((one, two))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


class _Matched:
    """Rows by their places in both lists. of: the later place of each earlier one that was found."""

    def __init__(self, before: Sequence[Row], after: Sequence[Row]) -> None:
        self.before, self.after = before, after
        self.of: dict[int, int] = {}
        self.taken: set[int] = set()

    def add(self, one: int, two: int) -> None:
        if one not in self.of and two not in self.taken:
            self.of[one] = two
            self.taken.add(two)

    def take(self, told_by: Callable[[Row], Hashable]) -> None:
        """Those that are told by the same, each once and in order."""
        left: dict[Hashable, list[int]] = {}
        for two in reversed(range(len(self.after))):
            if two not in self.taken:
                left.setdefault(told_by(self.after[two]), []).append(two)
        for one, row in enumerate(self.before):
            if one not in self.of and left.get(told_by(row)):
                self.add(one, left[told_by(row)].pop())

    def rivals(self) -> Iterator[tuple[float, int, int]]:
        """What else might be one row, and how much speaks for it."""
        ones = [one for one in range(len(self.before)) if one not in self.of]
        twos = [two for two in range(len(self.after)) if two not in self.taken]
        for one, two in product(ones, twos):
            row, other = self.before[one], self.after[two]
            score, beside = _score(row, other), self._beside(one, two)
            if score >= (ALIKE_IN_PLACE if beside and _rest(row, other) >= SAME_REST else ALIKE):
                yield score + beside, one, two

    def _beside(self, one: int, two: int) -> bool:
        """Do they stand between the same two rows?"""
        back = {later: earlier for earlier, later in self.of.items()}
        return _neighbours(one, self.of.keys()) == tuple(
            None if each is None else back[each] for each in _neighbours(two, self.taken)
        )


def _neighbours(place: int, known: Collection[int]) -> tuple[int | None, int | None]:
    """The nearest known places before and behind."""
    first = max((each for each in known if each < place), default=None)
    return first, min((each for each in known if each > place), default=None)


def _score(one: Row, two: Row) -> float:
    return float(one.title == two.title) if one.kept and two.kept else alike(one.title, two.title)


def _rest(one: Row, two: Row) -> float:
    """The share of what both say beside their names that is the same; all where there is nothing else."""
    said = dict(one.rest).keys() | dict(two.rest).keys()
    return len(set(one.rest) & set(two.rest)) / len(said) if said else 1.0
