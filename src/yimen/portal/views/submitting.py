"""Check your answers, submit once, and what one leaves with: number, password, receipt, the next date."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yimen.applications import commands
from yimen.applications.queries import find
from yimen.cases.queries import of_application
from yimen.catalog.queries import Cancelled, Suspended
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import day_of, now
from yimen.portal.queries import checking, filling, following
from yimen.portal.queries.spared import spared
from yimen.portal.views.draft import as_person, with_draft


@signed_in
@require_http_methods(["GET", "POST"])
@with_draft
def check(request: HttpRequest, application: Any) -> HttpResponse:
    """All answers with links to change them; the POST submits. A second POST finds the first one's receipt."""
    number = application.number
    if request.method == "POST":
        try:
            commands.submit(application, by=as_person(actor_of(request)), at=now())
        except commands.AlreadySubmitted:
            return redirect("portal:done", number)
        except (commands.EditionMoved, Suspended, Cancelled):
            return redirect("portal:tasks", number)
        except commands.Incomplete:
            return _review(request, application, status=422)
        return redirect("portal:done", number)
    return _review(request, application)


def _review(request: HttpRequest, application: Any, status: int = 200) -> HttpResponse:
    return render(
        request,
        "portal/check.html",
        {
            "application": application,
            "who": filling.who(application),
            "sections": checking.sections(application),
            "materials": checking.materials(application, now()),
            "gaps": filling.gaps(application, now()),
            "later": checking.promised(application),
            "promise": following.promise(application.edition.doc, application.agency.name, day_of(now())),
        },
        status=status,
    )


@signed_in
@require_GET
def done(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt: everything one needs to follow the case, with or without an account."""
    actor, at = as_person(actor_of(request)), now()
    application = find(number, by=actor, at=at)
    case = of_application(number)
    if application.is_draft or case is None:
        return redirect("portal:tasks", number)
    return render(
        request,
        "portal/done.html",
        {
            "application": application,
            "case": case,
            "receipt": following.receipt(number),
            "due": case.due_on,
            "spared": spared(application),
        },
    )
