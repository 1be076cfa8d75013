"""A case at the window: print its papers, accept and decide at once, take in a supplement, hand over, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.cases import commands as cases
from yimen.cases.access import may_settle
from yimen.cases.queries import brief, offers, open_case, open_notice, still_asked, why_not
from yimen.city.choices import Duty
from yimen.counter import commands, queries
from yimen.counter.access import note_for
from yimen.counter.forms import SettleForm, said_at, ticked
from yimen.files.choices import ACCEPT
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import local, now
from yimen.law.states import Verb
from yimen.papers.queries import of as papers_of
from yimen.sheets import queries as sheets
from yimen.ui import inputs
from yimen.ui.acting import act, seen

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.cases.models import Case
    from yimen.kit.actor import Actor


@duty(Duty.CLERK)
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """What a visitor who brings a number may want: papers, and whatever can be done here and now."""
    actor, at = actor_of(request), now()
    found = open_case(number, by=actor, at=at, what="基本信息")
    can, cannot = offers(found, actor, at, only=queries.AT_WINDOW)
    settles = may_settle(found, actor, at)
    if settles:  # the one primary action is then to finish at once
        can = [verb | {"variant": ""} for verb in can]
    context = {
        **brief(found, at),
        "papers": papers_of(found.number),
        "can": can,
        "cannot": cannot,
        "settles": settles,
        "visitor_url": reverse("counter:visitor", args=[note_for(found.subject_id, actor)]),
        "nav": "counter",
    }
    return render(request, "counter/case.html", context)


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, number: str) -> HttpResponse:
    """Accept an instant item and grant it at once."""
    actor, at = actor_of(request), now()
    found = open_case(number, by=actor, at=at, what="申请内容")
    form = SettleForm(request.POST if request.method == "POST" else None)

    def run(given: dict[str, Any]) -> str:
        commands.settle(found, **given, by=actor, at=at, seen=seen(request.POST))
        messages.success(request, _("%(number)s：已受理并当场作出准予决定。") % {"number": number})
        return reverse("counter:case", args=[number])

    context = {**brief(found, at), "back": reverse("counter:case", args=[number]), "nav": "counter"}
    return act(request, form, run=run, template="counter/settle.html", context=context)


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked for, brought to the window."""
    actor, at = actor_of(request), now()
    found = open_case(number, by=actor, at=at, what="申请内容")
    refusal = why_not(Verb.SUPPLEMENT, found, actor, at)
    if refusal is not None:
        raise refusal
    if request.method != "POST":
        return _page(request, found, at)
    typed, errors = _keep(request, found, actor, at)
    button = inputs.row_button(request.POST)
    if errors or button:
        return _page(request, found, at, typed=inputs.apply(typed, button) if button else typed, errors=errors)
    if "submit" not in request.POST:
        messages.success(request, said_at(local(at)))
        return HttpResponseRedirect(request.path)
    try:
        cases.supplement(found, by=actor, at=at, seen=seen(request.POST))
    except Refusal as wanting:
        return _page(request, found, at, errors=[{"field": "", "code": wanting.code, "message": wanting.detail}])
    messages.success(request, _("%(number)s：补正已收到，重新计算受理期限。") % {"number": number})
    return HttpResponseRedirect(reverse("counter:case", args=[number]))


def _keep(request: HttpRequest, case: Case, actor: Actor, at: datetime) -> tuple[dict[str, Any], list[dict[str, str]]]:
    notice = open_notice(case)
    names = {each["name"] for each in notice.fields}
    typed = sheets.from_post(request.POST, case.edition.doc, names, files=request.FILES)
    lines = ticked(request, {each["key"] for each in notice.materials})
    errors = commands.take_in(case.application, answers=typed, ticked=lines, by=actor, at=at)
    case.application.refresh_from_db()
    return sheets.written(typed), errors


def _page(
    request: HttpRequest,
    case: Case,
    at: datetime,
    *,
    typed: dict[str, Any] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    notice, by_field = open_notice(case), {error["field"]: error["message"] for error in errors or []}
    names = {each["name"]: each["reason"] for each in still_asked(notice, case.application)[1]}
    sections = queries.form(case.application, typed=typed, errors=by_field, only=names) if names else []
    for section in sections:
        section["fields"] = [{**field, "hint": names[field["name"]], "show_if": ""} for field in section["fields"]]
    context = {
        **brief(case, at),
        "lines": queries.checklist(case.application, at, notice=notice, errors=by_field),
        "sections": sections,
        "errors": errors or [],
        "accept": ACCEPT,
        "back": reverse("counter:case", args=[case.number]),
        "nav": "counter",
    }
    return render(request, "counter/supplement.html", context, status=422 if errors else 200)
