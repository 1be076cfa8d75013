"""Which of several items wait for which, when somebody chooses them freely. Rule in words: docs/rules/packages.md"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item by the kinds of licences that it gives and that it cannot do without."""

    key: str
    gives: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


def waits(chosen: Iterable[Chosen], *, held: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """{item: the items it waits for}, in the order in which they were chosen.

    An item waits for one that gives a licence it needs, unless the applicant holds a valid licence of that kind
    (held) or gets it from itself. Two that would wait for one another don't: the one chosen first begins.
    """
    listed = list(chosen)
    found: dict[str, list[str]] = {each.key: [] for each in listed}
    for each in listed:
        wanted = each.needs - frozenset(held) - each.gives
        for other in listed:
            if other.key != each.key and other.gives & wanted and not _behind(other.key, each.key, found):
                found[each.key].append(other.key)
    return {key: tuple(after) for key, after in found.items()}


def _behind(one: str, other: str, found: dict[str, list[str]]) -> bool:
    """Does one wait for the other already, be it by way of a third?"""
    seen, open_ = set(), [one]
    while open_:
        key = open_.pop()
        if key == other:
            return True
        if key not in seen:
            seen.add(key)
            open_ += found[key]
    return False
