"""The everyday words of a whole language: what people say, and what guides write instead.

A dictionary in a file of the house, to which a city adds its own (YIMEN_EVERYDAY_WORDS).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from yimen.catalog.queries.seeking.text import plain

OWN = Path(__file__).resolve().parents[2] / "data" / "everyday_words.txt"


class Dictionary:
    """Everyday words with their official ones."""

    def __init__(self, official: dict[str, tuple[str, ...]]) -> None:
        self.official = official
        ordered = sorted(official, key=len, reverse=True)
        self._said = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def expand(self, question: str) -> list[str]:
        """The official words for whatever everyday words occur in a plain question, longest ones first found."""
        said = self._said.finditer(question) if self._said else ()
        found = (word for match in said for word in self.official[match.group()])
        return [word for word in dict.fromkeys(found) if word not in question]


@functools.cache
def dictionary() -> Dictionary:
    """The house's and the city's, read once per process."""
    extra = settings.YIMEN_EVERYDAY_WORDS
    official: dict[str, list[str]] = {}
    for path in (OWN, Path(extra)) if extra else (OWN,):
        for said, written in read(path.read_text("utf-8")):
            official.setdefault(said, []).extend(written)
    return Dictionary({said: tuple(dict.fromkeys(written)) for said, written in official.items()})


def read(text: str) -> Iterator[tuple[str, list[str]]]:
    """Pairs from a file's text; raises ValueError with the line that can't be read."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        left, equals, right = plain(line).partition("=")
        if not equals or not left.split() or not right.split():
            raise ValueError(f"日常说法词典第 {number} 行应为“日常说法 = 正式用语”")
        for said in left.split():
            yield said, right.split()
