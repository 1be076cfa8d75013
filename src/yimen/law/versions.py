"""Does an item give a new licence, or the next version of one (延续、变更、换发)?

Rule in words: docs/rules/versions.md. 行政许可法 49 (变更), 50 (延续). Items say it by their names, or by which of
their kinds was applied for.
"""

from __future__ import annotations

from collections.abc import Iterable
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


def _tells(text: str) -> bool:
    """A choice that says no (不变更) names the word too."""
    return any(word in text for word in WORDS) and not any(no in text for no in DENIALS)
