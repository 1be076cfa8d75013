"""A case at the desk: facts and form, materials with a viewer, clock, timeline and verbs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yimen.applications import commands as applications
from yimen.cases.models import Case
from yimen.cases.ports import tab_of
from yimen.cases.queries import clock_faces, desk, easing_words, material_faces, open_case, timeline, wordings
from yimen.cases.queries.materials import handed_in, shown
from yimen.city.choices import Duty
from yimen.files.queries import download
from yimen.kit.actor import Actor
from yimen.kit.errors import Invalid, NotFound, Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.sheets.queries import file_of
from yimen.vault import commands as using
from yimen.vault import queries as vault

DESK = (Duty.CLERK, Duty.REVIEWER, Duty.CHIEF, Duty.DELIVERER, Duty.SUPERVISOR)


@duty(*DESK)
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    actor, at = actor_of(request), now()
    found = open_case(number, by=actor, at=at, what="申请内容")
    listed = request.GET.get("list", "")
    notices = list(found.supplements.order_by("id"))
    can, cannot = desk.offers(found, actor, at, list_query=listed)
    context = {
        "case": found,
        "facts": desk.facts(found, at),
        "eased": easing_words(found.application),
        "sections": desk.form(found, notices),
        "clocks": clock_faces(found, at),
        "moments": list(reversed(timeline(found, actor, at))),
        "panels": desk.panels(found, actor, at),
        "manual_url": wordings.manual_url(found),
        "can": can,
        "cannot": cannot,
        "back": _list_url(listed),
        "list_query": urlencode({"list": listed}) if listed else "",
        "nav": "worklist",
        **_materials(request, found, actor, notices),
    }
    return render(request, "cases/case.html", context)


@duty(*DESK)
@require_safe
def viewer(request: HttpRequest, number: str, document: int) -> HttpResponse:
    """The viewer alone, for those whose browser swaps it in place."""
    actor = actor_of(request)
    found = open_case(number, by=actor, at=now(), what="申请材料")
    context = _materials(request, found, actor, list(found.supplements.all()), document)
    return render(request, "cases/_viewer.html", {"case": found, **context})


@duty(*DESK)
@require_safe
def file(request: HttpRequest, number: str, document: int) -> HttpResponseBase:
    """What was uploaded, shown in the browser if nothing in it can run; `?download` saves it."""
    found = open_case(number, by=actor_of(request), at=now(), what="申请材料")
    stored = handed_in(found.application, document).file
    if stored is None:
        raise NotFound(_("这份材料没有电子文件。"))
    return download(str(stored.pk), inline="download" not in request.GET)


@duty(*DESK)
@require_safe
def form_file(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """The file with which a field of the form was answered."""
    found = open_case(number, by=actor_of(request), at=now(), what="申请内容")
    kept = file_of(found.edition.doc, found.application.answers, name)
    return download(kept, inline="download" not in request.GET)


@duty(Duty.CLERK)
@require_POST
def check(request: HttpRequest, number: str, document: int) -> HttpResponse:
    """The clerk has compared the document with its original."""
    actor, at = actor_of(request), now()
    found = open_case(number, by=actor, at=at, what="申请材料")
    checked = handed_in(found.application, document)
    applications.check_original(checked, valid_to=_day(request.POST.get("valid_to", "")), by=actor, at=at)
    messages.success(request, _("已登记：与原件核对一致。"))
    query = urlencode({name: value for name in ("list",) if (value := request.GET.get(name))} | {"doc": document})
    return HttpResponseRedirect(f"{reverse('cases:case', args=[found.number])}?{query}#viewer")


def _day(typed: str) -> date | None:
    """The original's last day, as typed. Raises Invalid."""
    try:
        return date.fromisoformat(typed) if typed.strip() else None
    except ValueError as wrong:
        message = "请写明有效期到哪年哪月哪日。"
        raise Invalid([{"field": "valid_to", "code": "not_a_date", "message": message}]) from wrong


def _materials(
    request: HttpRequest, case: Case, actor: Actor, notices: list[Any], document: int | None = None
) -> dict[str, Any]:
    faces = material_faces(case.application, notices)
    asked = document or seen_document(request)
    found = shown(faces, asked)
    opened = _opened(case, found[1].licence, actor) if found and asked == found[1].pk else None
    return {
        "faces": faces,
        "shown": {"face": found[0], "document": found[1]} if found else None,
        "opened": opened,
        "may_check": actor.may(Duty.CLERK, case.agency_id),
    }


def _opened(case: Case, licence: Any, actor: Actor) -> dict[str, Any] | None:
    """What stands on a licence that was handed in, once somebody asks for it: a use like any other (无办件不得调证)."""
    if licence is None:
        return None
    purpose = "审查申请材料"
    try:
        found, _use, _matter = using.opened(licence.pk, case=case.number, purpose=purpose, by=actor, at=now())
    except Refusal as refusal:
        return {"refused": refusal}
    return {"rows": [{"label": fact.label, "value": fact.value} for fact in vault.facts(found)]}


def _list_url(listed: str) -> str:
    """The list that the case was opened from."""
    tab = tab_of(listed)
    if tab is not None:
        return tab.url()
    return f"{reverse('cases:worklist')}?{listed}" if listed else reverse("cases:worklist")


def seen_document(request: HttpRequest) -> int | None:
    given = request.GET.get("doc", "")
    return int(given) if given.isdecimal() and len(given) < 18 else None
