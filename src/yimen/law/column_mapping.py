"""Which column of somebody's table holds what. Rule in words: docs/rules/digitising.md

A guess only: whoever loads the table sees it and puts it right, and what they chose is remembered for the kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_BRACKETS = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]")
_NOISE = re.compile(r"[\W_]+")
SAVED, SAME, ALIKE, PART = 4.0, 3.0, 2.0, 1.0
_SHORTEST_PART = 2
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a column may hold. words: how heads call it, the proper one first."""

    key: str
    words: tuple[str, ...]


def guess(heads: Sequence[str], wanted: Sequence[Wanted], saved: Mapping[str, str] | None = None) -> dict[str, int]:
    """{key: place of its column}; no column twice, none for what no head resembles.

    saved: {key: head} as somebody chose before, which goes before every likeness. Of equals the first head counts.
    """
    before = {key: _plain(head) for key, head in (saved or {}).items()}
    names = [(_plain(head), _names(head)) for head in heads]
    scores = [
        (-score, order, place)
        for order, each in enumerate(wanted)
        for place, (whole, parts) in enumerate(names)
        if (score := _score(each, whole, parts, before.get(each.key)))
    ]
    found: dict[str, int] = {}
    for _rank, order, place in sorted(scores):
        key = wanted[order].key
        if key not in found and place not in found.values():
            found[key] = place
    return found


def same_heads(heads: Sequence[str], others: Iterable[str]) -> bool:
    """Are these the heads of the same table, whatever their order?"""
    return sorted(map(_plain, heads)) == sorted(map(_plain, others))


def _score(wanted: Wanted, whole: str, parts: frozenset[str], before: str | None) -> float:
    if not whole:
        return 0
    if before == whole:
        return SAVED
    if whole == _plain(wanted.words[0]):
        return SAME + 0.5
    likeness = (_likeness(_names(word), parts) - place / 100 for place, word in enumerate(wanted.words))
    return max(max(likeness, default=0), 0)


def _likeness(names: frozenset[str], parts: frozenset[str]) -> float:
    if names & parts:
        longest = max(map(len, names & parts))
        return SAME if longest == max(map(len, names | parts)) else ALIKE + longest / 100
    shares = (
        min(len(name), len(part)) / max(len(name), len(part))
        for name in names
        for part in parts
        if min(len(name), len(part)) >= _SHORTEST_PART and (name in part or part in name)
    )
    share = max(shares, default=0)
    return PART + share / 2 if share >= _ENOUGH else 0


def _names(head: str) -> frozenset[str]:
    """The head without brackets, with them, and what stands within: 姓名（名称） is called 姓名 and 名称 too."""
    inner = _BRACKETS.findall(head)
    return frozenset(name for name in map(_plain, [head, _BRACKETS.sub("", head), *inner]) if name)


def _plain(head: str) -> str:
    """Without blanks, stars and signs, letters wide or small alike."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", head)).casefold()
