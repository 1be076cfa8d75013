"""The terms a limit is made of: its unit, its amount, its source, and what stops it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .said import said

LONGEST = 36_500
"""No limit in law is longer than a century; a larger number is a slip of the keyboard."""


class Unit(StrEnum):
    """In what a limit is counted. Working days are the rule (许可法 82); the others where a special law says so."""

    WORKING_DAY = "working_day"
    NATURAL_DAY = "natural_day"
    HOUR = "hour"
    MONTH = "month"

    @property
    def label(self) -> str:
        """With its measure word: 个工作日, 个自然日, 个办公小时, 个月."""
        return _LABELS[self]


_LABELS = {
    Unit.WORKING_DAY: said("个工作日"),
    Unit.NATURAL_DAY: said("个自然日"),
    Unit.HOUR: said("个办公小时"),
    Unit.MONTH: said("个月"),
}
_ONE = {
    Unit.WORKING_DAY: said("1个工作日"),
    Unit.NATURAL_DAY: said("1个自然日"),
    Unit.HOUR: said("1个办公小时"),
    Unit.MONTH: said("1个月"),
}


def amount_in_words(amount: int, unit: Unit) -> str:
    """20个工作日. Of one there is a sentence of its own: other languages have a singular."""
    return _ONE[unit] if amount == 1 else said("{amount}{unit}", amount=amount, unit=unit.label)


def extension_unit(unit: Unit) -> Unit:
    """In what an extension of such a limit is granted: natural days for natural days, else working. 许可法 42, 82."""
    return Unit.NATURAL_DAY if unit is Unit.NATURAL_DAY else Unit.WORKING_DAY


@dataclass(frozen=True, slots=True)
class Limit:
    """How long somebody may take: `amount` of `unit`, resting on `source` (an article, or the agency's promise).

    Raises ValueError for a negative or absurd amount.
    """

    amount: int
    unit: Unit = Unit.WORKING_DAY
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be a limit."""
        if not 0 <= self.amount <= LONGEST:
            raise ValueError(said("期限须在 0 至 {longest} 之间。", longest=LONGEST))

    def __str__(self) -> str:
        """As people say it: 20个工作日."""
        return amount_in_words(self.amount, self.unit)

    @property
    def instant(self) -> bool:
        """Is the thing to be done on the spot (即办)?"""
        return self.amount == 0


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that is not counted (许可法 45), both days included.

    first, last: the days; last None while it is still running; ground: 听证, 专家评审, …;
    planned_days: working days the applicant was told it would need, None when nothing was said.
    Raises ValueError when it ends before it begins.
    """

    first: date
    last: date | None
    ground: str = ""
    planned_days: int | None = None

    def __post_init__(self) -> None:
        """Refuse an interval that runs backwards."""
        if self.last is not None and self.last < self.first:
            raise ValueError("暂停的结束日期不得早于开始日期。")

    @property
    def is_open(self) -> bool:
        """Is it still running?"""
        return self.last is None
