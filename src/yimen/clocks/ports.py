"""Socket: the room that keeps the matters locks their rows before clocks that it has not asked for are changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# Takes numbers of matters in order; holds their rows until the transaction ends.
Holder = Callable[[Sequence[str]], None]

_holders: list[Holder] = []


def plug_holder(holder: Holder) -> None:
    if holder not in _holders:
        _holders.append(holder)


def hold(abouts: Sequence[str]) -> None:
    """Every verb locks its matter first and its clocks after that; whoever begins with clocks must do so too."""
    for holder in _holders:
        holder(abouts)
