"""Does an item give a new licence, or the next version of one (延续、变更、换发)? What holds when that one is annulled?

Rule in words: docs/rules/versions.md. 行政许可法 49 (变更), 50 (延续), 69 (撤销). Items say it by their names, or by
which of their kinds was applied for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Act(StrEnum):
    """Why there is a next version."""

    RENEWED = "renewed"
    CHANGED = "changed"
    REPLACED = "replaced"


WORDS = {
    "延续": Act.RENEWED,
    "续期": Act.RENEWED,
    "变更": Act.CHANGED,
    "换发": Act.REPLACED,
    "补发": Act.REPLACED,
    "换领": Act.REPLACED,
    "补领": Act.REPLACED,
    "换证": Act.REPLACED,
    "补证": Act.REPLACED,
}
"""What official names of items and of their cases say; of several in one name the first counts."""


DENIALS = ("不", "未", "无", "没")


def act_of(texts: Iterable[str]) -> Act | None:
    """The act that the first telling text names: the item's name, then what was chosen; None for a first issue."""
    for text in texts:
        found = min((place, word) for word in WORDS if (place := text.find(word)) >= 0) if _tells(text) else None
        if found:
            return WORDS[found[1]]
    return None


@dataclass(frozen=True)
class Earlier:
    """A version before the one that is annulled. gave_way: the next one took its place; annulled: it is void itself."""

    key: int
    gave_way: bool
    annulled: bool = False
    valid_to: date | None = None


@dataclass(frozen=True)
class Again:
    """The version that stands again; in_time: or has its own date passed meanwhile?"""

    key: int
    in_time: bool


def stands_again(earlier: Iterable[Earlier], *, day: date) -> Again | None:
    """What an annulment (撤销) of a version gives back. earlier: those before it, the newest first.

    What is annulled never was, so the last version that isn't annulled stands as if it had never given way. It ends
    by its own date all the same. One that ended in its own right (注销、吊销) stays ended, and all behind it too.
    """
    for each in earlier:
        if not each.annulled:
            in_time = each.valid_to is None or day <= each.valid_to
            return Again(each.key, in_time) if each.gave_way else None
    return None


def _tells(text: str) -> bool:
    """A choice that says no (不变更) names the word too."""
    return any(word in text for word in WORDS) and not any(no in text for no in DENIALS)
