"""A time that figures are asked for: a year, a quarter or a month. 2026, 2026Q3, 2026-11."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

_SPAN = re.compile(r"(?P<year>[12]\d{3})(?:Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.ASCII)


class Span(NamedTuple):
    """From the first day of a month to the first day of the month after the last one."""

    key: str
    first: date
    end: date

    @property
    def words(self) -> str:
        """2026年第四季度, as people say it."""
        found = _SPAN.fullmatch(self.key)
        if found and found["quarter"]:
            number = (_("一"), _("二"), _("三"), _("四"))[int(found["quarter"]) - 1]
            return _("%(year)s年第%(number)s季度") % {"year": self.first.year, "number": number}
        if found and found["month"]:
            return _("%(year)s年%(month)s月") % {"year": self.first.year, "month": self.first.month}
        return _("%(year)s年") % {"year": self.first.year}

    @property
    def within(self) -> Q:
        """A condition over months."""
        return Q(month__gte=self.first, month__lt=self.end)


def span(text: str) -> Span | None:
    """What somebody asked for; None where it is no time."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"])
    first, months = 1, 12
    if found["quarter"]:
        first, months = 3 * int(found["quarter"]) - 2, 3
    elif found["month"]:
        first, months = int(found["month"]), 1
    after = first + months
    return Span(text, date(year, first, 1), date(year + (after > 12), (after - 1) % 12 + 1, 1))


def spans(months: list[date]) -> list[Span]:
    """What may be chosen, given the months of which there are figures: years, then their quarters, newest first."""
    years = sorted({str(each.year) for each in months}, reverse=True)
    quarters = sorted({f"{each.year}Q{(each.month - 1) // 3 + 1}" for each in months}, reverse=True)
    singles = sorted({f"{each:%Y-%m}" for each in months}, reverse=True)[:6]
    return [found for key in (*years, *quarters[:8], *singles) if (found := span(key)) is not None]
