"""The leaflet of a guide as PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from yimen.catalog import queries as catalog
from yimen.catalog.queries.details import details
from yimen.kit.guards import public
from yimen.portal.queries import leaflets


@public
@require_safe
def brochure(request: HttpRequest, slug: str) -> HttpResponse:
    """A4 unless A5 is asked for."""
    edition = catalog.current(slug)
    asked = request.GET.get("size", "").lower()
    size = asked if asked in leaflets.SIZES else leaflets.SIZES[0]
    with override(leaflets.LANGUAGE):
        pdf = leaflets.brochure(edition, catalog.guide(edition), details(edition), size=size)
    return leaflets.answer(pdf, f"{edition.doc.name}办事指南-{size.upper()}.pdf")
