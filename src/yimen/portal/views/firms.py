"""Whom one stands for: oneself, or a firm that one acts for; which of them is always said in the page's head."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from yimen.kit.commands import remembering
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.portal.queries import firms as queries
from yimen.portal.queries.applicants import Option
from yimen.portal.queries.standing import firms_of
from yimen.portal.views.draft import as_person
from yimen.ui.context import ACTS, STANDING


@signed_in
@never_cache
@require_GET
@remembering()
def firms(request: HttpRequest) -> HttpResponse:
    """Oneself and the firms one acts for: choose as whom to go on."""
    actor, at = as_person(actor_of(request)), now()
    rows = queries.switches(actor, at, firms_of(actor, at))
    note_firms(request, acts=len(rows) > 1)
    return render(request, "portal/firms.html", {"rows": rows, "current": standing_for(request)})


@signed_in
@never_cache
@require_GET
@remembering()
def firm(request: HttpRequest, subject: int) -> HttpResponse:
    """The space of a firm; from now on one stands for it."""
    actor, at = as_person(actor_of(request)), now()
    note_firms(request, acts=True)
    held = firms_of(actor, at).get(subject)
    if held is None:
        raise NotFound
    one = held[0].principal
    stand(request, one.pk, one.name, reverse("portal:firm", args=[one.pk]))
    return render(request, "portal/firm.html", queries.page(one, held, actor, at))


def stand(request: HttpRequest, subject: int | None, name: str = "", url: str = "") -> None:
    """Remember for whom one stands; None for oneself. Written only where it changes."""
    wanted = {"subject": subject, "name": name, "url": url} if subject is not None else None
    if request.session.get(STANDING) != wanted:
        request.session[STANDING] = wanted


def note_firms(request: HttpRequest, acts: bool) -> None:
    """Whether the page's head offers to stand for somebody else."""
    if bool(request.session.get(ACTS)) != acts:
        request.session[ACTS] = acts


def standing_for(request: HttpRequest) -> int | None:
    """The firm one stands for, None for oneself. What one may do is asked elsewhere: this only chooses beforehand."""
    held = request.session.get(STANDING)
    return held["subject"] if held else None


def beforehand(request: HttpRequest, offered: Iterable[Option]) -> str:
    """Who is chosen beforehand as the applicant: whoever was posted, else for whom one stands if they are offered."""
    posted = request.POST.get("subject", "")
    return posted or next((str(each.subject.pk) for each in offered if each.subject.pk == standing_for(request)), "")
