"""Sockets of the shell: rooms say at start-up which addresses and desk entries they offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse

from yimen.kit.actor import Actor

PLACES = frozenset((
    "home", "search", "my_space", "messages", "follow", "help", "sign_in", "sign_out", "desk", "desk_search", "about",
    "accessibility", "privacy", "change_password", "lists", "consultations", "suggest", "who_looked", "my_data",
    "stand_for",
))  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A line of the desk's navigation. duties: whoever holds one of them sees it. count: a cheap number beside it."""

    key: str
    label: Any  # str or lazy translation
    url_name: str
    icon: str
    duties: frozenset[str] = field(default_factory=frozenset)
    order: int = 100
    group: Any = ""
    count: Callable[[Actor], int] | None = None


_places: dict[str, str] = {}
_entries: dict[str, Entry] = {}


def offer_place(name: str, url_name: str) -> None:
    """A room says which of its URL names stands behind a link of the frames; the last offer wins."""
    if name not in PLACES:
        raise ValueError(f"unknown place {name!r}; known: {', '.join(sorted(PLACES))}")
    _places[name] = url_name


def offer_entry(entry: Entry) -> None:
    """A room puts a line into the desk's navigation."""
    _entries[entry.key] = entry


def place(name: str) -> str:
    """The address of a place, "" when no room has offered it."""
    return address(_places[name]) if name in _places else ""


def entries(actor: Actor) -> list[Entry]:
    """The desk entries this actor may see, in order."""
    seen = [entry for entry in _entries.values() if not entry.duties or entry.duties & actor.duties]
    return sorted(seen, key=lambda entry: (entry.order, entry.key))


def address(url_name: str) -> str:
    """A URL name or a path; "" when the room is not mounted (a city may leave rooms out)."""
    if url_name.startswith("/"):
        return url_name
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
