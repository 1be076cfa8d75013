"""Agencies: the list, and one."""

from __future__ import annotations

from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city import commands, queries
from yimen.city.choices import Duty
from yimen.city.forms import AgencyForm, NewAgencyForm
from yimen.city.views.editing import edit
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import now


@duty(Duty.ADMINISTRATOR)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    found = queries.agencies_named(asked)
    shown = page(found, by=("code",), cursor=request.GET.get("cursor"), size=50)
    rows = [
        {
            "name": each.name,
            "division": each.division.name,
            "kind": each.kind,
            "phone": each.window_phone or each.phone,
            "code": each.code,
            "url": reverse("city:agency", args=[each.code]),
        }
        for each in shown.items
    ]
    columns = [
        {"key": "name", "label": _("名称"), "kind": "strong"},
        {"key": "division", "label": _("行政区划"), "kind": "text"},
        {"key": "kind", "label": _("类别"), "kind": "text"},
        {"key": "phone", "label": _("电话"), "kind": "text"},
        {"key": "code", "label": _("编号"), "kind": "number"},
    ]
    context = {"rows": rows, "columns": columns, "page": shown, "q": asked, "nav": "agencies"}
    return render(request, "city/agencies.html", context)


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_agency(request: HttpRequest) -> HttpResponse:
    return edit(
        request,
        NewAgencyForm,
        save=lambda data: commands.put_agency(**data, by=actor_of(request), at=now()),
        title=_("新建部门"),
        back=reverse("city:agencies"),
        nav="agencies",
    )


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def agency(request: HttpRequest, code: str) -> HttpResponse:
    known = queries.agency(code)
    return edit(
        request,
        AgencyForm,
        save=lambda data: commands.put_agency(code=code, **data, by=actor_of(request), at=now()),
        title=known.name,
        caption=known.code,
        back=reverse("city:agencies"),
        nav="agencies",
        initial=model_to_dict(known),
    )
