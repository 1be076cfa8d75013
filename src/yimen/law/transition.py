"""What a new edition of an item means for matters that are still open. Rule in words: docs/rules/transition.md

A matter is handled under the edition it was filed under. What a later edition adds is never asked of it; what a later
edition drops may be spared it too, if the city so decides before release.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from .completeness import Necessity


class Effect(StrEnum):
    """What a change means for somebody who applies."""

    EASES = "eases"
    BURDENS = "burdens"
    NEITHER = "neither"


class Consequence(StrEnum):
    """What a change means for one open matter. DECIDE: somebody has to choose whether it is eased as well."""

    UNTOUCHED = "untouched"
    KEEPS = "keeps"
    DECIDE = "decide"


_WEIGHT = {None: 0, Necessity.OPTIONAL: 1, Necessity.DEFERRABLE: 2, Necessity.REQUIRED: 3}
_RANK = (Consequence.UNTOUCHED, Consequence.KEEPS, Consequence.DECIDE)


def material_effect(before: Necessity | None, after: Necessity | None) -> Effect:
    """Added or needed more: a burden; dropped or needed less: an ease. None: not in that edition."""
    return _effect(_WEIGHT[before], _WEIGHT[after])


def amount_effect(before: float | None, after: float | None) -> Effect:
    """Of something of which less is better: days, visits, fees. Where one isn't known, nothing can be said."""
    return Effect.NEITHER if before is None or after is None else _effect(before, after)


def consequence(effect: Effect, *, settled: bool, choosable: bool) -> Consequence:
    """What one change means for one open matter.

    settled: the question that the change touches is closed in it (the material is there, the matter accepted).
    choosable: the easing can be granted to matters filed before.
    """
    if settled or effect is Effect.NEITHER:
        return Consequence.UNTOUCHED
    return Consequence.DECIDE if effect is Effect.EASES and choosable else Consequence.KEEPS


def gravest(consequences: Iterable[Consequence]) -> Consequence:
    """Of all changes together: a matter that needs a decision for one of them needs a decision."""
    return max(consequences, key=_RANK.index, default=Consequence.UNTOUCHED)


def _effect(before: float, after: float) -> Effect:
    if before == after:
        return Effect.NEITHER
    return Effect.EASES if after < before else Effect.BURDENS
