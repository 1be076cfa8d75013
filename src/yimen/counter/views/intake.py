"""One application at the window: the checklist, the form, submission on the visitor's behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.applications import commands as applications
from yimen.applications.queries import find, lacking_fields
from yimen.catalog import queries as catalog
from yimen.city.choices import Duty
from yimen.counter import commands, queries
from yimen.counter.access import note_for
from yimen.counter.forms import said_at, ticked
from yimen.counter.views import drafting
from yimen.counter.views.consenting import consent_url
from yimen.counter.views.drafting import Errors
from yimen.files.choices import ACCEPT
from yimen.files.queries import download
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import local, now
from yimen.ledger.commands import look
from yimen.sheets import queries as sheets
from yimen.sheets.queries import told_at
from yimen.ui import inputs

if TYPE_CHECKING:
    from datetime import datetime

    from django.http.response import HttpResponseBase

    from yimen.applications.models import Application
    from yimen.kit.actor import Actor


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, number: str) -> HttpResponse:
    """Everything on one page, kept at every press of a button."""
    actor, at = actor_of(request), now()
    application = find(number, by=actor, at=at)
    if not application.is_draft:
        return HttpResponseRedirect(reverse("counter:case", args=[number]))
    if request.method != "POST":
        application = _renewed(request, application, actor, at)
        look(application.subject_id, by=actor, at=at, purpose="窗口受理", case=number, what="申请内容")
        return _page(request, application, actor, at)
    typed, errors = _keep(request, application, actor, at)
    application = find(number, by=actor, at=at)
    button = inputs.row_button(request.POST)
    if errors or button:
        shown = inputs.apply(typed, button) if button else typed
        return _page(request, application, actor, at, typed=shown, errors=errors)
    return _finish(request, application, actor, at)


def _renewed(request: HttpRequest, application: Application, actor: Actor, at: datetime) -> Application:
    """A draft goes over to the newer edition when it is opened; an item that is closed by now says so."""
    if application.edition.current:
        return application
    try:
        application = applications.renew(application, by=actor, at=at)
    except (catalog.Suspended, catalog.Cancelled) as closed:
        messages.warning(request, translated(closed.detail))
    else:
        words = _("办事指南已经更新（第 {n} 版），这份草稿已改用新版；不再适用的内容没有带过来。")
        messages.info(request, words.format(n=application.edition.version))
    return application


@duty(Duty.CLERK)
@require_safe
def divisions(request: HttpRequest, number: str) -> HttpResponse:
    """An address field again, with the lists below what was chosen."""
    application = find(number, by=actor_of(request), at=now())
    return drafting.address_again(
        request,
        application.edition.doc,
        lambda typed, only: queries.form(application, typed=typed, only=only),
    )


@duty(Duty.CLERK)
@require_safe
def form_file(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """The file with which a field was answered; looking at it is written down, as opening the draft is."""
    actor, at = actor_of(request), now()
    application = find(number, by=actor, at=at)
    kept = sheets.file_of(application.edition.doc, application.answers, name)
    look(application.subject_id, by=actor, at=at, purpose="窗口受理", case=number, what="申请内容")
    return download(kept, inline="download" not in request.GET)


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Give the draft up, after a question."""
    actor, at = actor_of(request), now()
    application = find(number, by=actor, at=at)
    return drafting.giving_up(
        request,
        lambda: applications.discard(application, by=actor, at=at),
        consequence=_("已经登记的材料和填写的内容不再使用，不能恢复。"),
        back=reverse("counter:intake", args=[number]),
    )


def _keep(request: HttpRequest, application: Application, actor: Actor, at: datetime) -> tuple[dict[str, Any], Errors]:
    document = application.edition.doc
    typed = drafting.typed_into(request, document, queries.form(application))
    lines = ticked(request, {material.key or "" for material in document.materials})
    return sheets.written(typed), commands.take_in(application, answers=typed, ticked=lines, by=actor, at=at)


def _finish(request: HttpRequest, application: Application, actor: Actor, at: datetime) -> HttpResponse:
    """Saved; and submitted when that was asked for and nothing is missing."""
    if "submit" not in request.POST:
        messages.success(request, said_at(local(at)))
        return HttpResponseRedirect(reverse("counter:intake", args=[application.number]))
    try:
        applications.submit(application, by=actor, at=at)
    except Invalid as incomplete:
        return _page(request, application, actor, at, errors=_anchored(application, incomplete))
    return HttpResponseRedirect(reverse("counter:case", args=[application.number]))


def _anchored(application: Application, incomplete: Invalid) -> Errors:
    """Errors by the names that the page gives its lines and fields."""
    materials = {material.key for material in application.edition.doc.materials}
    return [
        {**error, "field": f"line_{error['field']}" if error["field"] in materials else error["field"]}
        for error in incomplete.errors
    ]


def _page(
    request: HttpRequest,
    application: Application,
    actor: Actor,
    at: datetime,
    *,
    typed: dict[str, Any] | None = None,
    errors: Errors | None = None,
) -> HttpResponse:
    told = told_at(lacking_fields(application))
    by_field = told | {error["field"]: error["message"] for error in errors or []}
    context = {
        "application": application,
        "lines": queries.checklist(application, at, errors=by_field),
        "sections": queries.form(application, typed=typed, errors=by_field),
        "missing": queries.missing(application, at),
        "errors": errors or [],
        "who": queries.visitor_facts(application.subject),
        "item": queries.item_facts(application),
        "visitor_url": reverse("counter:visitor", args=[note_for(application.subject_id, actor)]),
        "consent_url": consent_url(application.subject, actor, at),
        "paper_url": queries.notice_url(application),
        "accept": ACCEPT,
        "nav": "counter",
    }
    return render(request, "counter/intake.html", context, status=422 if errors else 200)
