"""Quarters: 2026Q4, in words 2026 年第四季度."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from yimen.kit.errors import NotFound

QUARTER = re.compile(r"^(20\d\d)Q([1-4])$", re.ASCII)


class NoSuchQuarter(NotFound):
    code = "no_such_quarter"
    sentence = "这个季度没有公布过这份清单，请从已公布的季度中选择。"


def quarter_of(day: date) -> str:
    """The quarter in which a day falls."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def first_day(quarter: str) -> date:
    """Its first day. Raises NoSuchQuarter for something else."""
    found = QUARTER.match(quarter)
    if found is None:
        raise NoSuchQuarter
    return date(int(found[1]), int(found[2]) * 3 - 2, 1)


def words(quarter: str) -> str:
    """2026 年第四季度."""
    first = first_day(quarter)
    names = {1: _("第一季度"), 4: _("第二季度"), 7: _("第三季度"), 10: _("第四季度")}
    return _("%(year)s 年%(quarter)s") % {"year": first.year, "quarter": names[first.month]}
