"""A day as somebody typed it, for forms whose fields are a sheet's."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

YEARS = range(1990, 2100)


def read_day(text: str) -> tuple[date | None, str]:
    """The day and "", or None and what is wrong with it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, _("请填写日期，例如 2026-03-02。")
    if day.year in YEARS:
        return day, ""
    return None, _("请填写 1990 年到 2099 年之间的日期。")
