"""My usual information (常用信息): seen, typed, corrected, deleted, switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yimen.applications.commands.remembering import forget as forget_usual
from yimen.applications.commands.remembering import remember, switch_remembering
from yimen.applications.queries.remembered import as_sheet
from yimen.city.queries import address_parts
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.kit.typed import take_typed
from yimen.portal.queries import usual as queries
from yimen.portal.views.draft import as_person
from yimen.sheets.choices import Kind
from yimen.sheets.queries import fields_for, from_post
from yimen.sheets.queries.elements import library_field
from yimen.ui import inputs

if TYPE_CHECKING:
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor

MOST_OFFERED = 12


@signed_in
@never_cache
@require_safe
def usual(request: HttpRequest) -> HttpResponse:
    """What is remembered of oneself, one's firm, one's ward."""
    actor, at = as_person(actor_of(request)), now()
    one = queries.owner(actor, request.GET.get("of"), at)
    return render(request, "portal/usual.html", queries.page(one, actor, at))


@signed_in
@never_cache
@require_safe
def add(request: HttpRequest) -> HttpResponse:
    """Choose what to keep, among the fields of the library."""
    actor, at = as_person(actor_of(request)), now()
    one, asked = queries.owner(actor, request.GET.get("of"), at), request.GET.get("q", "").strip()[:80]
    found = queries.found(one, asked)
    context = {
        "one": one,
        "of": queries.of(one, actor),
        "back": _home(one, actor),
        "q": asked,
        "rows": found[:MOST_OFFERED],
        "more": max(len(found) - MOST_OFFERED, 0),
    }
    return render(request, "portal/usual_add.html", context)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, element: str) -> HttpResponse:
    """One field, as a form would ask it."""
    actor, at = as_person(actor_of(request)), now()
    one = queries.owner(actor, request.GET.get("of"), at)
    field = queries.element_for(one, element)
    sheet, errors = as_sheet(field), []
    held = queries.held(one, element, actor, at)
    value: Any = held.value if held else None
    if field.kind is Kind.ADDRESS and isinstance(value, str):
        value = address_parts(value)
    typed = request.POST if request.method == "POST" else _asked_below(request) or take_typed(request)
    if typed:
        value = from_post(typed, sheet)["value"]
    button = inputs.row_button(request.POST)
    if request.method == "POST" and not button:
        try:
            remember(one, element, value, by=actor, at=at)
        except Invalid as invalid:
            errors = invalid.errors
        else:
            messages.success(request, _("已保存，以后的表格会自动填上。"))
            return redirect(_home(one, actor))
    told = {each["field"]: str(each["message"]).removeprefix(f"{field.name}：") for each in errors}
    faces = [
        {**each, "divisions_url": request.get_full_path()} for each in fields_for(sheet, {"value": value}, errors=told)
    ]
    context = {"one": one, "back": _home(one, actor), "field": field, "fields": faces, "errors": errors}
    return render(request, "portal/usual_edit.html", context, status=422 if errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, element: str = "") -> HttpResponse:
    """Delete one, or all, after a question."""
    actor, at = as_person(actor_of(request)), now()
    one = queries.owner(actor, request.GET.get("of"), at)
    back = _home(one, actor)
    name = library_field(element).name if element else ""
    if request.method == "POST":
        forget_usual(one, element, by=actor, at=at)
        messages.success(request, _("已删除，以后的表格不再填上。"))
        return redirect(back)
    context = {
        "frame": "ui/citizen.html",
        "title": _("删除“%(name)s”？") % {"name": name} if name else _("删除全部常用信息？"),
        "consequence": _("以后的表格不再自动填上，以前的申请里写过的也不再拿来用。已经提交的申请不受影响。"),
        "points": [] if name else [_("登录用的手机号码不删除，可以在个人资料中修改。")],
        "action_url": request.get_full_path(),
        "action_label": _("删除"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@signed_in
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Remember nothing any more, or again."""
    actor, at = as_person(actor_of(request)), now()
    one = queries.owner(actor, request.GET.get("of"), at)
    on = request.POST.get("say") == "on"
    switch_remembering(one, on=on, by=actor, at=at)
    messages.success(request, _("已打开。") if on else _("已关掉，以后的表格不再用以前填过的内容。"))
    return redirect(_home(one, actor))


def _asked_below(request: HttpRequest) -> QueryDict | None:
    """The script asks for the lists below a division that was chosen."""
    return request.GET if "field" in request.GET else None


def _home(one: Subject, actor: Actor) -> str:
    return reverse("portal:usual") + queries.of(one, actor)
