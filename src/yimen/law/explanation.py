"""A due date with its reasons, in words. Rule in words: docs/rules/limits.md

A due date nobody can check is a claim. A reckoning names every day that was counted and, for every day that was not,
the reason, so that a citizen can count along.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .calendar import OfficeHours
from .phrases import day_in_words, span_in_words, weekday_in_words
from .terms import Limit, Pause, Unit, extension_unit

WEEKEND = "周末"
MADE_UP = "调休上班"
FIRST_NOTICE = 2004
ROLL_ARTICLE = "民法典第二百零三条"

Span = tuple[date, date, str]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A due date with its reasons.

    opened: the day that is not counted; due: the last day in time; due_at: its last moment, local time;
    counted: every day that was counted; not_counted: (first, last, reason in Chinese) in order;
    rolled: (the limit's own last day, why the office was not working on it) where the end moved, else None;
    worked_weekends: counted days that are 调休; unpublished: the years without a notice; running: the pause not ended;
    hours: when the office is open, for limits in hours.
    """

    opened: date
    limit: Limit
    extension: int
    due: date
    due_at: datetime
    counted: list[date]
    not_counted: list[Span]
    rolled: tuple[date, str] | None
    worked_weekends: list[date]
    unpublished: list[int]
    running: Pause | None
    hours: OfficeHours | None = None

    @property
    def provisional(self) -> bool:
        """Can the date still change without anybody doing anything wrong?"""
        return bool(self.unpublished) or self.running is not None

    def sentences(self) -> list[str]:
        """The reckoning in plain Chinese, one thought a sentence."""
        parts = (
            self._opening,
            self._hours,
            self._counted,
            self._not_counted,
            self._rolled,
            self._due,
            self._unpublished,
            self._paused,
        )
        return [sentence for part in parts if (sentence := part())]

    def text(self) -> str:
        """The sentences as one paragraph."""
        return "".join(self.sentences())

    def _opening(self) -> str:
        source = f"（{self.limit.source}）" if self.limit.source else ""
        more = f"，经批准延长{self.extension}{extension_unit(self.limit.unit).label}" if self.extension else ""
        uncounted = "" if self.limit.unit is Unit.HOUR or self.limit.instant else "，当日不计入"
        length = "当日办结" if self.limit.instant else f"期限{self.limit}"
        return f"从{day_in_words(self.opened)}起算{uncounted}；{length}{source}{more}。"

    def _hours(self) -> str:
        """The lunch gap and the night are what people ask about."""
        if self.hours is None:
            return ""
        spans = "、".join(f"{begins:%H:%M}至{ends:%H:%M}" for begins, ends in self.hours.spans)
        return f"办公时间为{spans}，其余时间不计入。"

    def _counted(self) -> str:
        if not self.counted:
            return ""
        runs = "、".join(span_in_words(first, last, year=self.opened.year) for first, last in runs_of(self.counted))
        made_up = "、".join(day_in_words(day, year=self.opened.year) for day in self.worked_weekends)
        note = f"（其中{made_up}为{MADE_UP}）" if made_up else ""
        unit = self.limit.unit.label if self.limit.unit in (Unit.WORKING_DAY, Unit.NATURAL_DAY) else "天"
        return f"计入：{runs}，共{len(self.counted)}{unit}{note}。"

    def _not_counted(self) -> str:
        named = [
            span_in_words(first, last, year=self.opened.year) + reason
            for first, last, reason in self.not_counted
            if reason != WEEKEND
        ]
        weekends = sum((last - first).days + 1 for first, last, reason in self.not_counted if reason == WEEKEND)
        named += [f"{WEEKEND}{weekends}天"] if weekends else []
        return f"不计入：{'；'.join(named)}。" if named else ""

    def _rolled(self) -> str:
        if self.rolled is None:
            return ""
        day, reason = self.rolled
        return (
            f"期限最后一日{day_in_words(day, year=self.opened.year)}为{reason}，顺延至下一个工作日（{ROLL_ARTICLE}）。"
        )

    def _due(self) -> str:
        moment = f"{self.due_at:%H:%M}前" if self.limit.unit is Unit.HOUR else "办公时间结束前"
        return f"到期日：{day_in_words(self.due)}（{weekday_in_words(self.due)}）{moment}。"

    def _unpublished(self) -> str:
        """Before the first notice of the table nothing will be published any more."""
        gone, coming = (
            "、".join(f"{year}年" for year in self.unpublished if (year < FIRST_NOTICE) is before)
            for before in (True, False)
        )
        told = f"{gone}的放假安排没有收录，按周一至周五为工作日计算。" if gone else ""
        return told + (f"{coming}的放假安排尚未公布，暂按周一至周五为工作日计算，公布后重新计算。" if coming else "")

    def _paused(self) -> str:
        if self.running is None:
            return ""
        since = day_in_words(self.running.first, year=self.opened.year)
        ground = self.running.ground or "特别程序"
        return f"暂停中：自{since}起因{ground}暂停计时，尚未恢复；以上到期日为暂计，恢复后重新计算。"


def runs_of(days: list[date]) -> list[tuple[date, date]]:
    """Ascending days as (first, last) of each unbroken run."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def merged(reasons: list[tuple[date, str]]) -> list[Span]:
    """Ascending days with their reasons, as spans over which the reason is the same and no day is missing."""
    spans: list[Span] = []
    for day, reason in reasons:
        if spans and spans[-1][2] == reason and (day - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], day, reason)
        else:
            spans.append((day, day, reason))
    return spans
