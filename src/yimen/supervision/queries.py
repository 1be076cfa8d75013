"""Reading cards and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from yimen.cases.queries import in_agencies
from yimen.city.queries import agencies as city_agencies
from yimen.clocks.queries import open_clocks
from yimen.kit.actor import Actor
from yimen.kit.paging import Page, page
from yimen.kit.time import day_of
from yimen.law.clocks import ClockKind
from yimen.supervision.access import visible
from yimen.supervision.choices import Level
from yimen.supervision.models import Card

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.city.models import Agency

BINDING = (ClockKind.ACCEPTANCE, ClockKind.PROMISE, ClockKind.STATUTORY, ClockKind.DELIVERY)


@dataclass(frozen=True)
class Row:
    """One agency on the board: what is due today and overdue now, and the cards of the last thirty days."""

    agency: Agency
    running: int
    due_today: int
    overdue: int
    warning: int
    yellow: int
    red: int


def cards(
    actor: Actor, *, level: str = "", case: str = "", agency: int | None = None, cursor: str | None = None
) -> Page[Card]:
    """A page of the cards one may see, newest first."""
    rows = Card.objects.filter(visible(actor)).select_related("agency", "case")
    if level:
        rows = rows.filter(level=level)
    if case:
        rows = rows.filter(number=case)
    if agency:
        rows = rows.filter(agency_id=agency)
    return page(rows, by=("-id",), cursor=cursor)


def of(case: Case) -> list[Card]:
    return list(Card.objects.filter(case=case).order_by("id"))


def board(actor: Actor, at: datetime, *, days: int = 30) -> list[Row]:
    """Every agency one supervises that has running clocks or cards, the worst first."""
    today, since = day_of(at), at - timedelta(days=days)
    clocks = _counted_clocks(list(actor.agencies), today)
    issued = _counted_cards(actor, since)
    agencies = city_agencies().in_bulk(list(clocks.keys() | issued.keys()))
    rows = [
        Row(agency, *clocks.get(key, (0, 0, 0)), *(issued.get(key, {}).get(level, 0) for level in Level.values))
        for key, agency in agencies.items()
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.red, -row.yellow, -row.due_today, row.agency.code))


def due_list(
    actor: Actor, at: datetime, *, overdue: bool, agency: int | None = None, cursor: str | None = None
) -> Page[Case]:
    """Cases due today, or overdue, in the agencies one supervises."""
    rows = in_agencies([agency] if agency in actor.agencies and agency is not None else actor.agencies)
    rows = rows.filter(due_on__lt=day_of(at)) if overdue else rows.filter(due_on=day_of(at))
    return page(rows, by=("due_on", "id"), cursor=cursor)


def _counted_clocks(agencies: Sequence[int], today: date) -> dict[int, tuple[int, int, int]]:
    rows = (
        open_clocks(agencies)
        .filter(kind__in=BINDING)
        .order_by()
        .values("agency_id")
        .annotate(
            running=Count("id"),
            due=Count("id", filter=Q(due_on=today)),
            late=Count("id", filter=Q(due_on__lt=today, paused_on=None)),
        )
    )
    return {row["agency_id"]: (row["running"], row["due"], row["late"]) for row in rows}


def _counted_cards(actor: Actor, since: datetime) -> dict[int, dict[str, int]]:
    counted: dict[int, dict[str, int]] = {}
    rows = Card.objects.filter(visible(actor), issued_at__gte=since).order_by()
    for row in rows.values("agency_id", "level").annotate(count=Count("id")):
        counted.setdefault(row["agency_id"], {})[row["level"]] = row["count"]
    return counted


def part(case: Case, actor: Actor, at: datetime) -> list[dict[str, object]]:
    """Cards as the API shows them with the case: to staff only."""
    if case.agency_id not in actor.agencies:
        return []
    return [
        {"rule": card.rule, "level": card.level, "reason": card.reason, "issued_at": card.issued_at}
        for card in of(case)
    ]
