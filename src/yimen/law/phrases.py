"""How a day and a span of days are said."""

from __future__ import annotations

from datetime import date

from .said import said

MONTHS = (
    said("1月"), said("2月"), said("3月"), said("4月"), said("5月"), said("6月"),
    said("7月"), said("8月"), said("9月"), said("10月"), said("11月"), said("12月"),
)  # fmt: skip
WEEKDAYS = (
    said("星期一"), said("星期二"), said("星期三"), said("星期四"), said("星期五"), said("星期六"), said("星期日"),
)  # fmt: skip


def day_in_words(day: date, *, year: int | None = None) -> str:
    """2026年3月2日, or 3月2日 when the reader already knows the year."""
    month = MONTHS[day.month - 1]
    if day.year == year:
        return said("{month}{day}日", month=month, day=day.day)
    return said("{year}年{month}{day}日", year=day.year, month=month, day=day.day)


def span_in_words(first: date, last: date, *, year: int | None = None) -> str:
    """3月9日至13日, 3月30日至4月3日, 2025年12月31日至2026年1月4日; one day alone as itself."""
    if first == last:
        return day_in_words(first, year=year)
    if (first.year, first.month) != (last.year, last.month):
        begins, ends = day_in_words(first, year=year), day_in_words(last, year=first.year)
        return said("{begins}至{ends}", begins=begins, ends=ends)
    month = MONTHS[first.month - 1]
    if first.year == year:
        return said("{month}{first}日至{last}日", month=month, first=first.day, last=last.day)
    return said("{year}年{month}{first}日至{last}日", year=first.year, month=month, first=first.day, last=last.day)


def weekday_in_words(day: date) -> str:
    """星期三."""
    return WEEKDAYS[day.weekday()]
