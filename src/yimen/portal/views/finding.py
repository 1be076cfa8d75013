"""Finding something: the list of items with everything else that fits, and suggestions while one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yimen.catalog import queries as catalog
from yimen.catalog.queries.answering import answers
from yimen.kit.commands import remembering
from yimen.kit.guards import public
from yimen.portal.queries import browsing


@public
@require_GET
@remembering()
def items(request: HttpRequest) -> HttpResponse:
    """Search and browse: words and facets narrow each other down."""
    asked = browsing.asked(request.GET)
    cursor = request.GET.get("cursor")
    found = browsing.found(asked, cursor=cursor)
    first = bool(asked["q"]) and not cursor
    return render(
        request,
        "portal/items.html",
        {
            "asked": asked,
            "page": found,
            "facets": browsing.facets_of(asked),
            "switches": browsing.switches_of(asked),
            "chosen": browsing.chosen(asked),
            "title": browsing.title(asked),
            "things": catalog.things(asked["q"]) if first else [],
            "answers": answers(asked["q"], found.items) if first else [],
            "doorways": browsing.doorways() if not found.items else None,
        },
    )


@public
@require_GET
@remembering()
def suggest(request: HttpRequest) -> HttpResponse:
    """What fits the words typed so far; a fragment under the search box."""
    asked = browsing.asked(request.GET)
    return render(request, "portal/_suggestions.html", {"suggestions": catalog.suggestions(asked["q"])})
