"""What a window may do on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from yimen.hall.models import WindowAuthorisation
from yimen.kit.commands import keep_once
from yimen.kit.errors import NotFound
from yimen.kit.prepared import prepared


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
    given = keep_once(f"hall.authority:{window}:{agency}:{day}", lambda: _between(window, agency, day))
    found = [row for row in given if row.covers(slug)]
    return Authority(accepts=bool(found), decides=any(row.decides_instant for row in found))


@prepared
def _between(window: int, agency: int, day: date) -> QuerySet[WindowAuthorisation]:
    return in_force(day).filter(window_id=window, agency_id=agency)


def in_force(day: date) -> QuerySet[WindowAuthorisation]:
    return WindowAuthorisation.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def authorities(window: int | None, day: date) -> dict[int, list[WindowAuthorisation]]:
    """{agency: its authorisations in force} of a window, for lists of items."""
    found: dict[int, list[WindowAuthorisation]] = {}
    for row in in_force(day).filter(window_id=window) if window else ():
        found.setdefault(row.agency_id, []).append(row)
    return found


def agencies_served(window: int, day: date) -> list[int]:
    """Ids of the agencies for which a window accepts."""
    return list(in_force(day).filter(window_id=window).values_list("agency_id", flat=True).distinct())


def entrusted(day: date) -> dict[int, int]:
    """{window: how many agencies entrust it on a day}."""
    rows = in_force(day).values("window_id").annotate(agencies=Count("agency", distinct=True))
    return {row["window_id"]: row["agencies"] for row in rows}


def authorisations(window: int) -> list[WindowAuthorisation]:
    """All that a window ever had, newest first."""
    return list(WindowAuthorisation.objects.filter(window_id=window).select_related("agency").order_by("-since", "-id"))


def authorisation(pk: int) -> WindowAuthorisation:
    """Raises NotFound."""
    found = WindowAuthorisation.objects.filter(pk=pk).select_related("agency").first()
    if found is None:
        raise NotFound("没有找到这份授权。")
    return found


def is_open(given: WindowAuthorisation, day: date) -> bool:
    """In force, or to be in force later."""
    return given.until is None or given.until >= day


def line(given: WindowAuthorisation, day: date) -> dict[str, Any]:
    """An authorisation as people read it."""
    return {
        "pk": given.pk,
        "agency": given.agency.name,
        "items": given.items,
        "decides": given.decides_instant,
        "document_no": given.document_no,
        "since": given.since,
        "until": given.until,
        "future": given.since > day,
    }
