"""Home: one question, what waits for the person, and plain words to begin with. And the pages that only explain."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, public
from yimen.kit.time import now
from yimen.portal.queries.browsing import doorways
from yimen.portal.queries.places import hall_faces
from yimen.portal.queries.waiting import fresh_result, own_cases, waiting
from yimen.portal.views.draft import as_person


@public
@require_GET
@remembering()
def home(request: HttpRequest) -> HttpResponse:
    """您想办什么事？"""
    actor, at = as_person(actor_of(request)), now()
    own = own_cases(actor, at) if actor.user else None
    steps = [] if own is None else waiting(actor, own, at)[:2] + fresh_result(own, at)
    return render(
        request,
        "portal/home.html",
        {"waiting": steps, "doorways": doorways(), "halls": hall_faces(at)},
    )


@public
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What this is and who answers for it."""
    return render(request, "portal/about.html")


@public
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How things are done here, and where people help."""
    return render(request, "portal/help.html", {"halls": hall_faces(now())})


@public
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, and what to do where it doesn't."""
    return render(request, "portal/accessibility.html")


@public
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data are kept, why, who sees them."""
    return render(request, "portal/privacy.html")
