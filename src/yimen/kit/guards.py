"""Who may open a door: every view bears exactly one guard, and a test looks for it.

The guard only sorts visitors (anybody, signed in, holders of a duty); whose case it is, is asked in `access`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, SignInNeeded

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anybody may read."""
    return _marked(view, "public")


def signed_in(view: View) -> View:
    """Somebody with an account."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).user is None:
            raise SignInNeeded
        return view(request, *args, **kwargs)

    return _marked(guarded, "signed_in")


def duty(*duties: str) -> Callable[[View], View]:
    """Somebody whose post gives one of the duties."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if actor.user is None:
                raise SignInNeeded
            if not actor.duties & set(duties):
                raise Forbidden
            return view(request, *args, **kwargs)

        return _marked(guarded, "duty:" + ",".join(duties))

    return wrap


def actor_of(request: HttpRequest) -> Actor:
    """The actor that identity's middleware (or the API's authentication) has put on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _marked(view: View, guard: str) -> View:
    view.yimen_guard = guard  # type: ignore[attr-defined]
    return view
