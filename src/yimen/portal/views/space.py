"""My space: what waits, what runs, messages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yimen.applications.access import wholly
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.paging import page
from yimen.kit.time import now
from yimen.notices import commands as notices
from yimen.notices.queries import of as messages_of
from yimen.notices.queries import unread
from yimen.portal.queries import space
from yimen.portal.queries.standing import firms_of
from yimen.portal.queries.waiting import own_cases, waiting
from yimen.portal.views.draft import as_person
from yimen.portal.views.firms import note_firms, stand

PAGE = 20


@signed_in
@require_GET
@remembering()
def my(request: HttpRequest) -> HttpResponse:
    """The first page of one's own space."""
    actor, at = as_person(actor_of(request)), now()
    stand(request, None)
    note_firms(request, acts=bool(firms_of(actor, at)))
    subjects, own = wholly(actor, at), own_cases(actor, at)
    return render(
        request,
        "portal/my.html",
        {
            "waiting": waiting(actor, own, at),
            "running": space.running(own),
            "ended": space.ended(own),
            "doors": space.doors(unread(subjects)),
            "firms": space.principals(actor, at),
        },
    )


@signed_in
@require_GET
@remembering()
def cases(request: HttpRequest) -> HttpResponse:
    """All cases of oneself and of those one acts for, newest first."""
    actor, at = as_person(actor_of(request)), now()
    view = request.GET.get("view", "")
    rows = space.of_view(own_cases(actor, at), view).select_related("agency")
    found = page(rows, by=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
    context: dict[str, Any] = {
        "page": found,
        "rows": [space.row(case) for case in found.items],
        "columns": space.columns(),
        "tabs": space.tabs(view),
        "view": view,
    }
    return render(request, "portal/cases.html", context)


@signed_in
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """Messages, newest first; what is shown counts as read from now on."""
    actor, at = as_person(actor_of(request)), now()
    found = page(messages_of(wholly(actor, at)), by=("-id",), cursor=request.GET.get("cursor"), size=PAGE)
    others = space.names(actor, at)
    lines = [space.message(each, others) for each in found.items]
    fresh = [each for each in found.items if each.read_at is None and each.subject_id in space.readers(actor, at)]
    if fresh:
        notices.mark_seen(fresh, by=actor, at=at)
    return render(request, "portal/messages.html", {"page": found, "lines": lines})
