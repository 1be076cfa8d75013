"""Where people are: by what is nearest to them, and which place a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yimen.catalog.queries.seeking.cards import Entry


@dataclass(frozen=True)
class Places:
    """Every place where something is offered. paths: the codes from the city down to it, by its own code."""

    paths: Mapping[str, str]
    _named: Mapping[str, str]
    _names: re.Pattern[str] | None

    def path(self, code: str) -> str:
        """Where a place lies, or what it lies in; nothing for one of elsewhere."""
        above = (code, code[:9], code[:6], f"{code[:4]}00") if code else ()
        return next((self.paths[each] for each in above if each in self.paths), "")

    def said(self, question: str) -> tuple[str, str]:
        """The smallest place that a plain question names, and the question without any."""
        if self._names is None:
            return "", question
        found = [self._named[name] for name in self._names.findall(question)]
        return max(found, key=len, default=""), self._names.sub(" ", question).strip()


def known(entries: Sequence[Entry]) -> Places:
    """The places of some items."""
    paths = {entry.division: entry.path for entry in entries}
    named: dict[str, str] = {}
    for entry in entries:
        if len(entry.division_name) > 2:
            named.setdefault(entry.division_name, entry.path)
    longest = sorted(named, key=len, reverse=True)
    return Places(paths, named, re.compile("|".join(map(re.escape, longest))) if longest else None)


def nearest_first(entries: Iterable[Entry], near: str) -> list[Entry]:
    """The places where something can be done, own and nearest first; without knowing where, the city before its parts.

    Own is the smallest place that has whoever asks in it; then what shares most with it.
    """
    return sorted(entries, key=lambda entry: (*_away(entry.path, near), len(entry.path), entry.division, entry.slug))


def _away(path: str, near: str) -> tuple[int, int]:
    if near.startswith(path):
        return 0, -len(path)
    shared = [one for one, other in zip(path.split("/"), near.split("/"), strict=False) if one == other]
    return 1, -len(shared)
