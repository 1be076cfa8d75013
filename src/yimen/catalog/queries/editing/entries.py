"""What a page of the editor posts: values by name, and lists of row tokens in the order in which the rows stand.

A row is `materials.r3` (the fourth of the revision that the page was made of) or `materials.n1` (new). `materials[]`
says which rows there are, in order; `materials.r3!gone` that one is taken out, and can still be put back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from django.http import QueryDict

from yimen.catalog.queries.editing.leaves import tidy

ORDER, GONE, FROM, SHOWN = "[]", "!gone", "!from", "!"
CONTROLS = frozenset({"csrfmiddlewaretoken", "base", "op", "go"})


class Entries:
    """The posted values of a page's fields; nothing posted: the document as it is."""

    def __init__(self, values: Mapping[str, list[str]] | None = None) -> None:
        given = (values or {}).items()
        self.values = {name: [tidy(each) for each in held] for name, held in given if name not in CONTROLS}
        self._prefixes: set[str] | None = None

    @classmethod
    def of(cls, post: QueryDict) -> Self:
        return cls({name: post.getlist(name) for name in post})

    def has(self, name: str) -> bool:
        return name in self.values

    def one(self, name: str) -> str:
        return (self.values.get(name) or [""])[-1]

    def all(self, name: str) -> list[str]:
        return self.values.get(name, [])

    def speaks_of(self, row: str) -> bool:
        """Was anything inside this row posted?"""
        if self._prefixes is None:
            self._prefixes = set(_prefixes(self.values))
        return row in self._prefixes

    def set(self, name: str, *held: str) -> None:
        self.values[name] = list(held)
        self._prefixes = None

    def drop(self, name: str) -> None:
        self.values.pop(name, None)
        self._prefixes = None

    def inside(self, row: str) -> dict[str, list[str]]:
        """What was posted within a row, by full name."""
        return {name: held for name, held in self.values.items() if name.startswith((f"{row}.", f"{row}["))}


def _prefixes(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        if name.endswith((GONE, FROM)):
            continue
        place = name.find(".")
        while place >= 0:
            yield name[:place]
            place = name.find(".", place + 1)
