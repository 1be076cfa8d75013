"""Windows and what agencies have entrusted to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.catalog.queries import desk_items
from yimen.city import queries as city
from yimen.city.choices import Duty, WindowKind
from yimen.hall import commands, queries
from yimen.hall.forms import AuthoriseForm, WithdrawForm
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now
from yimen.ui.acting import act


@duty(Duty.HALL_MANAGER, Duty.ADMINISTRATOR)
@require_safe
def windows(request: HttpRequest) -> HttpResponse:
    """Every window with how many agencies entrust it now."""
    entrusted = queries.entrusted(day_of(now()))
    rows = [
        {
            "number": each.number,
            "name": each.name,
            "hall": each.hall.name,
            "kind": WindowKind(each.kind).label,
            "agencies": entrusted.get(each.pk, 0),
            "url": reverse("hall:window", args=[each.pk]),
        }
        for each in sorted(city.windows(), key=lambda each: (each.hall.code, len(each.number), each.number))
    ]
    columns = [
        {"key": "number", "label": _("窗口号"), "kind": "strong"},
        {"key": "name", "label": _("名称"), "kind": "link"},
        {"key": "kind", "label": _("类型"), "kind": "text"},
        {"key": "hall", "label": _("大厅"), "kind": "text", "wide": True},
        {"key": "agencies", "label": _("授权部门"), "kind": "number", "align": "right"},
    ]
    return render(request, "hall/windows.html", {"rows": rows, "columns": columns, "nav": "windows"})


@duty(Duty.HALL_MANAGER, Duty.ADMINISTRATOR)
@require_safe
def window(request: HttpRequest, window: int) -> HttpResponse:
    """One window: what it may do today, and what it could once."""
    known, today = city.window(window), day_of(now())
    given = queries.authorisations(window)
    context = {
        "window": known,
        "kind": WindowKind(known.kind).label,
        "current": [queries.line(each, today) for each in given if queries.is_open(each, today)],
        "ended": [queries.line(each, today) for each in given if not queries.is_open(each, today)],
        "agencies": city.agencies(),
        "nav": "windows",
    }
    return render(request, "hall/window.html", context)


@duty(Duty.HALL_MANAGER, Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def authorise(request: HttpRequest, window: int) -> HttpResponse:
    """An agency entrusts acceptance to the window, by a document of a day."""
    actor, at, known = actor_of(request), now(), city.window(window)
    agency = city.agency(request.GET.get("agency", ""))
    form = AuthoriseForm(request.POST if request.method == "POST" else None)
    form.offer(desk_items().filter(agency=agency).values_list("slug", "name"), day_of(at))

    def run(given: dict[str, Any]) -> str:
        commands.authorise(window=window, agency=agency.pk, **given, by=actor, at=at)
        messages.success(request, _("已登记%(agency)s的授权。") % {"agency": agency.name})
        return reverse("hall:window", args=[window])

    context = {"window": known, "agency": agency, "nav": "windows"}
    return act(request, form, run=run, template="hall/authorise.html", context=context)


@duty(Duty.HALL_MANAGER, Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, authorisation: int) -> HttpResponse:
    """The authorisation ends on a day."""
    actor, at = actor_of(request), now()
    found = queries.authorisation(authorisation)
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"until": day_of(at)})

    def run(given: dict[str, Any]) -> str:
        commands.withdraw(found, **given, by=actor, at=at)
        messages.success(request, _("授权已收回。"))
        return reverse("hall:window", args=[found.window_id])

    context = {"given": queries.line(found, day_of(at)), "window": city.window(found.window_id), "nav": "windows"}
    return act(request, form, run=run, template="hall/withdraw.html", context=context)
