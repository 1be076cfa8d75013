"""The work list: saved views of the cases one handles, what is due first on top.

Built for a million cases: rows are taken from each agency and state by the index `case_work_list` and then merged, so
that a page costs the same however many cases wait and however many agencies a post reaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from yimen.cases.access import desk_agencies, intake_agencies
from yimen.cases.models import Case
from yimen.cases.ports import TABS, Tab, plug_tab
from yimen.catalog.queries import named
from yimen.city.choices import Duty
from yimen.kit.actor import Actor
from yimen.kit.paging import MANY, Page, behind, capped, cut, merge, place
from yimen.kit.rows import Among
from yimen.law.states import FINAL, State

SIZE = 50
LISTED = (
    "id", "number", "item_name", "applicant_name", "state", "channel", "due_on", "agency_id", "received_at",
    "accepted_at", "decided_at", "closed_at",
)  # fmt: skip
DUE, NEWEST = ("due_on", "id"), ("-id",)
DESK = frozenset({Duty.CLERK, Duty.REVIEWER, Duty.CHIEF, Duty.DELIVERER, Duty.SUPERVISOR})
INTAKE = frozenset({Duty.CLERK})
BOUND = (State.RECEIVED, State.ACCEPTED, State.DECIDED)  # the states in which a clock runs against the office


@dataclass(frozen=True)
class View:
    """A saved view. states: none means all of them. intake: only what one's window may accept."""

    key: str
    label: Any
    duties: frozenset[str]
    states: tuple[str, ...] = ()
    by: tuple[str, ...] = DUE
    intake: bool = False
    order: int = 50


VIEWS = {
    view.key: view
    for view in (
        View("received", _("待受理"), INTAKE, (State.RECEIVED,), intake=True, order=10),
        View("supplement", _("补正中"), INTAKE, (State.SUPPLEMENT,), NEWEST, intake=True, order=11),
        View("running", _("办理中"), DESK - {Duty.DELIVERER}, (State.ACCEPTED, State.PAUSED), order=15),
        View("done", _("已办结"), DESK, tuple(sorted(FINAL)), NEWEST, order=80),
        View("all", _("全部"), DESK, (), NEWEST, order=90),
    )
}


@dataclass(frozen=True)
class Asked:
    """What somebody asked the work list for, as the address holds it."""

    view: View
    q: str = ""
    item: str = ""
    agency: int | None = None

    @property
    def query(self) -> str:
        """The address without the page: it leads back to the same list, and to its next case."""
        parts = {"view": self.view.key, "q": self.q, "item": self.item, "agency": self.agency}
        return urlencode({name: value for name, value in parts.items() if value})


def asked(given: Any, actor: Actor) -> Asked:
    """From the address. Without a view: everything when something is looked for, else the first one's duties give."""
    q, agency = given.get("q", "").strip()[:60], given.get("agency", "")
    own = next((view for view in VIEWS.values() if view.duties & actor.duties), VIEWS["all"])
    view = VIEWS.get(given.get("view", ""), VIEWS["all"] if q else own)
    return Asked(view, q, given.get("item", "").strip()[:60], int(agency) if agency.isdecimal() else None)


def work(wanted: Asked, actor: Actor, at: datetime, *, cursor: str | None = None, size: int = SIZE) -> Page[Case]:
    """One page of the list. Two statements, three when an item is asked for."""
    rows = Case.objects.only(*LISTED)
    if cursor:
        rows = behind(rows, wanted.view.by, cursor)
    return cut(_fetch(rows, wanted, actor, at, size + 1), by=wanted.view.by, size=size)


def following(wanted: Asked, case: Case, actor: Actor, at: datetime) -> str | None:
    """The number of the case after one in a list, else of the first that is left; None when nothing is left."""
    rows = Case.objects.only(*LISTED).exclude(pk=case.pk)
    stood = place(case, wanted.view.by)
    later = [] if None in stood else _fetch(behind(rows, wanted.view.by, stood), wanted, actor, at, 1)
    found = later or _fetch(rows, wanted, actor, at, 1)
    return found[0].number if found else None


def pressure(agencies: Iterable[int], today: date) -> dict[int, tuple[int, int, int]]:
    """{agency: (under way, due today, overdue)} of the cases whose clock binds the office now: read from the index."""
    rows = Case.objects.filter(Among("agency_id", agencies), state__in=BOUND, due_on__isnull=False).order_by()
    counted = rows.values("agency_id").annotate(
        running=Count("id"), due=Count("id", filter=Q(due_on=today)), late=Count("id", filter=Q(due_on__lt=today))
    )
    return {row["agency_id"]: (row["running"], row["due"], row["late"]) for row in counted}


def coming(agencies: Iterable[int], days: Sequence[date]) -> dict[tuple[int, date], int]:
    """{(agency, day): how many cases fall due then} of the cases whose clock binds the office now."""
    rows = Case.objects.filter(Among("agency_id", agencies), state__in=BOUND, due_on__in=list(days)).order_by()
    counted = rows.values("agency_id", "due_on").annotate(count=Count("id"))
    return {(row["agency_id"], day): row["count"] for row in counted if (day := row["due_on"])}


def tabs(actor: Actor, at: datetime, current: str) -> list[dict[str, Any]]:
    """All saved views of one's duties, with counts that go no further than anybody reads."""
    seen = sorted((tab for tab in TABS.values() if tab.duties & actor.duties), key=lambda tab: tab.order)
    return [
        {
            "label": tab.label,
            "url": tab.url(),
            "count": _words(tab.count(actor, at)) if tab.count else None,
            "current": tab.key == current,
        }
        for tab in seen
    ]


def first_tab(actor: Actor) -> str | None:
    """Where somebody's work begins."""
    seen = sorted((tab for tab in TABS.values() if tab.duties & actor.duties), key=lambda tab: tab.order)
    return seen[0].url() if seen else None


def _ordered(rows: QuerySet[Case], view: View) -> tuple[QuerySet[Case], tuple[str, ...]]:
    """As the index has them. Cases without a due day (over, or with the applicant) are its end, newest last."""
    if view.by == DUE:
        return rows.filter(due_on__isnull=False), DUE
    return (rows.filter(due_on__isnull=True), ("-due_on", "-id")) if view.states else (rows, view.by)


def _fetch(rows: QuerySet[Case], wanted: Asked, actor: Actor, at: datetime, size: int) -> list[Case]:
    agencies, view = _agencies(wanted, actor, at), wanted.view
    rows, order = _ordered(rows, view)
    if wanted.item:
        items = {item.pk: item.agency_id for item in named(wanted.item)}
        rows, agencies = rows.filter(item__in=items), sorted(set(items.values()) & set(agencies))
    if wanted.q or (wanted.item and view.by == NEWEST):
        rows = rows.filter(Among("agency_id", agencies), **({"state__in": view.states} if view.states else {}))
        if wanted.q:
            return list(rows.filter(_text(wanted.q)).order_by(*order)[:size])
        return merge(rows, over={"item_id": list(items)}, by=NEWEST, size=size)
    over = {"agency_id": agencies, "state": view.states} if view.states else {"agency_id": agencies}
    return merge(rows, over=over, by=view.by, inner=order, size=size)


def _agencies(wanted: Asked, actor: Actor, at: datetime) -> list[int]:
    reach = intake_agencies(actor, at) if wanted.view.intake else desk_agencies(actor)
    return sorted(reach if wanted.agency is None else reach & {wanted.agency})


def _text(q: str) -> Q:
    """A number or its beginning, else the beginning of the applicant's name: both have an index."""
    return Q(number__startswith=q.upper()) if q[0].isdigit() else Q(applicant_name__startswith=q)


def _words(count: int) -> str:
    return str(count) if count < MANY else f"{MANY - 1}+"


def _tab(view: View) -> Tab:
    def count(actor: Actor, at: datetime) -> int:
        rows = Case.objects.filter(Among("agency_id", _agencies(Asked(view), actor, at)))
        return capped(rows.filter(state__in=view.states))

    def url() -> str:
        return f"{reverse('cases:worklist')}?view={view.key}"

    return Tab(view.key, view.label, url, view.duties, count if view.by == DUE or view.intake else None, view.order)


for _view in VIEWS.values():
    plug_tab(_tab(_view))


__all__ = ["VIEWS", "Asked", "asked", "first_tab", "following", "tabs", "work"]
