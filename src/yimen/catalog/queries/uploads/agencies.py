"""Which agencies' catalogues somebody may take out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from yimen.catalog.access import DESK
from yimen.catalog.models import Item
from yimen.city import queries as city
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden

if TYPE_CHECKING:
    from yimen.city.models import Agency


def agencies_with_items(by: Actor) -> list[tuple[str, str, int]]:
    """(code, name, number of items) of the agencies that one's post reaches and that have items."""
    counted = dict(Item.objects.order_by().values_list("agency").annotate(Count("pk")))
    rows = city.agencies().filter(pk__in=counted).order_by("division__path", "code")
    return [(row.code, row.name, counted[row.pk]) for row in rows if _may(by, row)]


def agency_to_export(code: str, by: Actor) -> Agency:
    """The agency whose workbook is asked for. Raises NotFound, Forbidden."""
    agency = city.agency(code)
    if not _may(by, agency):
        raise Forbidden("您的岗位不能下载这个部门的事项。")
    return agency


def _may(by: Actor, agency: Agency) -> bool:
    """Drafts are in it, so it isn't for everybody: who works on the agency's items, and the administrator."""
    return by.may("administrator") or any(by.may(duty, agency.pk) for duty in DESK)
