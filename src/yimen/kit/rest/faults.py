"""What nobody expected, wherever it broke (a view, a middleware, the address): programs get a problem, people a page.

Named in `yimen.urls`; Django has logged the fault with its trace before it asks here. Nothing of it leaves the house.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views import defaults

from yimen.kit.errors import Refusal
from yimen.kit.rest.refusals import BadRequest, Crashed, NoSuchRoute
from yimen.kit.rest.tongues import tongue
from yimen.kit.web import problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _told(request, BadRequest()) if _by_program(request) else defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _told(request, NoSuchRoute()) if _by_program(request) else defaults.page_not_found(request, exception)


def crashed(request: HttpRequest) -> HttpResponseBase:
    return _told(request, Crashed()) if _by_program(request) else defaults.server_error(request)


def _told(request: HttpRequest, fault: Refusal) -> HttpResponseBase:
    with translation.override(tongue(request)):
        return problem(fault)


def _by_program(request: HttpRequest) -> bool:
    return request.path_info == "/api" or request.path_info.startswith("/api/")
