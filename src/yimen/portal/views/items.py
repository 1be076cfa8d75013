"""An item's guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yimen.catalog import queries as catalog
from yimen.catalog.queries import linked_data
from yimen.catalog.queries.details import details
from yimen.catalog.queries.packaging import package_lines
from yimen.catalog.queries.situations import questions
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, public
from yimen.kit.time import now
from yimen.portal.queries import browsing, guiding
from yimen.portal.queries.batches import for_firms
from yimen.portal.queries.chapters import chapters
from yimen.portal.queries.places import hall_faces
from yimen.portal.views.draft import as_person

if TYPE_CHECKING:
    from yimen.catalog.models import Edition


@public
@require_GET
@remembering()
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the edition knows; for somebody signed in also what the city already has of them."""
    try:
        return guide_page(request, catalog.current(slug))
    except (catalog.Suspended, catalog.Cancelled) as gone:
        context = {"gone": gone, **guiding.instead(slug)}
        return render(request, "portal/gone.html", context, status=gone.status)


def guide_page(request: HttpRequest, edition: Edition, *, preview: bool = False) -> HttpResponse:
    """The page of an edition. preview: nobody has released it yet; its editors look at it as citizens will."""
    actor, at = as_person(actor_of(request)), now()
    face, more, address = catalog.guide(edition), details(edition), guiding.address_of(edition)
    held = guiding.held(edition, actor, at)
    everything = "all" in request.GET
    return render(
        request,
        "portal/guide.html",
        {
            "guide": face,
            "preview": preview,
            "coming": None if preview else guiding.coming_to(edition, at),
            "details": more,
            "edition": edition,
            "contents": chapters(face, more, everything=everything),
            "everything": everything,
            "many": for_firms(edition.doc),
            "audience": browsing.audience(edition.doc.subjects),
            "halls": hall_faces(at),
            "local": guiding.local(edition),
            "packages": package_lines(edition.item.slug),
            "held": held,
            "held_always": sum(line.key in held for line in face.always),
            "asks": bool(questions(edition.doc)),
            "drafts": () if preview else guiding.drafts_of(edition, actor, at),
            **guiding.flow(edition),
            "crumbs": guiding.crumbs(edition),
            "share_url": address,
            "description": linked_data.description(face),
            "linked": linked_data.script(linked_data.linked_data(edition, face, more, address)),
        },
    )
