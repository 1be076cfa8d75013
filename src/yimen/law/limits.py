"""The front door of reckoning time: what other rooms need is imported from here. Rule in words: docs/rules/limits.md

Behind it: `terms` (what a limit is), `counting` (days), `office` (hours), `due` (the answer), `reckoning` (its
reasons), `explanation` (the reasons in words).
"""

from __future__ import annotations

from .calendar import OFFICE_HOURS, OfficeHours
from .counting import CHINA_TIME, local, planned_end
from .due import due_at, due_on, used, working_days_left
from .explanation import Reckoning
from .office import opening_day
from .reckoning import reckon
from .terms import Limit, Pause, Unit, extension_unit

__all__ = [
    "CHINA_TIME",
    "OFFICE_HOURS",
    "Limit",
    "OfficeHours",
    "Pause",
    "Reckoning",
    "Unit",
    "due_at",
    "due_on",
    "extension_unit",
    "local",
    "opening_day",
    "planned_end",
    "reckon",
    "used",
    "working_days_left",
]
