"""Several items at once, freely chosen: one form and one list (一表通). What is chosen stands in the address."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yimen.applications.choices import Channel
from yimen.applications.commands.together import begin_package
from yimen.catalog.commands.choosing import put_together
from yimen.catalog.queries.packaging import papers
from yimen.catalog.queries.packaging.choosing import FEWEST, NotTogether, together
from yimen.kit.commands import remembering
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, public, signed_in
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.portal.queries import choosing, nearby, packages
from yimen.portal.queries import together as reading
from yimen.portal.queries.applicants import chosen
from yimen.portal.queries.browsing import audience
from yimen.portal.views.draft import as_person
from yimen.portal.views.firms import beforehand
from yimen.portal.views.packages import subject_field

if TYPE_CHECKING:
    from yimen.catalog.queries.packaging import Resolution
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor


@public
@require_GET
@remembering()
def choose(request: HttpRequest) -> HttpResponse:
    """What is chosen, a search for more, and what it comes to as one form."""
    actor, at = as_person(actor_of(request)), now()
    slugs, q = choosing.asked(request.GET), request.GET.get("q", "").strip()[:80]
    lines = choosing.lines(slugs)
    context: dict[str, Any] = {
        "lines": lines,
        "q": q,
        "others": choosing.others(q, slugs, nearby.near(request)),
        "gone": len(slugs) - len(lines),
        "few": len(lines) < FEWEST,
    }
    if len(lines) >= FEWEST:
        context |= _result(slugs, actor, at)
    return render(request, "portal/choose.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
@remembering()
def apply(request: HttpRequest) -> HttpResponse:
    """In whose name; the POST opens one application for all of them."""
    actor, at = as_person(actor_of(request)), now()
    slugs = choosing.asked(request.GET if request.method == "GET" else request.POST)
    back = choosing.address(slugs)
    try:
        found = together(slugs, held=choosing.own_kinds(actor, at))
    except NotTogether:
        return redirect(back)
    document = found.resolution.document
    fitting = [each for each in reading.options(document.subjects, document.slugs, actor, at) if each.fits]
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        subject = chosen(fitting, request.POST.get("subject", ""))
        errors = [{"field": "subject", "message": _("请选择以谁的名义申请。")}]
        if subject is not None:
            try:
                return redirect("portal:package_tasks", _begin(document.slugs, subject, actor, at))
            except Refusal as refused:
                errors = [{"field": "subject", "message": refused.detail}]
    context = {
        "document": document,
        "errors": errors,
        "fitting": fitting,
        "field": subject_field(fitting, beforehand(request, fitting), errors),
        "hidden": [("item", slug) for slug in document.slugs],
        "back": back,
        "audience": audience(document.subjects),
        "drafts": [],
        "count": len(document.slugs),
    }
    return render(request, "portal/package_begin.html", context, status=422 if errors else 200)


def _begin(slugs: tuple[str, ...], subject: Subject, actor: Actor, at: datetime) -> str:
    """The number of the application: a new one, or one that a click before this has just begun."""
    held = choosing.held_kinds([subject.pk, *actor.subjects], at)
    edition = put_together(slugs, held=held, by=actor, at=at)
    untouched = packages.untouched(edition, {}, [], subject.pk, actor, at)
    if untouched is not None:
        return untouched.number
    begun = begin_package(
        package=edition, situation={}, left_out=[], subject=subject, channel=Channel.WEB, by=actor, at=at
    )
    return begun.number


def _result(slugs: list[str], actor: Actor, at: datetime) -> dict[str, Any]:
    try:
        found = together(slugs, held=choosing.own_kinds(actor, at))
    except NotTogether as why:
        return {"why": translated(why.detail)}
    return {"sums": choosing.sums(found), "apply_url": _apply_url(slugs), **_told(found.resolution, actor, at)}


def _told(resolution: Resolution, actor: Actor, at: datetime) -> dict[str, Any]:
    held, guides, today = (
        packages.held(resolution.assembly, actor, at),
        papers.guides_of(resolution.assembly),
        day_of(at),
    )
    lines = papers.papers(resolution.assembly, guides, {}, held)
    return {
        "steps": packages.steps(resolution, guides, today),
        "papers": lines,
        "totals": packages.totals(resolution, guides, lines, today),
    }


def _apply_url(slugs: list[str]) -> str:
    return reverse("portal:choose_apply") + choosing.address(slugs).removeprefix(reverse("portal:choose"))
