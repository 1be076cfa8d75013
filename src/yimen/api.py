"""The API under /api/v1: mounts what the rooms offer, each operation behind the door, with its schema and its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, include, path, re_path, reverse
from django.utils import translation
from ninja.operation import Operation, PathView

from yimen.identity.access import bearer
from yimen.kit.addresses import by_first_word
from yimen.kit.rest import Api, door, offers
from yimen.kit.rest.docs import chapters, codes
from yimen.kit.rest.refusals import NoSuchRoute
from yimen.law.said import said

PREFIX = "/api/v1/"
CODE_COLUMNS = [
    {"key": "code", "label": "code", "kind": "strong"},
    {"key": "status", "label": "HTTP", "kind": "number"},
    {"key": "sentence", "label": "detail", "kind": "text"},
]
api = Api(
    title=said("{city}一门政务服务接口", city=settings.YIMEN_CITY_NAME),
    version="1",
    description=said("从申请到办结的全部操作。除注明“不用登录”的以外，都要在请求头中带上访问令牌。"),
    prefix=PREFIX,
)

for _room in settings.ROOMS:
    if find_spec(f"yimen.{_room}.api"):
        api.add_router("", import_module(f"yimen.{_room}.api").router)


def openapi(request: HttpRequest) -> HttpResponse:
    """The schema."""
    return JsonResponse(api.document(), json_dumps_params={"ensure_ascii": False})


def docs(request: HttpRequest) -> HttpResponse:
    """The schema as a page for people, in the language of the site."""
    with translation.override(request.LANGUAGE_CODE):
        facts = {"api": api, "chapters": chapters(api.document(), settings.YIMEN_ADDRESS), "codes": codes()}
        page = render(request, "ui/api_docs.html", facts | {"code_columns": CODE_COLUMNS})
    page.headers["Content-Language"] = request.LANGUAGE_CODE
    return page


def problem_type(request: HttpRequest, code: str) -> HttpResponse:
    """Where the `type` of a problem leads: the codes on the page for people."""
    return redirect(f"{reverse('api:docs')}#codes")


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Every other address."""
    raise NoSuchRoute


def _open(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return door(view, guard="public", bearer=bearer, offer=offers.READABLE)


def _operations() -> Iterator[URLPattern]:
    """ninja's own patterns, each behind the door. A path is public when all its operations are."""
    for router in api._get_bound_routers():
        for pattern in router.urls_paths(router.prefix):
            operations = _at(router.path_operations, pattern)
            guard = "public" if all(not each.auth_callbacks for each in operations) else "signed_in"
            view = door(pattern.callback, guard=guard, bearer=bearer, offer=offers.of(operations))
            yield path(str(pattern.pattern), view, name=pattern.name)


def _at(known: dict[str, PathView], pattern: URLPattern) -> list[Operation]:
    route = str(pattern.pattern).replace("<", "{").replace(">", "}")
    return known[f"/{route}"].operations


_patterns: list[Any] = [
    path("openapi.json", _open(openapi), name="openapi"),
    path("docs", _open(docs), name="docs"),
    path("problems/<slug:code>", _open(problem_type), name="problem"),
    *_operations(),
]
urlpatterns = [
    path("v1/", include((list(by_first_word(_patterns)), "api"))),
    re_path(r"^(?P<rest>.*)$", door(nothing_here, guard="public", bearer=bearer)),
]
