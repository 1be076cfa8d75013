"""Sockets: what the case, a later room, says about an application that was submitted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Opening:
    """What may still be changed in a submitted application: the materials and fields of an open supplement notice.

    owed: the case is not decided yet, so that what may come later (容缺) may still come.
    """

    materials: frozenset[str] = field(default_factory=frozenset)
    fields: frozenset[str] = field(default_factory=frozenset)
    owed: bool = False


CLOSED = Opening()

_openings: list[Callable[[str], Opening]] = []


def plug_opening(ask: Callable[[str], Opening]) -> None:
    """The room that keeps cases says what is open for supplement, by number."""
    if ask not in _openings:
        _openings.append(ask)


def opening(number: str) -> Opening:
    return _openings[0](number) if _openings else CLOSED
