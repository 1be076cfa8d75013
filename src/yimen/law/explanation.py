"""A due date with its reasons, in words. Rule in words: docs/rules/limits.md

A due date nobody can check is a claim. A reckoning names every day that was counted and, for every day that was not,
the reason, so that a citizen can count along.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .calendar import OfficeHours
from .phrases import day_in_words, span_in_words, weekday_in_words
from .said import said, several
from .terms import Limit, Pause, Unit, amount_in_words, extension_unit

WEEKEND = said("周末")
MADE_UP = said("调休上班")
FIRST_NOTICE = 2004
ROLL_ARTICLE = said("民法典第二百零三条")

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
        """The reckoning in plain words, one thought a sentence."""
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
        return several(self.sentences(), "")

    def _opening(self) -> str:
        limit, unit = self.limit, extension_unit(self.limit.unit)
        more = amount_in_words(self.extension, unit) if self.extension else ""
        return said(
            "从{opened}起算{uncounted}；{length}{source}{more}。",
            opened=day_in_words(self.opened),
            uncounted="" if limit.unit is Unit.HOUR or limit.instant else said("，当日不计入"),
            length=said("当日办结") if limit.instant else said("期限{limit}", limit=str(limit)),
            source=said("（{source}）", source=said(limit.source)) if limit.source else "",
            more=said("，经批准延长{more}", more=more) if more else "",
        )

    def _hours(self) -> str:
        """The lunch gap and the night are what people ask about."""
        if self.hours is None:
            return ""
        spans = (said("{begins:%H:%M}至{ends:%H:%M}", begins=begins, ends=ends) for begins, ends in self.hours.spans)
        return said("办公时间为{spans}，其余时间不计入。", spans=several(spans))

    def _counted(self) -> str:
        if not self.counted:
            return ""
        year, number = self.opened.year, len(self.counted)
        runs = several(span_in_words(first, last, year=year) for first, last in runs_of(self.counted))
        made_up = several(day_in_words(day, year=year) for day in self.worked_weekends)
        note = said("（其中{days}为调休上班）", days=made_up) if made_up else ""
        total: str = said("{count}天", count=number)
        if self.limit.unit in (Unit.WORKING_DAY, Unit.NATURAL_DAY):
            total = amount_in_words(number, self.limit.unit)
        return said("计入：{runs}，共{total}{note}。", runs=runs, total=total, note=note)

    def _not_counted(self) -> str:
        named = [
            said("{span}{reason}", span=span_in_words(first, last, year=self.opened.year), reason=reason)
            for first, last, reason in self.not_counted
            if reason != WEEKEND
        ]
        weekends = sum((last - first).days + 1 for first, last, reason in self.not_counted if reason == WEEKEND)
        named += [said("周末{count}天", count=weekends)] if weekends else []
        return said("不计入：{named}。", named=several(named, "；")) if named else ""

    def _rolled(self) -> str:
        if self.rolled is None:
            return ""
        day, reason = self.rolled
        return said(
            "期限最后一日{day}为{reason}，顺延至下一个工作日（{article}）。",
            day=day_in_words(day, year=self.opened.year),
            reason=reason,
            article=ROLL_ARTICLE,
        )

    def _due(self) -> str:
        hourly = self.limit.unit is Unit.HOUR
        moment = said("{moment:%H:%M}前", moment=self.due_at) if hourly else said("办公时间结束前")
        weekday = weekday_in_words(self.due)
        return said("到期日：{day}（{weekday}）{moment}。", day=day_in_words(self.due), weekday=weekday, moment=moment)

    def _unpublished(self) -> str:
        """Before the first notice of the table nothing will be published any more."""
        gone, coming = (
            several(said("{year}年", year=year) for year in self.unpublished if (year < FIRST_NOTICE) is before)
            for before in (True, False)
        )
        told = [said("{years}的放假安排没有收录，按周一至周五为工作日计算。", years=gone)] if gone else []
        if coming:
            told.append(said("{years}的放假安排尚未公布，暂按周一至周五为工作日计算，公布后重新计算。", years=coming))
        return several(told, "")

    def _paused(self) -> str:
        if self.running is None:
            return ""
        return said(
            "暂停中：自{since}起因{ground}暂停计时，尚未恢复；以上到期日为暂计，恢复后重新计算。",
            since=day_in_words(self.running.first, year=self.opened.year),
            ground=said(self.running.ground or "特别程序"),
        )


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
