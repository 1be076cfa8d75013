"""Doors of identity; here the middleware that says who is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
        known = request.user.is_authenticated
        request.actor = actor_for(plain(request.user), now()) if known else Actor()  # type: ignore[attr-defined]
        return self._get_response(request)
