"""Reading cards and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.cases.queries import BOUND, LISTED, coming, face_of, in_agencies, pressure
from yimen.city.queries import agencies as city_agencies
from yimen.city.queries import calendar
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.paging import Page, behind, cut, merge, page
from yimen.kit.prepared import prepared
from yimen.kit.time import day_of
from yimen.law.card_rules import BY_CODE
from yimen.supervision.access import visible
from yimen.supervision.choices import Level
from yimen.supervision.models import Card
from yimen.ui.faces import CLOCKS
from yimen.ui.words import people_date, people_datetime

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.city.models import Agency

FEW = 9
DAYS, AHEAD, SIZE, BY = 30, 5, 50, ("due_on", "id")
COLUMNS = ("running", "due_today", "overdue", "warning", "yellow", "red")


class NoSuchCard(NotFound):
    code = "no_such_card"
    sentence = "没有找到这张预警或者红黄牌。"


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


@dataclass(frozen=True)
class Cell:
    """warmth: 0 to 3, how full beside the others."""

    day: date
    count: int
    warmth: int


@dataclass(frozen=True)
class Ahead:
    agency: Agency
    cells: list[Cell]


def cards(
    actor: Actor,
    *,
    level: str = "",
    case: str = "",
    agency: int | None = None,
    since: datetime | None = None,
    cursor: str | None = None,
    size: int = SIZE,
) -> Page[Card]:
    """A page of the cards one may see, newest first."""
    rows = Card.objects.filter(visible(actor)).select_related("agency", "case__item")
    if since:
        rows = rows.filter(issued_at__gte=since)
    if level:
        rows = rows.filter(level=level)
    if case:
        rows = rows.filter(number=case)
    if agency:
        rows = rows.filter(agency_id=agency)
    return page(rows, by=("-id",), cursor=cursor, size=size)


def card_rows(found: Iterable[Card]) -> list[dict[str, Any]]:
    """Cards as the tag `table` shows them."""
    return [
        {
            "level": card.level,
            "title": BY_CODE[card.rule].title,
            "item": card.case.item_name if card.case else _("更正申请"),
            "agency": card.agency.short or card.agency.name if card.agency else _("人员登记"),
            "at": card.issued_at,
            "url": reverse("supervision:card", args=[card.pk]),
        }
        for card in found
    ]


def explained(card: Card, at: datetime) -> dict[str, Any]:
    """The rule and the facts that the card froze, and the clock with its reckoning as it stands now."""
    rule, clock = BY_CODE[card.rule], card.clock
    given = date.fromisoformat(card.facts["due_on"]) if card.facts.get("due_on") else None
    since = date.fromisoformat(card.facts["from"]) if card.facts.get("from") else None
    lines = [
        (_("规则"), f"{rule.title}（{card.rule}，{rule.source}）"),
        (_("时限"), CLOCKS[clock.kind]),
        (_("发出时"), people_datetime(card.issued_at, at)),
        (_("当时的到期日"), people_date(given, at)),
        (_("从哪天起符合规则"), people_date(since, at)),
        (_("当时已延长"), _("%d 个工作日") % card.facts["extension"] if card.facts.get("extension") else ""),
    ]
    facts = [{"label": label, "value": value} for label, value in lines if value]
    return {"facts": facts, "face": face_of(clock, at)}


def totals(rows: Iterable[Row]) -> dict[str, int]:
    """The numbers above the board: the sums of its columns."""
    listed = list(rows)
    return {name: sum(getattr(row, name) for row in listed) for name in COLUMNS}


def of(case: Case) -> list[Card]:
    return _of(case.pk)


@prepared
def _of(case: int) -> QuerySet[Card]:
    return Card.objects.filter(case=case).order_by("id")


def card(pk: int, actor: Actor) -> Card:
    """One card with its clock. Raises NoSuchCard."""
    rows = Card.objects.filter(visible(actor), pk=pk).select_related("agency", "case", "clock")
    found = rows.prefetch_related("clock__pauses").first()
    if found is None:
        raise NoSuchCard
    return found


def board(actor: Actor, at: datetime, *, days: int = DAYS) -> list[Row]:
    """Every agency one supervises that has cases under way or cards, the worst first."""
    counted = pressure(actor.agencies, day_of(at))
    issued = _counted_cards(actor, at - timedelta(days=days))
    agencies = city_agencies().in_bulk(list(counted.keys() | issued.keys()))
    rows = [
        Row(agency, *counted.get(key, (0, 0, 0)), *(issued.get(key, {}).get(level, 0) for level in Level.values))
        for key, agency in agencies.items()
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.red, -row.yellow, -row.due_today, row.agency.code))


def coming_days(at: datetime, count: int = AHEAD) -> list[date]:
    """The next working days after today."""
    known, today = calendar(), day_of(at)
    return [known.working_after(today, turn) for turn in range(1, count + 1)]


def heat(actor: Actor, days: Sequence[date]) -> list[Ahead]:
    """What falls due on coming days, by agency, the fullest first; agencies with nothing are left out."""
    counted = coming(actor.agencies, days)
    agencies = city_agencies().in_bulk(list({agency for agency, _ in counted}))
    most = max(FEW, *counted.values()) if counted else FEW
    rows = [
        Ahead(agency, [Cell(day, n := counted.get((key, day), 0), _warmth(n, most)) for day in days])
        for key, agency in agencies.items()
    ]
    return sorted(rows, key=lambda row: (-sum(cell.count for cell in row.cells), row.agency.code))


def _warmth(count: int, most: int) -> int:
    """0 to 3: nothing, and thirds of the fullest cell; a few are never hot."""
    return -(-3 * count // most) if count else 0


def due_list(
    actor: Actor,
    at: datetime,
    *,
    overdue: bool,
    day: date | None = None,
    agency: int | None = None,
    cursor: str | None = None,
) -> Page[Case]:
    """Cases due today, or on another day, or overdue, in the agencies one supervises: those that `board` counts."""
    reach = [agency] if agency is not None and agency in actor.agencies else sorted(actor.agencies)
    rows = in_agencies(reach).select_related(None).only(*LISTED)
    rows = rows.filter(due_on__lt=day_of(at)) if overdue else rows.filter(due_on=day or day_of(at))
    if cursor:
        rows = behind(rows, BY, cursor)
    over = {"agency_id": reach, "state": [str(state) for state in BOUND]}
    return cut(merge(rows, over=over, by=BY, size=SIZE + 1), by=BY, size=SIZE)


def _counted_cards(actor: Actor, since: datetime) -> dict[int, dict[str, int]]:
    counted: dict[int, dict[str, int]] = {}
    rows = Card.objects.filter(visible(actor), issued_at__gte=since, agency__isnull=False).order_by()
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
