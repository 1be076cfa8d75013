"""The working calendar: which days count, and why. Rule in words: docs/rules/calendar.md

Limits of the licensing law are counted in working days without statutory holidays (许可法 82). Which days those are is
published once a year by the State Council's general office; weekends worked in exchange (调休) are working days. A year
without a notice must not stop anybody: its Mondays to Fridays count provisionally, and every answer says so.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, time, timedelta
from importlib import resources
from itertools import pairwise
from types import MappingProxyType

from .said import said

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class OutOfReach(ValueError):
    """A date beyond what can be reckoned (after the year 9999)."""

    def __init__(self) -> None:
        super().__init__(said("日期超出可计算范围。"))


@dataclass(frozen=True, slots=True)
class Day:
    """What a notice, or the city's own table, says about one day.

    working: does it count; name: the feast it belongs to (国庆节);
    lieu: a weekday off in exchange for a worked weekend; source: the notice.
    """

    working: bool
    name: str = ""
    lieu: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an office is open on a working day: spans of local time, in order, not overlapping.

    Raises ValueError for spans that are empty, backwards or overlapping.
    """

    spans: tuple[tuple[time, time], ...] = ((time(8, 30), time(12)), (time(14, 30), time(17, 30)))

    def __post_init__(self) -> None:
        """Refuse hours in which nothing could be counted."""
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise ValueError("办公时间须按先后排列，且不得重叠。")

    @property
    def opening(self) -> time:
        """When the day's work begins."""
        return self.spans[0][0]

    @property
    def closing(self) -> time:
        """When the day's work ends."""
        return self.spans[-1][1]


OFFICE_HOURS = OfficeHours()
"""Local default of a Guangdong hall; a city sets its own."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days, by exception: `days` holds only what differs from Monday to Friday.

    days: exceptions by date; published: the years for which a notice is known.
    """

    days: Mapping[date, Day]
    published: frozenset[int]
    _years: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)

    def is_working(self, day: date) -> bool:
        """Does this day count as a working day?"""
        known = self.days.get(day)
        return known.working if known else day.weekday() < SATURDAY

    def is_provisional(self, day: date) -> bool:
        """Is the answer for this day a guess, because its year's notice has not been published?"""
        return day.year not in self.published and day not in self.days

    def why(self, day: date) -> str:
        """The day's nature in Chinese: 工作日, 周末, 法定节假日：国庆节, 调休上班（国庆节）."""
        known = self.days.get(day)
        if known is None:
            return said("工作日") if day.weekday() < SATURDAY else said("周末")
        if not known.working:
            feast = said(known.name or "放假")
            return said("法定节假日：{feast}（调休放假）" if known.lieu else "法定节假日：{feast}", feast=feast)
        if day.weekday() < SATURDAY:
            return said("工作日")
        return said("调休上班（{feast}）", feast=said(known.name)) if known.name else said("调休上班")

    def next_working(self, day: date) -> date:
        """The first working day strictly after this day."""
        return self.working_after(day, 1)

    def working_from(self, day: date) -> date:
        """This day if it is a working day, else the next one."""
        return day if self.is_working(day) else self.next_working(day)

    def working_after(self, day: date, count: int) -> date:
        """The count-th working day after this day; count at least 1. Raises OutOfReach."""
        year, left, ordinal = day.year, count, day.toordinal()
        while year < MAXYEAR:
            working = self._working_days(year)
            position = bisect_right(working, ordinal) + left - 1
            if position < len(working):
                return date.fromordinal(working[position])
            left, year = position - len(working) + 1, year + 1
        raise OutOfReach

    def count_working(self, first: date, last: date) -> int:
        """How many working days lie from first to last, both included; 0 when last is before first."""
        if last < first:
            return 0
        below, above = first.toordinal(), last.toordinal()
        if first.year == last.year:
            working = self._working_days(first.year)
            return bisect_right(working, above) - bisect_left(working, below)
        whole = sum(len(self._working_days(year)) for year in range(first.year + 1, last.year))
        opening, closing = self._working_days(first.year), self._working_days(last.year)
        return len(opening) - bisect_left(opening, below) + whole + bisect_right(closing, above)

    def with_days(self, overrides: Mapping[date, Day], *, published: Iterable[int] = ()) -> Calendar:
        """A calendar in which the city's own table comes first.

        overrides: days as the city has them; published: years whose notice the city's table holds completely.
        """
        return Calendar(MappingProxyType({**self.days, **overrides}), self.published | frozenset(published))

    def _working_days(self, year: int) -> tuple[int, ...]:
        """The ordinals of the year's working days, ascending; reckoned once per calendar and year."""
        known = self._years.get(year)
        if known is None:
            start = date(year, 1, 1).toordinal()
            every = range(start, date(year, 12, 31).toordinal() + 1)
            known = tuple(number for number in every if self.is_working(date.fromordinal(number)))
            self._years[year] = known
        return known


def _read(year: Mapping[str, Mapping[str, str]], notice: str) -> dict[date, Day]:
    """One year of the data file as days."""
    lieu = set(year["off_in_lieu"])
    off = {date.fromisoformat(day): Day(False, name, day in lieu, notice) for day, name in year["off"].items()}
    on = {date.fromisoformat(day): Day(True, name, False, notice) for day, name in year["working_weekends"].items()}
    return off | on


def _published() -> Calendar:
    """The calendar of the notices published so far (data/holidays.json, made by tools/make_holidays.py)."""
    table = json.loads(resources.files(__package__).joinpath("data/holidays.json").read_text("utf-8"))
    days: dict[date, Day] = {}
    for year in table.values():
        days |= _read(year, year["notice"])
    return Calendar(MappingProxyType(days), frozenset(int(year) for year in table))


CHINA = _published()
"""2004–2026, from the State Council's yearly notices."""
