"""How a refusal is answered: a page with the sentence for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from yimen.kit.errors import Invalid, Refusal, SignInNeeded
from yimen.kit.guards import public
from yimen.kit.telling import translated, translated_errors
from yimen.kit.typed import keep_typed

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "object-src 'none'; frame-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)


class NotOpenedDirectly(Refusal):
    """An address that takes what a form sends was typed in, reloaded, or come back to after signing in."""

    code = "not_opened_directly"
    sentence = "这个地址只接收提交的内容，不能直接打开。请回到原来的页面，用页面上的按钮。"
    status = 405


class RefusalMiddleware:
    """Turns a Refusal raised by any view into its answer, gives an empty "method not allowed" its words, and adds the
    content policy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if response.status_code == NotOpenedDirectly.status and not response.streaming and not response.content:
            told = render(request, "ui/refusal.html", {"refusal": NotOpenedDirectly()}, status=response.status_code)
            response.content, response.headers["Content-Type"] = told.content, told.headers["Content-Type"]
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if isinstance(exception, SignInNeeded):
            if request.headers.get("HX-Request"):
                return problem(SignInNeeded(_("登录已过期。请提交本页，重新登录后接着填，填写的内容还在。")))
            page = (own_page(request) if request.method == "POST" else "") or request.get_full_path()
            if urlsplit(page).path == request.path and keep_typed(request):
                messages.warning(request, _("登录已过期，请重新登录。刚才填写的内容还在。"))
            elif request.method == "POST":
                messages.warning(request, _("登录已过期，刚才的操作没有提交。请重新登录后再试。"))
            return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}")
        return render(request, "ui/refusal.html", {"refusal": exception}, status=exception.status)


class PageTooOld(Refusal):
    """Somebody signed in or out in another tab since the page was opened."""

    code = "page_too_old"
    sentence = "这个页面打开得太久，刚才的操作没有提交。请重新打开页面再试。"
    status = 403


@public
def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django calls a CSRF failure. From a page of our own, people go back to it with what they typed."""
    page = own_page(request)
    if not page or request.headers.get("Origin") != _own(request) or request.headers.get("HX-Request"):
        return render(request, "ui/refusal.html", {"refusal": PageTooOld()}, status=PageTooOld.status)
    keep_typed(request, urlsplit(page).path)
    messages.warning(request, _("这个页面打开得太久，刚才的操作没有提交，请再提交一次。"))
    return HttpResponseRedirect(page)


def own_page(request: HttpRequest) -> str:
    """The page of ours that a form was sent from: what takes it may not open by itself. "" where that isn't told."""
    came = urlsplit(request.headers.get("Referer", ""))
    if f"{came.scheme}://{came.netloc}" != _own(request) or not came.path.startswith("/"):
        return ""
    return "/" + came.path.lstrip("/") + (f"?{came.query}" if came.query else "")


def _own(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def problem(refusal: Refusal) -> JsonResponse:
    """RFC 9457: type, title, status, detail, and our stable `code`; `errors` or other facts beside them.

    `detail` and messages are in the language of the request, whatever names and codes are not.
    """
    body: dict[str, Any] = {
        "type": f"/api/v1/problems/{refusal.code}",
        "title": type(refusal).__name__,
        "status": refusal.status,
        "detail": translated(refusal.detail),
        "code": refusal.code,
    }
    if isinstance(refusal, Invalid):
        body["errors"] = translated_errors(refusal.errors)
    extra = {name: translated_errors(listed) for name, listed in getattr(refusal, "extra", {}).items()}
    return JsonResponse(
        body | extra,
        status=refusal.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def address_of(request: HttpRequest) -> str:
    """Whence a request comes, for counting; behind the city's own proxy what that proxy has seen."""
    seen = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return seen.rsplit(",", 1)[-1].strip()[:60] or str(request.META.get("REMOTE_ADDR", ""))
