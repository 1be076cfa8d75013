"""Which of several known values fills a field, and what a change of it means. In words: docs/rules/prefill.md

What the government knows is not asked again (国务院令第716号 art 7); where it knows several things, the most trusted
source counts, and a value that a register vouches for may be changed, never silently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from .said import several


class Origin(StrEnum):
    """Where a known value comes from, in order of trust, the most trusted first."""

    IDENTITY = "identity"
    LICENCE = "licence"
    SERVICE = "service"
    SAME_ITEM = "same_item"
    OTHER_ITEM = "other_item"
    PROFILE = "profile"


RANK = {origin: place for place, origin in enumerate(Origin)}
TRUSTED = frozenset({Origin.IDENTITY, Origin.LICENCE, Origin.SERVICE})
"""What a register, a licence or a department's data service says. The rest is what the person said themselves."""


class Candidate(Protocol):
    """A value that is known. turn: whose it is, 0 the applicant's own, 1 that of whoever acts for them; level: a

    licence's trust (A before B, 国办函〔2016〕108号); place: the field's own source first; as_of: when it was true.
    """

    @property
    def value(self) -> Any: ...
    @property
    def origin(self) -> Origin | None: ...
    @property
    def as_of(self) -> date | None: ...
    @property
    def level(self) -> str: ...
    @property
    def turn(self) -> int: ...
    @property
    def place(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def ref(self) -> str: ...


APPLICANT, ACTING = "申请人", "经办人"
"""Of whom staff read where the person reads 您: whoever applies, or whoever acts for them."""


def dated(source: str, as_of: date | None) -> str:
    """As a person reads it: 营业执照 2025-03-02."""
    return several((source, as_of.isoformat()), " ") if as_of else source


C = TypeVar("C", bound=Candidate)


class Kept(StrEnum):
    """What became of a prefilled value. challenged: a trusted one was changed or emptied; allowed, and shown."""

    KEPT = "kept"
    CHANGED = "changed"
    CHALLENGED = "challenged"


def ranked(candidates: Iterable[C], *, today: date, ages: Mapping[Origin, int]) -> list[C]:
    """The best first; those too old are left out. ages: the most days that a value of an origin may be old.

    Who: the applicant's own before that of whoever acts for them. Then the origin, a licence's level, the field's own
    source, the newer. What remains equal is told apart by its words, so that the order never depends on chance.
    """
    return sorted((each for each in candidates if counts(each, today=today, ages=ages)), key=_order)


def counts(candidate: Candidate, *, today: date, ages: Mapping[Origin, int]) -> bool:
    """Is it young enough? A value without a date is as its register has it today."""
    oldest = ages.get(candidate.origin) if candidate.origin else None
    return oldest is None or candidate.as_of is None or today - candidate.as_of <= timedelta(days=oldest)


def disagreeing(winner: C, others: Iterable[C]) -> list[C]:
    """Trusted sources that say something else about the same person than what was filled in; each opinion once."""
    found: list[C] = []
    for each in others:
        told = [winner, *found]
        if each.origin in TRUSTED and each.turn == winner.turn and not any(same(each.value, one.value) for one in told):
            found.append(each)
    return found


def kept(origin: Origin | None, was: Any, now: Any) -> Kept:
    """What became of a prefilled value: left as it was, changed, or changed against a trusted source."""
    if same(was, now):
        return Kept.KEPT
    return Kept.CHALLENGED if origin in TRUSTED else Kept.CHANGED


def may_cross(*, consent: bool, sensitive: bool) -> bool:
    """May an answer given for one item fill a form of another? With consent (个人信息保护法 13, 34); what is sensitive

    would need a consent of its own (个人信息保护法 28, 29) and is asked anew.
    """
    return consent and not sensitive


def same(one: Any, other: Any) -> bool:
    """Do two values say the same? Blanks, full-width and half-width, capitals make no difference."""
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {key: plain for key, part in value.items() if (plain := _plain(part)) not in (None, "")} or None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(part) for part in value] or None
    text = "".join(unicodedata.normalize("NFKC", str(value)).split()).casefold()
    return text or None


def _order(each: Candidate) -> tuple[int, int, str, int, int, str, str, str]:
    rank = RANK[each.origin] if each.origin else len(RANK)
    newest = -each.as_of.toordinal() if each.as_of else 0
    return (each.turn, rank, each.level, each.place, newest, each.source, each.ref, repr(each.value))
