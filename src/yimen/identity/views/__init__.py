"""Doors of identity; here the middleware that says who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yimen.identity.access import actor_for, plain
from yimen.kit.actor import Actor
from yimen.kit.time import now


class ActorMiddleware:
    """Puts `request.actor`. Somebody without a session costs nothing; with one, two statements beside Django's own.

    It isn't lazy: every frame shows who is here, and a lazy object is no Actor to dataclasses.replace.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = plain(request.user) if request.user.is_authenticated else None
        request.actor = actor_for(user, now()) if user else Actor()  # type: ignore[attr-defined]
        if user is not None and user.given_until is not None and not _leads_to_an_own_password(request.path):
            return HttpResponseRedirect(reverse("account_change_password"))
        return self._get_response(request)


def _leads_to_an_own_password(path: str) -> bool:
    """Whoever came in with a password that somebody else gave sets an own one before anything else."""
    return path in (reverse("account_change_password"), reverse("account_logout"), reverse("ui:language"))
