"""A case for its applicant: what happened, what comes, what one can do now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yimen.applications.queries import find as find_application
from yimen.cases import commands
from yimen.cases.access import allowed
from yimen.cases.choices import Outcome
from yimen.cases.queries import clock_faces, find, timeline
from yimen.kit.errors import Invalid, NotFound, Refusal
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.kit.typed import take_typed
from yimen.law.states import State
from yimen.portal.queries import checking, following, supplying
from yimen.portal.views.draft import answered, as_person
from yimen.portal.views.form_pages import short
from yimen.results.queries import delivery_of
from yimen.sheets import queries as sheets
from yimen.ui import inputs

# Ended without a decision: one may begin anew.
AGAIN = (State.WITHDRAWN, State.RETURNED, State.REFUSED, State.VOID)


@signed_in
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The whole case as its applicant may know it."""
    actor, at = as_person(actor_of(request)), now()
    found = find(number, by=actor, at=at)
    prefetch_related_objects([found], "supplements")
    faces = clock_faces(found, at, stopped=True)
    context: dict[str, Any] = {
        "case": found,
        "story": [*reversed(following.coming(found, at)), *reversed(timeline(found, actor, at))],
        "clocks": [face for face in faces if face.state != "stopped"],
        "past_clocks": [face for face in faces if face.state == "stopped"],
        "papers": following.papers_of(number),
        "results": following.results_of(found),
        "delivery": delivery_of(found),
        "verbs": allowed(found, actor, at),
        "notice": supplying.notice_of(found),
        "owed": supplying.owed_of(found),
        "owed_until": supplying.owed_until(found),
        "again": found.state in AGAIN or found.outcome == Outcome.DENY,
    }
    return render(request, "portal/case.html", context)


@signed_in
@require_GET
def content(request: HttpRequest, number: str) -> HttpResponse:
    """What was filled in and handed in, to read again and to print."""
    actor, at = as_person(actor_of(request)), now()
    found = find(number, by=actor, at=at)
    application = find_application(number, by=actor, at=at)
    return render(request, "portal/content.html", {"case": found, **checking.handed_in(application)})


@signed_in
@require_GET
def calendar_entry(request: HttpRequest, number: str) -> HttpResponse:
    """The due day for the calendar of one's phone."""
    at = now()
    found = find(number, by=as_person(actor_of(request)), at=at)
    if found.due_on is None:
        raise NotFound(_("这件事现在没有需要等待的日期。"))
    return HttpResponse(
        following.ics(found, at),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.number}.ics"'},
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the application back, after a question, with a reason."""
    actor, at = as_person(actor_of(request)), now()
    found = find(number, by=actor, at=at)
    if request.method == "GET" and "withdraw" not in allowed(found, actor, at):
        messages.info(request, _("这件事现在不能撤回。"))
        return redirect("portal:case", number)
    reason, error = request.POST.get("reason", "").strip(), ""
    if request.method == "POST":
        try:
            commands.withdraw(found, reason=reason, by=actor, at=at)
        except Refusal as refusal:
            if refusal.code != "reason_missing":
                raise
            error = translated(refusal.detail)
        else:
            messages.success(request, _("申请已撤回。"))
            return redirect("portal:case", number)
    return render(request, "ui/confirm.html", _asking(found, reason, error), status=422 if error else 200)


def _asking(found: Any, reason: str, error: str) -> dict[str, Any]:
    here = reverse("portal:case", args=[found.number])
    return {
        "frame": "ui/citizen.html",
        "title": _("撤回“%(item)s”的申请？") % {"item": found.item_name},
        "consequence": _("撤回后立即停止办理，不能恢复；以后仍可重新申请，办理期限重新计算。"),
        "action_url": reverse("portal:withdraw", args=[found.number]),
        "action_label": _("撤回申请"),
        "cancel_url": here,
        "danger": True,
        "errors": [{"field": "reason", "message": error}] if error else [],
        "fields": [
            {
                "name": "reason", "label": _("为什么撤回？"), "kind": "textarea", "required": True, "value": reason,
                "error": error, "hint": _("一句话就可以，例如：材料要重新准备。"),
            }
        ],
    }  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Exactly what was asked for, with the reasons; uploads, fields, and the confirmation."""
    actor, at = as_person(actor_of(request)), now()
    found = find(number, by=actor, at=at)
    notice = supplying.notice_of(found)
    if notice is None or found.state != State.SUPPLEMENT:
        return redirect("portal:owed", number)
    application = find_application(found.number, by=actor, at=at)
    names = {each["name"] for each in notice.fields}
    post = request.POST if request.method == "POST" else take_typed(request)
    raw = sheets.from_post(post, application.edition.doc, names, files=request.FILES) if post else {}
    button = inputs.row_button(request.POST)
    if button:
        raw = inputs.apply(raw, button)
    errors: list[dict[str, str]] = []
    if request.method == "POST" and not button:
        errors = answered(application, raw, names, by=actor, at=at) or _confirm(found, actor, at)
        if not errors:
            messages.success(request, _("补正材料已提交，我们会尽快告知是否受理。"))
            return redirect("portal:case", number)
    context = supplying.page(
        found, application, notice, sheets.written(raw), short(errors, application.edition.doc), at
    )
    return render(request, "portal/supplement.html", {**context, "errors": errors}, status=422 if errors else 200)


@signed_in
@require_GET
def owing(request: HttpRequest, number: str) -> HttpResponse:
    """What was promised for later (容缺), to be handed in before the decision."""
    actor, at = as_person(actor_of(request)), now()
    found = find(number, by=actor, at=at)
    faces = supplying.owed_faces(found, at)
    if not faces:
        return redirect("portal:case", number)
    return render(request, "portal/owed.html", {"case": found, "faces": faces})


def _confirm(found: Any, actor: Any, at: Any) -> list[dict[str, str]]:
    """Hand it over; what is still missing comes back as errors that lead to the uploads."""
    try:
        commands.supplement(found, by=actor, at=at)
    except Invalid as refusal:
        return refusal.errors
    except Refusal as refusal:
        if refusal.code != "still_missing":
            raise
        return [{"field": key, "message": refusal.detail} for key in supplying.first_missing(found)]
    return []
