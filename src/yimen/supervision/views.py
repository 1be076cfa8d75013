"""The board of who is late, and the cards: each number opens its list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.cases.queries import open_case, rows
from yimen.city.choices import Duty
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.law.card_rules import BY_CODE
from yimen.supervision import queries
from yimen.supervision.choices import Level, correction_of
from yimen.supervision.queries import card_rows, explained, totals


@duty(Duty.SUPERVISOR, Duty.CHIEF)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is due today, overdue, yellow and red, by agency, the worst first."""
    actor, at = actor_of(request), now()
    agencies = queries.board(actor, at)
    latest = queries.cards(actor, since=at - timedelta(days=queries.DAYS), size=6)
    days = queries.coming_days(at)
    context = {
        "coming_days": days,
        "heat": queries.heat(actor, days),
        "agencies": agencies,
        "totals": totals(agencies),
        "latest": card_rows(latest.items),
        "days": queries.DAYS,
    }
    return render(request, "supervision/board.html", {**context, "nav": "supervision"})


@duty(Duty.SUPERVISOR, Duty.CHIEF)
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """The cases behind the numbers "due today" and "overdue"."""
    actor, at, overdue = actor_of(request), now(), request.GET.get("overdue") == "1"
    agency, day = _number(request, "agency"), _day(request)
    with remembering():
        page = queries.due_list(actor, at, overdue=overdue, day=day, agency=agency, cursor=request.GET.get("cursor"))
        context = {
            "page": page,
            "rows": rows(page.items, at),
            "columns": _case_columns(),
            "overdue": overdue,
            "day": day,
            "views": [
                {"label": _("今天到期"), "url": _query(agency=agency), "current": not overdue and day is None},
                {"label": _("已超期"), "url": _query(overdue=1, agency=agency), "current": overdue},
            ],
        }
    return render(request, "supervision/due.html", {**context, "nav": "supervision"})


@duty(Duty.SUPERVISOR, Duty.CHIEF)
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """Warnings, yellow and red cards of the last thirty days, newest first."""
    actor, at = actor_of(request), now()
    level, agency = request.GET.get("level", ""), _number(request, "agency")
    level = level if level in Level.values else ""
    since = at - timedelta(days=queries.DAYS)
    page = queries.cards(actor, level=level, agency=agency, since=since, cursor=request.GET.get("cursor"))
    every = [("", _("全部")), *Level.choices]
    context = {
        "page": page,
        "rows": card_rows(page.items),
        "columns": _card_columns(),
        "days": queries.DAYS,
        "views": [
            {"label": label, "url": _query(level=key, agency=agency), "current": key == level} for key, label in every
        ],
    }
    return render(request, "supervision/cards.html", {**context, "nav": "supervision"})


@duty(Duty.SUPERVISOR, Duty.CHIEF)
@require_safe
def card(request: HttpRequest, card: int) -> HttpResponse:
    """One card: the facts it was issued on, and the clock as it stands now."""
    actor, at = actor_of(request), now()
    found = queries.card(card, actor)
    case = open_case(found.number, by=actor, at=at, what="督办信息") if found.case_id else None
    correction = correction_of(found.number)
    with remembering():
        context = {
            "card": found,
            "case": case,
            "correction_url": reverse("identity:correction", args=[correction]) if correction else "",
            "title": BY_CODE[found.rule].title,
            **explained(found, at),
            "back": reverse("supervision:cards"),
        }
    return render(request, "supervision/card.html", {**context, "nav": "supervision"})


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 18 else None


def _day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _query(**given: Any) -> str:
    return "?" + urlencode({name: value for name, value in given.items() if value})


def _case_columns() -> list[dict[str, Any]]:
    return [
        {"key": "clock", "label": _("时限"), "kind": "clock"},
        {"key": "number", "label": _("编号"), "kind": "link"},
        {"key": "item", "label": _("事项"), "kind": "text", "wide": True},
        {"key": "applicant", "label": _("申请人"), "kind": "text", "wide": True},
        {"key": "state", "label": _("状态"), "kind": "state"},
        {"key": "since", "label": _("自"), "kind": "when"},
    ]


def _card_columns() -> list[dict[str, Any]]:
    return [
        {"key": "level", "label": _("等级"), "kind": "card"},
        {"key": "title", "label": _("规则"), "kind": "link"},
        {"key": "item", "label": _("事项"), "kind": "text", "wide": True},
        {"key": "agency", "label": _("部门"), "kind": "text"},
        {"key": "at", "label": _("发出"), "kind": "when"},
    ]
