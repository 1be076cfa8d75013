"""What a change of an edition means for somebody who applies, and why an easing may be for new applications only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yimen.catalog.choices import EditionDocument, Necessity
from yimen.catalog.queries.editions import NEEDS
from yimen.law.limits import Limit
from yimen.law.terms import Unit
from yimen.law.transition import Effect, Part, amount_effect, condition_effect, field_effect, material_effect

# For telling a shorter limit from a longer one only; clocks count by the calendar. (rules of 时限归一: 月按 30 天)
WORKING_DAYS = {Unit.WORKING_DAY: 1.0, Unit.NATURAL_DAY: 5 / 7, Unit.HOUR: 1 / 8, Unit.MONTH: 30 * 5 / 7}

# Rule in words: docs/rules/transition.md
AT_ONCE = _("改为当场办结后环节也不同，在办的办件仍按原来的环节办理")
LATER = _("容缺要在申请时承诺补交，在办的办件按原来的要求提交")
_FEES = _("费用按申请时公布的标准收取，已经缴的由收费部门依规定退还")
NEW_ONLY: Mapping[str, Any] = {
    "statutory_days": _("法定期限是法律规定的，按申请时的规定计算，不由部门选择"),
    "visits": _("跑动次数说的是办理的全过程，在办的办件已经走了一部分"),
    "fee.charged": _FEES,
    "fee.amount_cents": _FEES,
    "fee.rows": _FEES,
}


def effect_of_field(place: str, before: EditionDocument, after: EditionDocument) -> Effect:
    """Of a plain field."""
    amount = _AMOUNTS.get(place)
    return amount_effect(amount(before), amount(after)) if amount else Effect.NEITHER


def effect_of_row(
    part: str, before: EditionDocument, after: EditionDocument, old: str | None, new: str | None
) -> Effect:
    """Of one of several. old, new: what tells it in each edition, None where that has none."""
    if part == Part.MATERIAL:
        found = [_material(document, key) for document, key in ((before, old), (after, new))]
        return material_effect(*(NEEDS[each.necessity] if each else None for each in found))
    if part == Part.FIELD:
        fields = [document.field(name or "") for document, name in ((before, old), (after, new))]
        return field_effect(*(each.required if each else None for each in fields))
    if part == Part.CONDITION:
        return condition_effect(old, new)
    if part == "fee.rows" and (old is None or new is None):
        return Effect.EASES if new is None else Effect.BURDENS
    return Effect.NEITHER


def why_new_only(place: str, part: str, after: EditionDocument, key: str | None = None) -> str:
    """Why this easing can't reach open matters, "" where it can. key: of the later edition's row."""
    if part == Part.PROMISE:
        return "" if after.decision_limits.promise.amount else str(AT_ONCE)
    if part == Part.MATERIAL:
        material = _material(after, key)
        return str(LATER) if material and material.necessity is Necessity.TOLERATED else ""
    return str(NEW_ONLY.get(place) or NEW_ONLY.get(part) or "")


def _material(document: EditionDocument, key: str | None) -> Any:
    """By its key; one that nobody has given a key yet by its name."""
    found = (each for each in document.materials if key is not None and key == (each.key or each.name))
    return next(found, None)


def _days(limit: Limit | None) -> float | None:
    return None if limit is None else limit.amount * WORKING_DAYS[limit.unit]


_AMOUNTS: Mapping[str, Callable[[EditionDocument], float | None]] = {
    # What binds: without a promise the statutory limit does, or the law's.
    "promised_days": lambda document: _days(document.decision_limits.promise),
    "statutory_days": lambda document: _days(document.limits.statutory),
    "visits": lambda document: document.visits,
    "fee.charged": lambda document: document.fee.charged,
    "fee.amount_cents": lambda document: document.fee.amount_cents,
}
