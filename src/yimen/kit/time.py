"""The only place that reads the machine's clock; everything below a view or a job gets time passed in."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    return datetime.now(tz=CHINA)


def local(at: datetime) -> datetime:
    return at.astimezone(CHINA)


def day_of(at: datetime) -> date:
    """The calendar day in China on which an instant falls."""
    return at.astimezone(CHINA).date()


def midnight(day: date) -> datetime:
    """The instant at which a day begins in China."""
    return datetime.combine(day, time(), CHINA)
