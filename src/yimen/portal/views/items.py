"""Finding an item, and its guide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yimen.catalog import queries as catalog
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, public
from yimen.kit.time import now
from yimen.portal.queries import browsing, guiding
from yimen.portal.queries.places import hall_faces
from yimen.portal.views.draft import as_person


@public
@require_GET
@remembering()
def items(request: HttpRequest) -> HttpResponse:
    """Search and browse: words and facets narrow each other down."""
    asked = browsing.asked(request.GET)
    found = browsing.found(asked, cursor=request.GET.get("cursor"))
    return render(
        request,
        "portal/items.html",
        {
            "asked": asked,
            "page": found,
            "facets": browsing.facets_of(asked),
            "chosen": browsing.chosen(asked),
            "title": browsing.title(asked),
        },
    )


@public
@require_GET
@remembering()
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the edition knows; for somebody signed in also what the city already has of them."""
    actor, at = as_person(actor_of(request)), now()
    edition = catalog.current(slug)
    return render(
        request,
        "portal/guide.html",
        {
            "guide": catalog.guide(edition),
            "edition": edition,
            "audience": browsing.audience(edition.doc.subjects),
            "halls": hall_faces(at),
            "held": guiding.held(edition, actor, at),
            "drafts": guiding.drafts_of(edition, actor, at),
            "flow": guiding.flow(edition),
            "crumbs": guiding.crumbs(edition),
            "share_url": guiding.address_of(edition),
        },
    )
