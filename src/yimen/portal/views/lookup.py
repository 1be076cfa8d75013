"""The public look-up: number and query password give what happened, without personal data."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yimen.cases.queries import NoMatch, clock_faces, find_public, timeline
from yimen.kit.actor import Actor
from yimen.kit.errors import TooOften
from yimen.kit.guards import public
from yimen.kit.time import now
from yimen.kit.web import address_of
from yimen.portal.queries import following, looking_up

COOKIE = "yimen_lookup"
MINUTES = 15


@public
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form. What was right is remembered for a quarter of an hour in a signed cookie, never in the address."""
    number = (request.POST.get("number") or request.GET.get("number") or "").strip()[:60]
    errors: list[dict[str, str]] = []
    status = 200
    if request.method == "POST":
        password = request.POST.get("password", "")
        errors = looking_up.blanks(number, password)
        try:
            if not errors:
                limit = settings.YIMEN_CALLS_PER_MINUTE
                found = find_public(number, password, asker=address_of(request), at=now(), limit=limit)
                return _granted(found.number)
            status = 422
        except (NoMatch, TooOften) as refusal:
            errors, status = [{"field": "", "message": refusal.detail}], 422 if isinstance(refusal, NoMatch) else 429
    page = {"errors": errors, "fields": looking_up.fields(number, errors)}
    return render(request, "portal/lookup.html", page, status=status)


@public
@never_cache
@require_GET
def result(request: HttpRequest) -> HttpResponse:
    """What anybody may know who holds the receipt."""
    number = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=MINUTES * 60)
    found = looking_up.by_number(number) if number else None
    if found is None:
        return redirect("portal:lookup")
    at = now()
    return render(
        request,
        "portal/lookup_result.html",
        {
            "case": found,
            "story": [*following.coming(found, at), *reversed(timeline(found, Actor(), at))],
            "clocks": clock_faces(found, at),
        },
    )


def _granted(number: str) -> HttpResponse:
    answer = redirect("portal:lookup_result")
    answer.set_signed_cookie(
        COOKIE, number, salt=COOKIE, max_age=MINUTES * 60, httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE, path="/query/",
    )  # fmt: skip
    return answer
