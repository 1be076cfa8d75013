"""Halls and their windows."""

from __future__ import annotations

from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city import commands, queries
from yimen.city.choices import Duty
from yimen.city.forms import HallForm, NewHallForm, NewWindowForm, WindowForm
from yimen.city.views.editing import edit
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now


@duty(Duty.ADMINISTRATOR, Duty.HALL_MANAGER)
@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "name": each.name,
            "division": each.division.name,
            "address": each.address,
            "hours": each.open_hours,
            "url": reverse("city:hall", args=[each.code]),
        }
        for each in queries.halls()
    ]
    columns = [
        {"key": "name", "label": _("名称"), "kind": "strong"},
        {"key": "division", "label": _("行政区划"), "kind": "text"},
        {"key": "address", "label": _("地址"), "kind": "text"},
        {"key": "hours", "label": _("开放时间"), "kind": "text"},
    ]
    return render(request, "city/halls.html", {"rows": rows, "columns": columns, "nav": "halls"})


@duty(Duty.ADMINISTRATOR, Duty.HALL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_hall(request: HttpRequest) -> HttpResponse:
    return edit(
        request,
        NewHallForm,
        save=lambda data: commands.put_hall(**data, by=actor_of(request), at=now()),
        title=_("新建大厅"),
        back=reverse("city:halls"),
        nav="halls",
    )


@duty(Duty.ADMINISTRATOR, Duty.HALL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """One hall with its windows."""
    known = queries.hall(code)
    windows = [
        {
            "number": each.number,
            "name": each.name,
            "kind": _(each.get_kind_display()),
            "url": reverse("city:window", args=[each.pk]),
        }
        for each in queries.windows(known)
    ]
    columns = [
        {"key": "number", "label": _("窗口号"), "kind": "strong"},
        {"key": "name", "label": _("名称"), "kind": "text"},
        {"key": "kind", "label": _("类型"), "kind": "text"},
    ]
    return edit(
        request,
        HallForm,
        save=lambda data: commands.put_hall(code=code, **data, by=actor_of(request), at=now()),
        title=known.name,
        caption=known.code,
        back=reverse("city:halls"),
        nav="halls",
        initial=model_to_dict(known),
        windows=windows,
        columns=columns,
        new_window_url=reverse("city:new_window", args=[code]),
    )


@duty(Duty.ADMINISTRATOR, Duty.HALL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_window(request: HttpRequest, code: str) -> HttpResponse:
    known = queries.hall(code)
    return edit(
        request,
        NewWindowForm,
        save=lambda data: commands.put_window(hall=known, **data, by=actor_of(request), at=now()),
        title=_("新建窗口"),
        caption=known.name,
        back=reverse("city:hall", args=[code]),
        nav="halls",
    )


@duty(Duty.ADMINISTRATOR, Duty.HALL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest, window: int) -> HttpResponse:
    known = queries.window(window)
    return edit(
        request,
        WindowForm,
        save=lambda data: commands.put_window(
            hall=known.hall, number=known.number, **data, by=actor_of(request), at=now()
        ),
        title=_("%(number)s 号窗口") % {"number": known.number},
        caption=known.hall.name,
        back=reverse("city:hall", args=[known.hall.code]),
        nav="halls",
        initial=model_to_dict(known),
    )
