"""Sockets: which items stand under which themes (the catalogue knows), whose register a value comes from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


class Scopes(Protocol):
    """What the catalogue knows of themes: names that stand in the national lists (自然人、法人主题)."""

    @property
    def themes_of(self) -> Callable[[str], frozenset[str]]: ...

    @property
    def items_of(self) -> Callable[[Collection[str]], list[str]]: ...

    @property
    def themes(self) -> Callable[[], list[str]]: ...

    @property
    def item_named(self) -> Callable[[str], str | None]: ...


@dataclass(frozen=True)
class Value:
    """Something that the city holds about a subject and that may be wrong.

    source, key: whose value it is, as in models.Correction; words, label: the same as people read them. agency: id of
    the office whose register it is, None for the register of people. shown: the value in words.
    """

    source: str
    words: str
    key: str
    label: str
    shown: str
    agency: int | None = None
    kind: str = "text"


Values = Callable[[Sequence[int]], list[Value]]

_scopes: list[Scopes] = []
VALUES: list[Values] = []


def plug_scopes(scopes: Scopes) -> None:
    _scopes[:] = [scopes]


def plug_values(values: Values) -> None:
    """A register that holds data about people: what it holds about these records of one subject."""
    if values not in VALUES:
        VALUES.append(values)


def themes_of(slug: str) -> frozenset[str]:
    return _scopes[0].themes_of(slug) if _scopes else frozenset()


def items_of(themes: Collection[str]) -> list[str]:
    return _scopes[0].items_of(themes) if _scopes else []


def all_themes() -> list[str]:
    """All themes that some item stands under."""
    return _scopes[0].themes() if _scopes else []


def item_named(text: str) -> str | None:
    """The slug of the item of a name, a slug or a code."""
    return _scopes[0].item_named(text) if _scopes else None


def values_of(subjects: Sequence[int]) -> list[Value]:
    """What the other registers hold about the records of one subject."""
    return [value for values in VALUES for value in values(subjects)]
