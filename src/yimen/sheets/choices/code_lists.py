"""Code lists of the standards (代码表): what long choices offer. They come along, in data/code_lists.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "data" / "code_lists.json"


@dataclass(frozen=True)
class CodeList:
    """A list of a standard: code and Chinese name of each entry, in its order."""

    key: str
    name: str
    standard: str
    entries: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What one chooses from."""
        return tuple(name for _code, name in self.entries)

    def code(self, name: str) -> str:
        """The standard's code of an entry, "" for what is not in the list."""
        return next((code for code, each in self.entries if each == name), "")


@lru_cache(maxsize=1)
def code_lists() -> Mapping[str, CodeList]:
    """All lists by key."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        key: CodeList(key, each["name"], each["standard"], tuple((code, name) for code, name in each["entries"]))
        for key, each in raw.items()
    }
