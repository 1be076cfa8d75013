"""Is one limit longer than another, in whatever units? Rule in words: docs/rules/catalogue.md

Every limit is a span of natural days between a least and a most, whatever day it begins on; two limits are compared
surely when their spans don't overlap, or when the units are ordered by themselves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from yimen.law.said import Said, said

HOURS_A_DAY = 8  # 国务院关于职工工作时间的规定 第三条
LONGEST_REST = 10  # 全国年节及纪念日放假办法: the longest holiday of a year with its weekends, as in 2020
SWAPPED = 2  # weekend days before and after a holiday on which one works (yearly notices of the State Council)
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Order(StrEnum):
    """What is known of two limits: the first fits within the second, may exceed it, or surely does."""

    FITS = "fits"
    UNSURE = "unsure"
    EXCEEDS = "exceeds"


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer with its argument, Chinese."""

    order: Order
    argument: str


def compared(first: float, first_unit: str, second: float, second_unit: str) -> Compared:
    """Does the first limit keep within the second? units: 工作日, 自然日, 小时, 月."""
    if first == 0:
        return Compared(Order.FITS, said("当场办结，不会更长"))
    if first_unit == second_unit:
        order = Order.FITS if first <= second else Order.EXCEEDS
        return Compared(order, said("单位相同，直接比较"))
    if _working(first_unit) and _working(second_unit):
        return _by_working_days(first, first_unit, second, second_unit)
    if first_unit == "自然日" and second_unit == "工作日" and first <= second:
        return Compared(Order.FITS, said("同样的天数，自然日不会比工作日更晚到期"))
    return _by_spans(span(first, first_unit), span(second, second_unit))


def span(amount: float, unit: str) -> tuple[int, int]:
    """The least and the most natural days that a limit can take.

    Working days: at least the weekends (国务院关于职工工作时间的规定 第七条) but for a few on which one works instead,
    at most the longest holidays too; so it was on every day since 2005. Months: the shortest and the longest run.
    """
    if unit == "自然日":
        return math.ceil(amount), math.ceil(amount)
    if unit == "月":
        return _months(math.ceil(amount))
    days = math.ceil(amount / HOURS_A_DAY if unit == "小时" else amount)
    if days == 0:
        return 0, 0
    most = days + 2 * math.ceil(days / 5) + LONGEST_REST * (1 + days // 45)
    return max(days, _least(days)), most


def _least(days: int) -> int:
    """The shortest run of days with so many working days, however the week begins."""
    worked = days - SWAPPED * (1 + days // 60)
    run = worked
    while run - 2 * (run // 7) - max(0, run % 7 - 5) < worked:
        run += 1
    return run


def _working(unit: str) -> bool:
    return unit in ("工作日", "小时")


def _by_working_days(first: float, first_unit: str, second: float, second_unit: str) -> Compared:
    in_days = [
        amount / HOURS_A_DAY if unit == "小时" else amount
        for amount, unit in ((first, first_unit), (second, second_unit))
    ]
    order = Order.FITS if in_days[0] <= in_days[1] else Order.EXCEEDS
    return Compared(order, said("每个工作日按 {hours} 小时折算", hours=HOURS_A_DAY))


def _by_spans(first: tuple[int, int], second: tuple[int, int]) -> Compared:
    told = said("前者折合 {first}，后者折合 {second}", first=_days(first), second=_days(second))
    if first[1] <= second[0]:
        return Compared(Order.FITS, said("{told}，总不会更长", told=told))
    if first[0] > second[1]:
        return Compared(Order.EXCEEDS, said("{told}，总是更长", told=told))
    return Compared(Order.UNSURE, said("{told}，遇到节假日可能更长", told=told))


def _days(bounds: tuple[int, int]) -> str:
    least, most = bounds
    if least == most:
        return in_units(least, "自然日")
    return said("{least} 至 {most} 个自然日", least=least, most=most)


def in_units(amount: float, unit: str) -> Said:
    """3 个工作日."""
    return said("{amount} 个{unit}", amount=f"{amount:g}", unit=said(unit))


def _months(count: int) -> tuple[int, int]:
    """Over every month to begin with; February has a 29th day in the longest run only."""
    years, rest = divmod(count, 12)
    runs = [sum(MONTHS[(begin + each) % 12] for each in range(rest)) for begin in range(12)]
    leaps = 0 if rest == 0 else 1
    return min(runs) + 365 * years, max(runs) + 365 * years + leaps + math.ceil(years / 4)


def in_working_days(amount: float, unit: str) -> float:
    """About how many working days a limit is, for sums over many items: five in seven days, thirty days a month."""
    rates = {"工作日": 1.0, "自然日": 5 / 7, "小时": 1 / HOURS_A_DAY, "月": 30 * 5 / 7}
    return round(amount * rates[unit], 1)
