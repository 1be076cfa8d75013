"""Dates, limits and amounts as people say them. Pure functions; the present instant is passed in."""

from __future__ import annotations

from calendar import month_abbr
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yimen.kit.time import day_of, local

WEEKDAYS = (
    gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四"), gettext_lazy("周五"),
    gettext_lazy("周六"), gettext_lazy("周日"),
)  # fmt: skip
KIB = 1024


def people_date(day: date | datetime | None, now: date | datetime | None = None) -> str:
    """10月10日（周五）; with the year when it is not the year of `now`, or when `now` is not given."""
    if day is None or day == "":
        return ""
    day = _day(day)
    facts = _date_facts(day)
    if now and _day(now).year == day.year:
        return _("%(month)d月%(day)d日（%(weekday)s）") % facts
    return _("%(year)d年%(month)d月%(day)d日（%(weekday)s）") % facts


def plain_date(day: date | datetime | None) -> str:
    """2025年10月10日, as printed on papers and licences."""
    return _("%(year)d年%(month)d月%(day)d日") % _date_facts(_day(day)) if day else ""


def people_datetime(at: datetime | None, now: date | datetime | None = None) -> str:
    """10月10日（周五）14:32"""
    if not at:
        return ""
    return _("%(date)s%(time)s") % {"date": people_date(at, now), "time": people_time(at)}


def people_when(at: datetime | None, now: datetime) -> str:
    """Short, for lists: 今天 14:32 · 昨天 09:10 · 10月8日 · 2024年12月3日"""
    if not at:
        return ""
    day, today = _day(at), _day(now)
    if day == today:
        return _("今天 %s") % people_time(at)
    if day == today - timedelta(days=1):
        return _("昨天 %s") % people_time(at)
    return _("%(month)d月%(day)d日") % _date_facts(day) if day.year == today.year else plain_date(day)


def people_time(at: datetime | None) -> str:
    """14:32"""
    return f"{local(at):%H:%M}" if at else ""


def days_left(left: int | None, unit: str = "working_day") -> str:
    """还剩 3 个工作日 · 今天到期 · 已超期 2 个工作日"""
    if left is None:
        return ""
    if left == 0:
        return _("不到 1 小时") if unit == "hour" else _("今天到期")
    words = amount_of(abs(left), unit)
    return _("还剩 %s") % words if left > 0 else _("已超期 %s") % words


def amount_of(number: int, unit: str = "working_day") -> str:
    """3 个工作日"""
    facts = {"n": number}
    match str(unit):
        case "natural_day":
            return ngettext("%(n)d 天", "%(n)d 天", number) % facts
        case "hour":
            return ngettext("%(n)d 小时", "%(n)d 小时", number) % facts
        case "month":
            return ngettext("%(n)d 个月", "%(n)d 个月", number) % facts
        case _:
            return ngettext("%(n)d 个工作日", "%(n)d 个工作日", number) % facts


def limit(number: int | None, unit: str = "working_day") -> str:
    """10 个工作日; nought is 当场办结; unknown is 未公布."""
    if number is None:
        return _("未公布")
    return amount_of(number, unit) if number else _("当场办结")


def money(amount: Any) -> str:
    """¥1,280.00; nought is 不收费."""
    if amount is None or amount == "":
        return ""
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    return f"¥{value:,.2f}" if value else _("不收费")


def size(count: int | None) -> str:
    """1.2 MB"""
    if count is None:
        return ""
    if count < KIB * KIB:
        return f"{max(1, round(count / KIB))} KB"
    return f"{count / KIB / KIB:.1f} MB"


def _day(value: date | datetime) -> date:
    return day_of(value) if isinstance(value, datetime) else value


def _date_facts(day: date) -> dict[str, Any]:
    return {
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "weekday": WEEKDAYS[day.weekday()],
        "month_name": month_abbr[day.month],
    }
