"""A one-thing package at the window: the questions, one checklist and one form, then item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yimen.applications.commands import together as applications
from yimen.applications.queries.together import (
    assembly_of,
    divided,
    find_package_application,
    package_lacking_fields,
)
from yimen.catalog.queries import packaging
from yimen.city.choices import Duty
from yimen.counter import commands, queries
from yimen.counter.access import note_for, visitor_of
from yimen.counter.forms import said_at, ticked
from yimen.counter.queries import together as page
from yimen.counter.views import drafting
from yimen.counter.views.consenting import consent_url
from yimen.counter.views.drafting import Errors
from yimen.files.choices import ACCEPT
from yimen.files.queries import download
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import local, now
from yimen.ledger.commands import look
from yimen.sheets import queries as sheets
from yimen.sheets.queries import told_at
from yimen.ui import inputs

if TYPE_CHECKING:
    from datetime import datetime

    from django.http.response import HttpResponseBase

    from yimen.applications.models import PackageApplication
    from yimen.kit.actor import Actor


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, note: str, code: str) -> HttpResponse:
    """The questions; then what they come to, to be printed or begun for the visitor."""
    actor, at = actor_of(request), now()
    who, found = visitor_of(note, by=actor, at=at), packaging.find_package(code)
    given = request.GET if request.method != "POST" else request.POST
    answers = packaging.good_answers(found.doc, {each.name: given.get(each.name, "") for each in found.doc.questions})
    leave, open_ = given.getlist("leave"), packaging.open_questions(found.doc, answers)
    context: dict[str, Any] = {
        "document": found.doc,
        "who": queries.visitor_facts(who),
        "visitor_url": reverse("counter:visitor", args=[note]),
        "nav": "counter",
    }
    if open_ or "change" in request.GET:
        asked = "ask" in given
        context["questions"] = packaging.question_fields(found.doc, answers, wrong=asked)
        context["errors"] = [
            {"field": each["name"], "message": each["error"]} for each in context["questions"] if each["error"]
        ]
        return render(request, "counter/package_begin.html", context, status=422 if asked and open_ else 200)
    if request.method == "POST":
        begun = commands.begin_package(found, who, situation=answers, left_out=leave, by=actor, at=at)
        return HttpResponseRedirect(reverse("counter:package", args=[begun.number]))
    try:
        resolution = packaging.resolve(found, answers, leave)
    except Invalid as nothing:
        return render(request, "counter/package_begin.html", {**context, "nothing": nothing.detail})
    pairs = [*answers.items(), *(("leave", slug) for slug in leave)]
    look(who.pk, by=actor, at=at, purpose="窗口受理", what="已有的证照和材料")
    context |= page.outcome(resolution, who, actor, at) | {
        "told": [{"label": each.label, "value": answers[each.name]} for each in found.doc.questions],
        "hidden": pairs,
        "answers": list(answers.items()),
        "change_url": f"{request.path}?{urlencode([*pairs, ('change', '1')])}",
        "paper_url": f"{reverse('portal:package_checklist', args=[code])}?{urlencode(pairs)}",
    }
    return render(request, "counter/package_outcome.html", context)


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, number: str) -> HttpResponse:
    """Everything on one page, kept at every press of a button; then each item gets its own application."""
    actor, at = actor_of(request), now()
    application = find_package_application(number, by=actor, at=at)
    if request.method != "POST":
        look(application.subject_id, by=actor, at=at, purpose="窗口受理", case=number, what="申请内容")
        return _page(request, application, actor, at)
    typed, errors = _keep(request, application, actor, at)
    application.refresh_from_db()
    button = inputs.row_button(request.POST)
    if errors or button:
        shown = inputs.apply(typed, button) if button else typed
        return _page(request, application, actor, at, typed=shown, errors=errors)
    if "divide" in request.POST:
        begun = applications.divide_package(application, by=actor, at=at)
        messages.success(request, _("已为 %(n)d 个事项建好申请，请逐项核对、提交。") % {"n": len(begun)})
    else:
        messages.success(request, said_at(local(at)))
    return HttpResponseRedirect(reverse("counter:package", args=[number]))


@duty(Duty.CLERK)
@require_POST
def part(request: HttpRequest, number: str, slug: str) -> HttpResponse:
    """Begin one item's own application, when it can be begun."""
    actor, at = actor_of(request), now()
    application = find_package_application(number, by=actor, at=at)
    begun = applications.begin_part(application, slug, subject=application.subject, by=actor, at=at)
    own = begun.application.number if begun.application else ""
    return HttpResponseRedirect(reverse("counter:intake", args=[own]))


@duty(Duty.CLERK)
@require_safe
def divisions(request: HttpRequest, number: str) -> HttpResponse:
    """An address field again, with the lists below what was chosen."""
    application = find_package_application(number, by=actor_of(request), at=now())
    return drafting.address_again(
        request,
        assembly_of(application).sheet(application.answers),
        lambda typed, only: page.form(application, typed=typed, only=only),
    )


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Give the draft up, after a question."""
    actor, at = actor_of(request), now()
    application = find_package_application(number, by=actor, at=at)
    return drafting.giving_up(
        request,
        lambda: applications.discard_package(application, by=actor, at=at),
        consequence=_("已经登记的材料和填写的内容不再使用，不能恢复；已经分出去的单项申请不受影响。"),
        back=reverse("counter:package", args=[number]),
    )


@duty(Duty.CLERK)
@require_safe
def form_file(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """The file with which a field was answered; looking at it is written down, as opening the package is."""
    actor, at = actor_of(request), now()
    application = find_package_application(number, by=actor, at=at)
    sheet = assembly_of(application).sheet(application.answers)
    kept = sheets.file_of(sheet, application.answers, name)
    look(application.subject_id, by=actor, at=at, purpose="窗口受理", case=number, what="申请内容")
    return download(kept, inline="download" not in request.GET)


def _keep(
    request: HttpRequest, application: PackageApplication, actor: Actor, at: datetime
) -> tuple[dict[str, Any], Errors]:
    assembly = assembly_of(application)
    typed = drafting.typed_into(request, assembly.sheet(application.answers), page.form(application))
    lines = ticked(request, {each.key for each in assembly.materials})
    return sheets.written(typed), commands.take_in_package(application, answers=typed, ticked=lines, by=actor, at=at)


def _page(
    request: HttpRequest,
    application: PackageApplication,
    actor: Actor,
    at: datetime,
    *,
    typed: dict[str, Any] | None = None,
    errors: Errors | None = None,
) -> HttpResponse:
    told = told_at(package_lacking_fields(application))
    by_field = told | {error["field"]: error["message"] for error in errors or []}
    document = application.package.doc
    pairs = [*application.situation.items(), *(("leave", slug) for slug in application.left_out)]
    context = {
        "application": application,
        "document": document,
        "lines": page.checklist(application, at, errors=by_field),
        "sections": page.form(application, typed=typed, errors=by_field),
        "missing": page.missing(application, at),
        "parts": page.parts(application, actor, at),
        "divided": divided(application),
        "errors": errors or [],
        "who": queries.visitor_facts(application.subject),
        "visitor_url": reverse("counter:visitor", args=[note_for(application.subject_id, actor)]),
        "consent_url": consent_url(application.subject, actor, at),
        "paper_url": f"{reverse('portal:package_checklist', args=[document.code])}?{urlencode(pairs)}",
        "accept": ACCEPT,
        "nav": "counter",
    }
    return render(request, "counter/package.html", context, status=422 if errors else 200)
