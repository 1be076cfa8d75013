"""The door in front of every operation: who asks, how much is sent, once or again; each "no" becomes a problem."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from ninja.utils import check_csrf

from yimen.kit import idempotency
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal, TooOften
from yimen.kit.guards import actor_of
from yimen.kit.rest.offers import Offer, bodiless, menu, require_fit
from yimen.kit.rest.refusals import (
    BadCharacters,
    BadToken,
    CsrfFailed,
    MalformedBody,
    NoSuchRoute,
    TooLarge,
    WrongMethod,
)
from yimen.kit.rest.times import moment
from yimen.kit.rest.tongues import tongue
from yimen.kit.web import problem

View = Callable[..., HttpResponseBase]
Bearer = Callable[[str], Actor | None]

SAFE = {"GET", "HEAD", "OPTIONS"}
MEBIBYTE = 1024 * 1024
# What a form may weigh beside its file.
BESIDE_THE_FILE = MEBIBYTE


def door(view: View, *, guard: str, bearer: Bearer, offer: Offer | None = None) -> View:
    """Put the door in front of a view. guard: public or signed_in, as the test of guards reads it."""

    @csrf_exempt
    @functools.wraps(view, updated=())
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if offer is not None and request.method == "OPTIONS":
            return menu(offer)
        with translation.override(tongue(request)):
            answer = _answer(request, bearer, offer, functools.partial(view, request, *args, **kwargs))
            return _dressed(request, offer, answer)

    enter.yimen_guard = guard  # type: ignore[attr-defined]
    return enter


def _answer(
    request: HttpRequest, bearer: Bearer, offer: Offer | None, ask: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    try:
        _require_bounds(request)
        if offer is not None:
            require_fit(request, offer)
        request.actor = _identify(request, bearer)  # type: ignore[attr-defined]
        return idempotency.once(request, _asked_for(request, ask), asker=actor_of(request).user, at=moment(request))
    except Refusal as refusal:
        return problem(refusal)
    except RequestDataTooBig:
        return problem(TooLarge(limit_mb=settings.YIMEN_UPLOAD_LIMIT // MEBIBYTE))
    except (MultiPartParserError, UnreadablePostError, SuspiciousOperation):
        return problem(MalformedBody())
    except Http404:
        return problem(NoSuchRoute())


def _asked_for(request: HttpRequest, ask: Callable[[], HttpResponseBase]) -> Callable[[], HttpResponseBase]:
    """HEAD is GET to everybody behind the door."""
    if request.method != "HEAD":
        return ask

    def as_get() -> HttpResponseBase:
        request.method = "GET"
        try:
            return ask()
        finally:
            request.method = "HEAD"

    return as_get


def _require_bounds(request: HttpRequest) -> None:
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        raise BadCharacters
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > settings.YIMEN_UPLOAD_LIMIT + BESIDE_THE_FILE:
        raise TooLarge(limit_mb=settings.YIMEN_UPLOAD_LIMIT // MEBIBYTE)


def _identify(request: HttpRequest, bearer: Bearer) -> Actor:
    """By bearer token, else by the session's cookie, which must come with its CSRF token when something is changed."""
    header = request.headers.get("Authorization")
    if header is not None:
        scheme, _, token = header.strip().partition(" ")
        actor = bearer(token.strip()) if scheme.lower() == "bearer" else None
        if actor is None:
            raise BadToken
        return actor
    actor = actor_of(request)
    if actor.user is not None and request.method not in SAFE and check_csrf(request) is not None:
        raise CsrfFailed
    return actor


def _dressed(request: HttpRequest, offer: Offer | None, response: HttpResponseBase) -> HttpResponseBase:
    """Answers belong to whoever asked: nothing between may keep them."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
    patch_vary_headers(response, ["Accept-Language"])
    if response.status_code == BadToken.status:
        response.headers["WWW-Authenticate"] = "Bearer"
    if response.status_code == TooOften.status:
        response.headers.setdefault("Retry-After", "60")
    if offer is not None and response.status_code == WrongMethod.status:
        response.headers["Allow"] = offer.allowed
    return bodiless(response) if request.method == "HEAD" else response
