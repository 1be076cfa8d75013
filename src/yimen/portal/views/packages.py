"""One-thing packages for everybody: which there are, the questions of one, and what follows from the answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from yimen.applications.choices import Channel
from yimen.applications.commands import together as commands
from yimen.catalog.queries import packaging
from yimen.catalog.queries.packaging import papers
from yimen.kit.actor import Actor
from yimen.kit.commands import remembering
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.guards import actor_of, public, signed_in
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.portal.queries import leaflets, packages, together
from yimen.portal.queries.applicants import chosen
from yimen.portal.queries.browsing import audience, link
from yimen.portal.views.draft import as_person
from yimen.portal.views.firms import beforehand

if TYPE_CHECKING:
    from yimen.catalog.models import PackageEdition
    from yimen.identity.models import Subject


@public
@require_GET
@remembering()
def listing(request: HttpRequest) -> HttpResponse:
    """All packages, for people and for firms."""
    lines = packaging.package_lines()
    groups = [
        (_("个人的一件事"), "user", [line for line in lines if not line.for_firms]),
        (_("企业和经营者的一件事"), "building-store", [line for line in lines if line.for_firms]),
    ]
    return render(request, "portal/packages.html", {"groups": groups, "any": lines})


@public
@require_GET
@remembering()
def package(request: HttpRequest, code: str) -> HttpResponse:
    """The questions first; once they are answered, exactly what this person needs. Everything is in the address."""
    actor, at = as_person(actor_of(request)), now()
    found = packaging.find_package(code)
    document = found.doc
    answers, leave = packages.asked(document, request.GET), packages.left_out(request.GET)
    open_ = packaging.open_questions(document, answers)
    sent = "ask" in request.GET
    context = _about(found, actor, at) | {"answers": answers, "leave": leave}
    if open_ or "change" in request.GET:
        context |= {
            "questions": packaging.question_fields(document, answers, wrong=sent),
            "errors": packages.errors(document, answers) if sent else [],
            "members": packages.members(document),
        }
        return render(request, "portal/package.html", context, status=422 if sent and open_ else 200)
    try:
        resolution = packaging.resolve(found, answers, leave)
    except Invalid as nothing:
        return render(request, "portal/package.html", context | {"nothing": translated(nothing.detail), "members": []})
    return render(request, "portal/package_result.html", context | _result(resolution, actor, at))


@public
@require_GET
@remembering()
def checklist(request: HttpRequest, code: str) -> HttpResponse:
    """The one-time notice of a package as PDF; what is still open is asked first."""
    found = packaging.find_package(code)
    answers, leave = packages.asked(found.doc, request.GET), packages.left_out(request.GET)
    if packaging.open_questions(found.doc, answers):
        return redirect(f"{reverse('portal:package', args=[code])}?{packages.query(answers, leave)}&ask=1")
    resolution = packaging.resolve(found, answers, leave)
    with override(leaflets.LANGUAGE):
        rows = [(row["label"], row["value"]) for row in packages.situation(found.doc, answers)]
        pdf = leaflets.package_checklist(resolution, rows, started=day_of(now()))
    return leaflets.answer(pdf, f"{found.doc.name}一次性告知单.pdf")


@signed_in
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """In whose name; the POST opens one application for all items."""
    actor, at = as_person(actor_of(request)), now()
    found = packaging.find_package(code)
    given = request.GET if request.method == "GET" else request.POST
    answers, leave = packages.asked(found.doc, given), packages.left_out(given)
    back = f"{reverse('portal:package', args=[code])}?{packages.query(answers, leave)}"
    if packaging.open_questions(found.doc, answers):
        return redirect(f"{back}&ask=1")
    resolution = packaging.resolve(found, answers, leave)
    slugs = [member.slug for member in resolution.assembly.members]
    options = together.options(found.doc.subjects, slugs, actor, at)
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        subject = chosen(options, request.POST.get("subject", ""))
        errors = [{"field": "subject", "message": _("请选择以谁的名义申请。")}]
        if subject is not None:
            try:
                return redirect("portal:package_tasks", _begin(found, answers, leave, subject, actor=actor, at=at))
            except Refusal as refused:
                errors = [{"field": "subject", "message": refused.detail}]
    fitting = [each for each in options if each.fits]
    context = {
        "package": found,
        "document": found.doc,
        "errors": errors,
        "fitting": fitting,
        "field": subject_field(fitting, beforehand(request, fitting), errors),
        "hidden": [*answers.items(), *(("leave", slug) for slug in leave)],
        "back": back,
        "audience": audience(found.doc.subjects) if found.doc.subjects else "",
        "drafts": packages.drafts_of(found, actor, at),
        "count": len(slugs),
    }
    return render(request, "portal/package_begin.html", context, status=422 if errors else 200)


def _begin(found: PackageEdition, answers: dict[str, str], leave: list[str], subject: Subject, **hand: Any) -> str:
    """The number of the application: a new one, or one that a click before this has just begun."""
    untouched = packages.untouched(found, answers, leave, subject.pk, hand["actor"], hand["at"])
    if untouched is not None:
        return untouched.number
    begun = commands.begin_package(
        package=found, situation=answers, left_out=leave, subject=subject, channel=Channel.WEB,
        by=hand["actor"], at=hand["at"],
    )  # fmt: skip
    return begun.number


def subject_field(fitting: list[Any], held: str, errors: list[dict[str, str]]) -> dict[str, Any]:
    """Who applies, as a field."""
    choices = [
        {"value": str(e.subject.pk), "label": e.subject.name, "hint": f"{e.why} · {e.subject.masked_number}"}
        for e in fitting
    ]
    return {
        "name": "subject",
        "label": _("申请人"),
        "kind": "choice",
        "required": True,
        "choices": choices,
        "value": held or (choices[0]["value"] if len(choices) == 1 else ""),
        "error": errors[0]["message"] if errors else "",
    }


def _about(found: Any, actor: Actor, at: datetime) -> dict[str, Any]:
    document = found.doc
    crumbs = [
        {"label": _("首页"), "url": reverse("portal:home")},
        {"label": _("一件事"), "url": reverse("portal:packages")},
        {"label": document.name, "url": ""},
    ]
    return {
        "package": found,
        "document": document,
        "crumbs": crumbs,
        "lead": packages.department(document.lead_department),
        "audience": audience(document.subjects) if document.subjects else "",
        "external": packages.external(document),
        "drafts": packages.drafts_of(found, actor, at),
        "life_url": link({"life_event": document.life_event}),
    }


def _result(found: packaging.Resolution, actor: Actor, at: datetime) -> dict[str, Any]:
    today = day_of(at)
    held = packages.held(found.assembly, actor, at)
    guides = papers.guides_of(found.assembly)
    lines = papers.papers(found.assembly, guides, {}, held)
    query = packages.query(found.answers, found.left_out)
    document = found.document
    return {
        "situation": packages.situation(document, found.answers),
        "steps": packages.steps(found, guides, today),
        "papers": lines,
        "totals": packages.totals(found, guides, lines, today),
        "leaving": packages.leaving(found.optional, found.left_out),
        "gone": list(packaging.item_names(found.gone).values()),
        "apply_url": f"{reverse('portal:package_apply', args=[document.code])}?{query}",
        "paper_url": f"{reverse('portal:package_checklist', args=[document.code])}?{query}",
        "hidden": list(found.answers.items()),
    }
