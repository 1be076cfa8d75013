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
from yimen.applications.queries import find
from yimen.catalog.queries import current
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.portal.queries import applicants, filling, renewing, reusing, situation
from yimen.portal.views import form_pages
from yimen.portal.views.draft import ItemPages, as_person, with_draft
from yimen.portal.views.firms import beforehand


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
    fitting = [each for each in options if each.fits]
    page = applicants.page(edition, options, errors, beforehand(request, fitting), actor=actor, at=at)
    page["told"] = situation.rows(edition.doc, told, slug=slug)
    return render(request, "portal/begin.html", page, status=422 if errors else 200)


@signed_in
@require_GET
@with_draft
def tasks(request: HttpRequest, application: Any) -> HttpResponse:
    """The list of steps with what is done."""
    steps = filling.tasks(application, now())
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
            "reuse": reusing.reuse(application, as_person(actor_of(request)), now()),
        },
    )


@signed_in
@require_http_methods(["GET", "POST"])
@with_draft
def form(request: HttpRequest, application: Any, section: int) -> HttpResponse:
    """One page of the form."""
    return form_pages.show_or_keep(request, ItemPages(application, actor_of(request)), section)


@signed_in
@require_POST
@with_draft
def autosave(request: HttpRequest, application: Any) -> HttpResponse:
    """Keep what is right so far."""
    return form_pages.autosave(request, ItemPages(application, actor_of(request)))


@signed_in
@require_GET
def divisions(request: HttpRequest, number: str) -> HttpResponse:
    """An address field again."""
    actor = actor_of(request)
    return form_pages.divisions(request, ItemPages(find(number, by=actor, at=now()), actor))


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
