"""On which day a warning or card becomes due, and why. Rule in words: docs/rules/cards.md

The day is reckoned once, when a clock starts or changes, and stored, so that the sweep looks only at what has become
due. A day begins at 00:00 local time; what is used of a limit are the counted days strictly before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from typing import NamedTuple

from .calendar import OFFICE_HOURS, ONE_DAY, Calendar, OfficeHours
from .card_rules import BY_CODE, RULES, Level, Rule
from .clocks import ClockKind, lapses_on
from .counting import Leg, as_day, legs, nth_counted, planned_end, stops
from .due import due_on, used
from .phrases import day_in_words
from .terms import Limit, Pause, Unit

__all__ = ["BY_CODE", "RULES", "Instant", "Level", "Rule", "explain", "instants", "next_look"]


class Instant(NamedTuple):
    """The first day from which a rule holds for a clock."""

    code: str
    day: date


@dataclass(frozen=True)
class _Clock:
    """A clock as its rules look at it; what several rules ask is reckoned once. Fields as `due.due_on`."""

    opened: date
    limit: Limit
    pauses: Sequence[Pause]
    extension: int
    calendar: Calendar
    hours: OfficeHours

    @property
    def running_pause(self) -> Pause | None:
        return next((pause for pause in self.pauses if pause.is_open), None)

    @cached_property
    def stretches(self) -> list[Leg]:
        """The days to be counted; none for hours, which are too short to be parted into days."""
        hours = self.limit.unit is Unit.HOUR
        return [] if hours else legs(as_day(self.opened), self.limit, self.extension, self.calendar)

    @property
    def total(self) -> int:
        """How many days are to be counted."""
        return sum(leg.days for leg in self.stretches)

    @cached_property
    def due(self) -> date:
        """The due day."""
        return self.due_if_longer(0)

    def due_if_longer(self, later_by: int) -> date:
        """The due day, as if the limit had so many days more."""
        return due_on(
            opened=self.opened,
            limit=self.limit,
            pauses=self.pauses,
            extension=self.extension + later_by,
            calendar=self.calendar,
            hours=self.hours,
        )

    def day_with_used(self, days: int) -> date:
        """The first day on which so many days have been used; never the opening day."""
        halts = stops(self.pauses, self.calendar)
        return nth_counted(self.stretches, as_day(self.opened), days, halts) + ONE_DAY


def instants(
    *,
    kind: ClockKind,
    opened: date,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    calendar: Calendar,
    hours: OfficeHours = OFFICE_HOURS,
    rules: Sequence[Rule] = RULES,
) -> list[Instant]:
    """For each rule that watches such a clock, the first day from which it holds, earliest first.

    While a pause is running only its own overrun is watched: a clock that stands still cannot fall due. A warning that
    would come after the due day is left out, since the red card is there by then. Limits in hours and instant items
    have no part-used rules. Fields and errors as `due.due_on`.
    """
    clock = _Clock(opened, limit, pauses, extension, calendar, hours)
    return _instants(kind, clock, rules)


def next_look(
    *,
    after: date,
    kind: ClockKind,
    opened: date,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    calendar: Calendar,
    hours: OfficeHours = OFFICE_HOURS,
    rules: Sequence[Rule] = RULES,
) -> date | None:
    """The first day later than `after` on which somebody must look at the clock: a card, or a lapse the law acts on.

    None: nothing is to come until the clock changes. Fields as `instants`.
    """
    clock = _Clock(opened, limit, pauses, extension, calendar, hours)
    days = [instant.day for instant in _instants(kind, clock, rules)]
    lapse = None if clock.running_pause else lapses_on(kind, clock.due)
    return min((day for day in (*days, lapse) if day and day > after), default=None)


def explain(
    code: str,
    *,
    day: date,
    opened: date,
    limit: Limit,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    calendar: Calendar,
    hours: OfficeHours = OFFICE_HOURS,
    rules: Sequence[Rule] = RULES,
) -> str:
    """Why a card was issued on a day, with the figures it rests on, in one Chinese sentence.

    code: of the rule; day: the day it was issued; the rest as `instants`. Raises KeyError for an unknown code.
    """
    rule = {rule.code: rule for rule in rules}[code]
    clock = _Clock(opened, limit, pauses, extension, calendar, hours)
    reason = _overrun_in_words(clock) if rule.overrun else _use_in_words(rule, clock, day)
    order = "，同时发出督办" if rule.orders else ""
    return f"{rule.title}（{rule.level.label}）：{reason}{order}。依据：{rule.source}。"


def _instants(kind: ClockKind, clock: _Clock, rules: Sequence[Rule]) -> list[Instant]:
    watching = [rule for rule in rules if rule.kind is kind]
    found = [Instant(rule.code, day) for rule in watching if (day := _day_of(rule, clock)) and rule.is_valid(day)]
    return sorted(found, key=lambda instant: (instant.day, instant.code))


def _day_of(rule: Rule, clock: _Clock) -> date | None:
    """The first day from which the rule holds; None when it never does as things stand."""
    pause = clock.running_pause
    if rule.overrun:
        return planned_end(pause, clock.calendar) + ONE_DAY if pause and pause.planned_days else None
    if pause:
        return None
    if rule.overdue_by is not None:
        return _overdue_from(clock, rule.overdue_by)
    return _day_before_due(rule, clock)


def _overdue_from(clock: _Clock, later_by: int) -> date:
    return (clock.due_if_longer(later_by) if later_by else clock.due) + ONE_DAY


def _day_before_due(rule: Rule, clock: _Clock) -> date | None:
    """The first day on which enough of the limit is used or little enough left, not later than the due day."""
    total = clock.total
    marks = [ceil(rule.share * total)] if rule.share is not None else []
    marks += [max(0, total - rule.days_left)] if rule.days_left is not None else []
    if not total or not marks:
        return None
    day = clock.day_with_used(min(marks))
    return day if day <= clock.due else None


def _use_in_words(rule: Rule, clock: _Clock, day: date) -> str:
    due, total = clock.due, clock.total
    begun = f"{rule.kind.label}{clock.limit}，自{day_in_words(as_day(clock.opened))}起算"
    begun += f"，已延长{clock.extension}日" if clock.extension else ""
    if day > due:
        return f"{begun}，应不迟于{day_in_words(due)}完成，至{day_in_words(day)}仍未完成，已经超期"
    gone = used(opened=clock.opened, at_day=day, unit=clock.limit.unit, pauses=clock.pauses, calendar=clock.calendar)
    share = f"（{gone * 100 // total}%）" if total else ""
    return f"{begun}，至{day_in_words(day)}已用{gone}天{share}，还剩{total - gone}天，{day_in_words(due)}到期"


def _overrun_in_words(clock: _Clock) -> str:
    pause = clock.running_pause
    if pause is None:
        return "特别程序超过计划时间"
    end = planned_end(pause, clock.calendar)
    return (
        f"{pause.ground or '特别程序'}自{day_in_words(pause.first)}开始，计划{pause.planned_days}个工作日，"
        f"应不迟于{day_in_words(end)}结束，至今没有结果"
    )
