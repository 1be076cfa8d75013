"""Finding something: the list of items with everything else that fits, and suggestions while one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from yimen.catalog import queries as catalog
from yimen.catalog.queries.answering import answers, situated
from yimen.kit.commands import remembering
from yimen.kit.guards import public
from yimen.portal.queries import browsing, nearby


@public
@require_GET
@remembering()
def items(request: HttpRequest) -> HttpResponse:
    """Search and browse: words and facets narrow each other down. The place that is chosen is remembered."""
    asked = browsing.asked(request.GET)
    cursor = request.GET.get("cursor")
    near = asked["division"] or nearby.near(request)
    found, counted = browsing.found(asked, cursor=cursor, near=near), browsing.counted(asked)
    first = bool(asked["q"]) and not cursor
    answer = render(
        request,
        "portal/items.html",
        {
            "asked": asked,
            "page": found,
            "hits": nearby.shown(found.items),
            "near": "" if asked["division"] else catalog.label("division", near),
            "facets": browsing.facets_of(asked, counted),
            "switches": browsing.switches_of(asked, counted),
            "chosen": browsing.chosen(asked),
            "title": browsing.title(asked),
            "things": catalog.things(asked["q"]) if first else [],
            "answers": answers(asked["q"], found.items) if first else [],
            "situations": situated(asked["q"], found.items) if first else [],
            "doorways": browsing.doorways() if not found.items else None,
        },
    )
    if asked["division"] and asked["division"] != nearby.near(request):
        nearby.remember(answer, asked["division"])
    return answer


@public
@require_GET
@remembering()
def suggest(request: HttpRequest) -> HttpResponse:
    """What fits the words typed so far; a fragment under the search box."""
    asked = browsing.asked(request.GET)
    found = catalog.suggestions(asked["q"], near=nearby.near(request))
    return render(request, "portal/_suggestions.html", {"suggestions": found})


@public
@require_POST
def forget_place(request: HttpRequest) -> HttpResponse:
    """No place comes first any more."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("portal:items")
    answer = HttpResponseRedirect(target)
    nearby.remember(answer, "")
    return answer
