"""Who applies, the list of steps, the pages of the form, giving up a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.applications import commands
from yimen.applications.choices import Channel
from yimen.applications.commands.situating import situate
from yimen.applications.queries import find, lacking
from yimen.catalog.queries import current
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.kit.typed import take_typed
from yimen.portal.queries import applicants, filling, renewing, situation
from yimen.portal.views.draft import as_person, keep, posted, short, with_draft
from yimen.sheets import queries as sheets
from yimen.ui import inputs


@signed_in
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Who applies: oneself, or a firm or person one may act for."""
    actor, at, edition = as_person(actor_of(request)), now(), current(slug)
    told = situation.read(edition.doc, request.GET)
    options = applicants.options(edition.doc, actor, at)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        chosen = applicants.chosen(options, request.POST.get("subject", ""))
        if chosen is not None:
            draft = applicants.untouched(actor, slug, chosen.pk, at)
            if draft is None:
                draft = commands.begin(
                    edition=edition, subject=chosen, channel=Channel.WEB, situation=told.answers, by=actor, at=at
                )
            elif told.answers:
                situate(draft, told.answers, by=actor, at=at)
            return redirect("portal:tasks", draft.number)
        errors = [{"field": "subject", "message": _("请选择以谁的名义申请。")}]
    page = applicants.page(edition, options, errors, request.POST.get("subject", ""), actor=actor, at=at)
    page["told"] = situation.rows(edition.doc, told, slug=slug)
    return render(request, "portal/begin.html", page, status=422 if errors else 200)


@signed_in
@require_GET
@with_draft
def tasks(request: HttpRequest, application: Any) -> HttpResponse:
    """The list of steps with what is done."""
    steps = filling.tasks(application)
    following = next((step for step in steps if step["state"] == "current"), None)
    done = sum(step["state"] == "done" for step in steps)
    return render(
        request,
        "portal/tasks.html",
        {
            "application": application,
            "steps": steps,
            "following": following,
            "done": done,
            "total": len(steps),
            "news": renewing.news(application),
            "closed": renewing.closed(application),
        },
    )


@signed_in
@require_http_methods(["GET", "POST"])
@with_draft
def form(request: HttpRequest, application: Any, section: int) -> HttpResponse:
    """One page of the form. Right answers are kept even when others are wrong; nothing typed is lost."""
    if request.method == "GET":
        typed = take_typed(request)
        return _form_page(request, application, section, typed=posted(typed, application) if typed else None)
    raw, button = posted(request.POST, application), inputs.row_button(request.POST)
    if button:
        return _form_page(request, application, section, typed=inputs.apply(raw, button))
    errors = keep(request, application, raw)
    application = find(application.number, by=actor_of(request), at=now())
    wrong = {each["field"] for each in errors}
    names = set(raw)
    errors += [
        {"field": each.key, "code": "missing", "message": filling.said(each)}
        for each in lacking(application, ())
        if each.kind == "field" and each.key in names - wrong
    ]
    if errors:
        return _form_page(request, application, section, typed=raw, errors=errors)
    if request.GET.get("return") == "check":
        return redirect("portal:check", application.number)
    following = filling.page_after(filling.pages_of(application), names)
    if following:
        return redirect("portal:form", application.number, following)
    return redirect("portal:materials" if application.edition.doc.materials else "portal:check", application.number)


def _form_page(
    request: HttpRequest,
    application: Any,
    section: int,
    *,
    typed: dict[str, Any] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """The page as kept, or as just typed with what is wrong about it."""
    held = {**application.answers, **(typed or {})}
    pages = filling.pages_of(application, held, short(errors or [], application))
    page = _page_of(pages, section, set(typed or ()))
    number = application.number
    steps = [
        {
            "label": each.title,
            "url": reverse("portal:form", args=[number, each.place]),
            "state": _state(each.place, page.place),
        }
        for each in pages
    ]
    return render(
        request,
        "portal/form.html",
        {
            "application": application,
            "page": page,
            "fields": filling.fields_at(application, page),
            "names": " ".join(sorted(page.names)),
            "steps": steps,
            "errors": errors or [],
            "returning": request.GET.get("return") == "check",
            "autosave_url": reverse("portal:autosave", args=[number]),
        },
        status=422 if errors else 200,
    )


def _page_of(pages: list[sheets.Page], section: int, names: set[str]) -> sheets.Page:
    """The page that asks what was posted, else the one of this place."""
    asked = next((page for page in pages if page.names & names), None)
    return asked or filling.page_at(pages, section)


def _state(place: int, here: int) -> str:
    return "current" if place == here else "done" if place < here else "todo"


@signed_in
@require_POST
@with_draft
def autosave(request: HttpRequest, application: Any) -> HttpResponse:
    """Keep what is right so far, while somebody types; says what it could not keep."""
    errors = keep(request, application, posted(request.POST, application))
    return render(request, "portal/_saved.html", {"at": now(), "wrong": len(errors)})


@signed_in
@require_GET
def divisions(request: HttpRequest, number: str) -> HttpResponse:
    """An address field again, with the lists below what was chosen."""
    application = find(number, by=actor_of(request), at=now())
    document, name = application.edition.doc, request.GET.get("field", "")
    typed = sheets.from_post(request.GET, document, {name})
    page = next(
        (page for page in filling.pages_of(application, {**application.answers, **typed}) if name in page.names), None
    )
    if page is None:
        raise NotFound
    field = next(field for field in filling.fields_at(application, page) if field["name"] == name)
    return render(request, "portal/_field.html", {"field": field})


@signed_in
@require_http_methods(["GET", "POST"])
@with_draft
def discard(request: HttpRequest, application: Any) -> HttpResponse:
    """Give the draft up, after a question."""
    if request.method == "POST":
        commands.discard(application, by=actor_of(request), at=now())
        messages.success(request, _("这份申请已放弃。"))
        return redirect("portal:my")
    number = application.number
    return render(
        request,
        "ui/confirm.html",
        {
            "frame": "ui/citizen.html",
            "title": _("放弃这份申请？"),
            "consequence": _("放弃后，“%(item)s”已经填写的内容和上传的材料都不再保留在您的空间里，不能恢复。")
            % {"item": application.edition.doc.name},
            "action_url": reverse("portal:discard", args=[number]),
            "action_label": _("放弃申请"),
            "cancel_url": reverse("portal:tasks", args=[number]),
            "danger": True,
        },
    )
