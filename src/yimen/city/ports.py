"""Sockets: who holds posts, and what was signed with a key, is known by later rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Holder:
    """A person on a post, as the list of posts shows them."""

    name: str
    since: datetime


# post ids, at -> holders by post id
_holders: list[Callable[[Iterable[int], datetime], dict[int, list[Holder]]]] = []
# post code, its new duties, at -> raises a refusal when a holder's other posts clash with them
_objectors: list[Callable[[str, frozenset[str], datetime], None]] = []
# post code -> the address of the page where it is given and taken
_pages: list[Callable[[str], str]] = []


def plug_holders(
    find: Callable[[Iterable[int], datetime], dict[int, list[Holder]]],
    object_to: Callable[[str, frozenset[str], datetime], None],
    page: Callable[[str], str],
) -> None:
    _holders[:], _objectors[:], _pages[:] = [find], [object_to], [page]


def holders_of(posts: Iterable[int], at: datetime) -> dict[int, list[Holder]]:
    """Who holds these posts now; nobody when no room has plugged in."""
    return _holders[0](posts, at) if _holders else {}


def before_duties_change(code: str, duties: frozenset[str], at: datetime) -> None:
    for object_to in _objectors:
        object_to(code, duties, at)


def holders_page(code: str) -> str:
    return _pages[0](code) if _pages else ""


# words ("电子证照"), (key id, signed from or None) -> how many
_signed: list[tuple[Any, Callable[[int, datetime | None], int]]] = []


def plug_signed(words: Any, count: Callable[[int, datetime | None], int]) -> None:
    """A room tells how many of its things a key signed, so that whoever revokes it knows what that means."""
    _signed[:] = [each for each in _signed if each[0] != words] + [(words, count)]


def signed() -> list[tuple[Any, Callable[[int, datetime | None], int]]]:
    return list(_signed)
