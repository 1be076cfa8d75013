"""Divisions: city, counties, towns, villages; one's page lists what lies directly under it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city import commands, queries
from yimen.city.choices import Duty, Level
from yimen.city.forms import DivisionForm, NewDivisionForm
from yimen.city.models import Division
from yimen.city.views.editing import edit
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import now

NAV = "divisions"


@duty(Duty.ADMINISTRATOR)
@require_safe
def divisions(request: HttpRequest) -> HttpResponse:
    """Those directly under the city; by name or code wherever they are."""
    asked = request.GET.get("q", "").strip()[:60]
    found = queries.divisions_named(asked, settings.YIMEN_CITY_DIVISION)
    shown = page(found, by=("code",), cursor=request.GET.get("cursor"), size=50)
    context = {"rows": _rows(shown.items), "columns": _columns(), "page": shown, "q": asked, "nav": NAV}
    return render(request, "city/divisions.html", context)


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def division(request: HttpRequest, code: str) -> HttpResponse:
    """Its name, and what lies under it. Level and place stay: who merges divisions makes new ones."""
    known = queries.division(code)
    above = queries.divisions_above(known)
    return edit(
        request,
        DivisionForm,
        save=lambda data: commands.put_division(
            code=code, level=known.level, parent=known.parent, **data, by=actor_of(request), at=now()
        ),
        title=known.name,
        caption=f"{_(Level(known.level).label)} · {known.code}",
        back=reverse("city:division", args=[above[-1].code]) if above else reverse("city:divisions"),
        nav=NAV,
        initial={"name": known.name},
        below_title=_("下级区划"),
        below=_rows(queries.children(code)),
        below_columns=_columns(),
        new_below_url=reverse("city:new_division", args=[code]) if known.level != Level.VILLAGE else "",
    )


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_division(request: HttpRequest, code: str = "") -> HttpResponse:
    """Under another; without one the city itself, in a register that is still empty, or a county of it."""
    above = queries.division(code) if code else queries.own_city()
    return edit(
        request,
        NewDivisionForm,
        save=lambda data: commands.add_division(parent=above, **data, by=actor_of(request), at=now()),
        title=_("新建下级区划") if above else _("新建区划"),
        caption=above.name if above else "",
        back=reverse("city:division", args=[code]) if code else reverse("city:divisions"),
        nav=NAV,
    )


def _rows(found: list[Division]) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "level": _(Level(each.level).label),
            "code": each.code,
            "url": reverse("city:division", args=[each.code]),
        }
        for each in found
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("名称"), "kind": "strong"},
        {"key": "level", "label": _("级别"), "kind": "text"},
        {"key": "code", "label": _("区划代码"), "kind": "number"},
    ]
