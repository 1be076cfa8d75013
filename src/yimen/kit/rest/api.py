"""The API object: ninja, with our parser, our problems, and a schema that tells them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer
from ninja.security.base import AuthBase

from yimen.kit.errors import Invalid, Refusal, SignInNeeded
from yimen.kit.guards import actor_of
from yimen.kit.rest.bodies import StrictParser
from yimen.kit.rest.openapi import spoken, told
from yimen.kit.rest.refusals import MalformedBody
from yimen.kit.rest.wrongs import all_in_chinese
from yimen.kit.web import problem


class ChineseJSON(JSONRenderer):
    """Chinese as itself, not as escapes."""

    json_dumps_params = {"ensure_ascii": False, "allow_nan": False}


class BearerToken(HttpBearer):
    """The door has read the token already; here only whether somebody is known."""

    def __call__(self, request: HttpRequest) -> bool:
        return actor_of(request).user is not None

    def authenticate(self, request: HttpRequest, token: str) -> bool:
        return self(request)


class SessionCookie(AuthBase):
    """The same for a browser that is signed in."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"

    def __call__(self, request: HttpRequest) -> bool:
        return actor_of(request).user is not None


class Api(NinjaAPI):
    """Our ninja."""

    def __init__(self, *, title: str, version: str, description: str, prefix: str) -> None:
        self.prefix = prefix
        super().__init__(
            title=title,
            version=version,
            description=description,
            openapi_url=None,
            docs_url=None,
            urls_namespace="api",
            auth=[BearerToken(), SessionCookie()],
            parser=StrictParser(),
            renderer=ChineseJSON(),
        )

    def set_default_exception_handlers(self) -> None:
        """Only what is expected has a handler: everything else crashes loudly."""
        self.add_exception_handler(Refusal, _refused)
        self.add_exception_handler(ValidationError, _invalid)
        self.add_exception_handler(AuthenticationError, _unknown)
        self.add_exception_handler(HttpError, _malformed)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return str(operation.view_func.__name__)

    def document(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document, in the language of the request."""
        return dict(spoken(told(self.get_openapi_schema(path_prefix=self.prefix))))


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return problem(refusal)


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(SignInNeeded())


def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(MalformedBody())


def _invalid(request: HttpRequest, wrong: Any) -> HttpResponse:
    return problem(Invalid(all_in_chinese((error, _place(error["loc"])) for error in wrong.errors)))


def _place(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """ninja's ("body", "body", "subject", "number") and ("query", "cursor") without the part of the request.

    Which one of a repeated parameter it was, is not said: programs know it by its name.
    """
    return loc[2:] if loc[:1] == ("body",) else tuple(part for part in loc[1:] if isinstance(part, str))[-1:]
