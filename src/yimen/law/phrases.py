"""How a day and a span of days are said in Chinese."""

from __future__ import annotations

from datetime import date

WEEKDAYS = "一二三四五六日"


def day_in_words(day: date, *, year: int | None = None) -> str:
    """2026年3月2日, or 3月2日 when the reader already knows the year."""
    short = f"{day.month}月{day.day}日"
    return short if day.year == year else f"{day.year}年{short}"


def span_in_words(first: date, last: date, *, year: int | None = None) -> str:
    """3月9日至13日, 3月30日至4月3日, 2025年12月31日至2026年1月4日; one day alone as itself."""
    begins = day_in_words(first, year=year)
    if first == last:
        return begins
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{begins}至{last.day}日" if same_month else f"{begins}至{day_in_words(last, year=first.year)}"


def weekday_in_words(day: date) -> str:
    """星期三."""
    return f"星期{WEEKDAYS[day.weekday()]}"
