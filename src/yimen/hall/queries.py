"""What a window may do on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yimen.hall.models import WindowAuthorisation
from yimen.kit.commands import memo


@dataclass(frozen=True)
class Authority:
    """accepts: may take the item on for the agency. decides: may also decide it on the spot (即办件)."""

    accepts: bool
    decides: bool


NONE = Authority(accepts=False, decides=False)


def authority(*, window: int | None, agency: int, slug: str, day: date) -> Authority:
    """What the authorisations in force on the day let a window do with an item of an agency."""
    if window is None:
        return NONE
    remembered, key = memo(), f"hall.authority:{window}:{agency}:{day}"
    if key not in remembered:
        remembered[key] = list(in_force(day).filter(window_id=window, agency_id=agency))
    found = [row for row in remembered[key] if row.covers(slug)]
    return Authority(accepts=bool(found), decides=any(row.decides_instant for row in found))


def in_force(day: date) -> QuerySet[WindowAuthorisation]:
    return WindowAuthorisation.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def agencies_served(window: int, day: date) -> list[int]:
    """Ids of the agencies for which a window accepts."""
    return list(in_force(day).filter(window_id=window).values_list("agency_id", flat=True).distinct())
