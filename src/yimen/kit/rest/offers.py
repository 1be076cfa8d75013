"""What an address offers: by which methods, with which bodies, what comes back. Asked before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja.operation import Operation

from yimen.kit.rest.bodies import read_json
from yimen.kit.rest.refusals import UnknownKind, WrongAccept, WrongMethod

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
WITH_BODY = {"POST", "PUT", "PATCH"}


@dataclass(frozen=True)
class Offer:
    """takes: method to the media types of its body. gives: media types of the answer, () for whatever was asked."""

    takes: Mapping[str, frozenset[str]]
    gives: frozenset[str] = frozenset()

    @property
    def allowed(self) -> str:
        """As the header Allow says it: HEAD comes with GET, OPTIONS always."""
        methods = {*self.takes, "OPTIONS"} | ({"HEAD"} if "GET" in self.takes else set())
        return ", ".join(sorted(methods))


READABLE = Offer({"GET": frozenset()})


def of(operations: Iterable[Operation]) -> Offer:
    """Of ninja's operations at one address."""
    takes: dict[str, frozenset[str]] = {}
    gives: set[str] = set()
    for each in operations:
        told = each.openapi_extra or {}
        takes |= dict.fromkeys(each.methods, frozenset(told.get("requestBody", {}).get("content", {JSON: None})))
        answers = [kind for answer in told.get("responses", {}).values() for kind in answer.get("content", {})]
        gives |= set(answers or [JSON])
    return Offer(takes, frozenset(gives))


def require_fit(request: HttpRequest, offer: Offer) -> None:
    """Raises WrongMethod (405), WrongAccept (406), UnknownKind (415)."""
    method = "GET" if request.method == "HEAD" else str(request.method)
    if method not in offer.takes:
        raise WrongMethod(method=str(request.method)[:20], allowed=offer.allowed)
    wanted = request.headers.get("Accept", "").strip()
    if wanted and offer.gives and not any(request.accepts(kind) for kind in offer.gives):
        raise WrongAccept(gives="、".join(sorted(offer.gives)))
    if method in WITH_BODY and not _is_known(request, offer.takes[method]):
        raise UnknownKind(takes="、".join(sorted(offer.takes[method])))


def _is_known(request: HttpRequest, takes: frozenset[str]) -> bool:
    """JSON may come unnamed, and as a form, which is what simple tools call everything that they post."""
    kind = (request.content_type or "").lower()
    if request.META.get("CONTENT_LENGTH") in (None, "", "0") or kind in takes or (not kind and JSON in takes):
        return True
    return JSON in takes and (kind.endswith("+json") or (kind == FORM and _is_json(request.body)))


def _is_json(body: bytes) -> bool:
    try:
        read_json(body)
    except (ValueError, RecursionError):
        return False
    return True


def menu(offer: Offer) -> HttpResponse:
    """The answer to OPTIONS."""
    return HttpResponse(status=204, headers={"Allow": offer.allowed})


def bodiless(response: HttpResponseBase) -> HttpResponseBase:
    """The answer to HEAD: that of GET, without its body."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response
