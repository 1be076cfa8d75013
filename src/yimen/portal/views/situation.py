"""Guided situation: a question per page, then what this person needs; on paper too (一次性告知单)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from yimen.catalog.queries import current
from yimen.catalog.queries.details import details
from yimen.kit.guards import actor_of, public
from yimen.kit.time import day_of, now
from yimen.portal.queries import guiding, leaflets
from yimen.portal.queries import situation as asking
from yimen.portal.views.draft import as_person


@public
@require_GET
def situation(request: HttpRequest, slug: str) -> HttpResponse:
    """The next question, or the outcome when all that matter are answered."""
    edition = current(slug)
    document = edition.doc
    held = asking.read(document, request.GET)
    field = asking.question(document, held)
    context = {
        "item": document.name,
        "slug": slug,
        "rows": asking.rows(document, held, slug=slug),
        "hidden": asking.hidden(held),
    }
    if field is not None:
        errors = [{"field": field["name"], "message": field["error"]}] if field["error"] else []
        page = {**context, "field": field, "errors": errors}
        return render(request, "portal/situation.html", page, status=422 if errors else 200)
    if not context["rows"]:
        return redirect("portal:guide", slug)
    found = asking.answered(edition, held)
    return render(
        request,
        "portal/situation_outcome.html",
        {
            **context,
            "found": found,
            "guide": found.guide,
            "held": guiding.held(edition, as_person(actor_of(request)), now()),
            "begin_url": f"{reverse('portal:begin', args=[slug])}?{held.query}",
            "paper_url": f"{reverse('portal:checklist', args=[slug])}?{held.query}",
        },
    )


@public
@require_GET
def checklist(request: HttpRequest, slug: str) -> HttpResponse:
    """The one-time notice as PDF: what to bring, where, until when it takes."""
    edition = current(slug)
    held = asking.read(edition.doc, request.GET)
    with override(leaflets.LANGUAGE):
        found = asking.answered(edition, held)
        rows = [(row["label"], row["value"]) for row in asking.rows(edition.doc, held, slug=slug)]
        pdf = leaflets.checklist(edition, found, details(edition), rows, dated=day_of(now()))
    return leaflets.answer(pdf, f"{edition.doc.name}一次性告知单.pdf")
