"""What a new edition of an item means for matters that are still open. Rule in words: docs/rules/transition.md

A matter is handled under the edition it was filed under. What a later edition adds is never asked of it; what a later
edition eases may reach it too, if the city so decides before release.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from .calendar import OFFICE_HOURS, Calendar, OfficeHours
from .cards import BY_CODE, Level, instants
from .clocks import ClockKind
from .completeness import Necessity
from .due import due_on
from .terms import Limit, Pause


class Effect(StrEnum):
    """What a change means for somebody who applies. ALTERS: something is asked otherwise, for better or worse."""

    EASES = "eases"
    BURDENS = "burdens"
    ALTERS = "alters"
    NEITHER = "neither"


class Consequence(StrEnum):
    """What a change means for one open matter. DECIDE: somebody has to choose whether it is eased as well."""

    UNTOUCHED = "untouched"
    KEEPS = "keeps"
    DECIDE = "decide"


class Part(StrEnum):
    """What of an open matter can be eased."""

    MATERIAL = "materials"
    FIELD = "form_fields"
    CONDITION = "conditions"
    PROMISE = "promised_days"


_WEIGHT = {None: 0, Necessity.OPTIONAL: 1, Necessity.DEFERRABLE: 2, Necessity.REQUIRED: 3}
_RANK = (Consequence.UNTOUCHED, Consequence.KEEPS, Consequence.DECIDE)


def material_effect(before: Necessity | None, after: Necessity | None) -> Effect:
    """Added or needed more: a burden; dropped or needed less: an ease. None: not in that edition."""
    return _effect(_WEIGHT[before], _WEIGHT[after])


def field_effect(before: bool | None, after: bool | None) -> Effect:
    """The same of a field of the form: required, optional, or None where that edition doesn't ask it."""
    return _effect(*(0 if required is None else 1 + required for required in (before, after)))


def condition_effect(before: str | None, after: str | None) -> Effect:
    """Of a condition of acceptance. What is only worded otherwise may be harder to meet: no easing, and no news."""
    if before and after:
        return Effect.NEITHER if before == after else Effect.ALTERS
    return _effect(bool(before), bool(after))


def amount_effect(before: float | None, after: float | None) -> Effect:
    """Of something of which less is better: days, visits, fees. Where one isn't known, nothing can be said."""
    return Effect.NEITHER if before is None or after is None else _effect(before, after)


def settled(part: Part, *, accepted: bool, there: bool = False, asked: bool = False, owed: bool = False) -> bool:
    """Is the question that a change touches closed in a matter that is not decided yet?

    there: the material was handed in, the field filled in; asked: an open notice of supplement asks for it (again);
    owed: it may come after acceptance and has not come (容缺).
    """
    if part is Part.MATERIAL:
        return not owed if accepted else there and not asked
    return part is Part.FIELD and (accepted or not asked)


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


def shortened(
    *,
    opened: date,
    limit: Limit,
    shorter: Limit,
    today: date,
    kind: ClockKind = ClockKind.PROMISE,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    calendar: Calendar,
    hours: OfficeHours = OFFICE_HOURS,
) -> date | None:
    """The due day of a running promise if the shorter one held for it from its opening; None: it keeps its own.

    It keeps its own where the new day would be no earlier, or would not lie ahead, or where a yellow or red card would
    be due at once: nobody becomes late because a rule was changed. A pause that runs is looked at as if it ended today,
    and as it was planned, even where it has lasted longer already. Other fields as `due.due_on`.
    """
    facts: dict[str, Any] = {"opened": opened, "extension": extension, "calendar": calendar, "hours": hours}
    due = due_on(**facts, limit=shorter, pauses=pauses)
    if due >= due_on(**facts, limit=limit, pauses=pauses):
        return None
    halts = [replace(pause, last=max(pause.first, today)) if pause.is_open else pause for pause in pauses]
    if min(due, due_on(**facts, limit=shorter, pauses=halts)) <= today:
        return None
    cards = instants(**facts, kind=kind, limit=shorter, pauses=halts)
    late = any(BY_CODE[card.code].level is not Level.WARNING and card.day <= today for card in cards)
    return None if late else due


def _effect(before: float, after: float) -> Effect:
    if before == after:
        return Effect.NEITHER
    return Effect.EASES if after < before else Effect.BURDENS
