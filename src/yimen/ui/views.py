"""The shell's own doors: accessible mode, and the styleguide for those who build and administer."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, public
from yimen.ui import styleguide as samples
from yimen.ui.context import PLAIN_COOKIE

YEAR = 365 * 24 * 3600


@public
@require_POST
def accessible_mode(request: HttpRequest) -> HttpResponse:
    """Switch the larger, calmer display on or off; kept in a cookie on this device only."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    answer = HttpResponseRedirect(target)
    answer.set_cookie(PLAIN_COOKIE, "1" if request.POST.get("on") == "1" else "0", max_age=YEAR, samesite="Lax")
    return answer


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with realistic data; for others it does not exist."""
    if not (settings.DEBUG or actor_of(request).may("administrator")):
        raise NotFound
    page = samples.PAGES.get(request.GET.get("page", ""), "parts")
    return render(request, f"ui/styleguide/{page}.html", samples.context(page))
