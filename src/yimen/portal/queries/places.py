"""Halls as a visitor needs them: where, when, and is somebody there now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yimen.catalog.queries.details import all_halls
from yimen.city.queries import calendar, office_hours
from yimen.kit.time import local
from yimen.ui.words import people_date


@dataclass(frozen=True)
class HallFace:
    """A hall. words: 现在开放，17:30 关门."""

    name: str
    address: str
    phone: str
    hours: str
    bus_lines: str
    open: bool
    words: str


def hall_faces(at: datetime) -> list[HallFace]:
    """All halls, the city's own first."""
    opened, words = openness(at)
    found = sorted(all_halls(), key=lambda hall: (len(hall.division.path), hall.code))
    return [
        HallFace(hall.name, hall.address, hall.phone, hall.open_hours, hall.bus_lines, opened, words) for hall in found
    ]


def openness(at: datetime) -> tuple[bool, str]:
    """Is office time running, and when does that change? By the working calendar and the city's office hours."""
    moment, days, spans = local(at), calendar(), office_hours().spans
    today, clock = moment.date(), moment.time()
    if days.is_working(today):
        for begins, ends in spans:
            if clock < begins:
                return False, _("现在没有开门，今天 %(time)s 开门") % {"time": f"{begins:%H:%M}"}
            if clock < ends:
                return True, _("现在开门，%(time)s 关门") % {"time": f"{ends:%H:%M}"}
    facts = {"day": people_date(days.next_working(today), at), "time": f"{spans[0][0]:%H:%M}"}
    return False, _("现在没有开门，%(day)s%(time)s 开门") % facts
