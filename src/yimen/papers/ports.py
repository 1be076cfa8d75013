"""Socket: who may read the papers about a case. The room that keeps the cases plugs in; until then, nobody may."""

from __future__ import annotations

from collections.abc import Callable

from yimen.kit.actor import Actor

# Takes the actor and what the paper is about (a case number); may record the look in the ledger.
Reader = Callable[[Actor, str], bool]

_readers: list[Reader] = []


def plug_reader(reader: Reader) -> None:
    if reader not in _readers:
        _readers.append(reader)


def may_see(actor: Actor, about: str) -> bool:
    """Does any room say that this actor may read papers about this case?"""
    return any(reader(actor, about) for reader in _readers)
