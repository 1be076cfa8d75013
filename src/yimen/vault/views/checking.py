"""Checking (核验) by anybody: the code printed on a licence, a code on its holder's phone, a code that is typed."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.kit.errors import TooOften
from yimen.kit.guards import actor_of, public
from yimen.kit.time import now
from yimen.kit.web import address_of
from yimen.law.presenting import CodeState
from yimen.ledger.commands import count_attempt
from yimen.ui.words import plain_date
from yimen.vault import commands, queries
from yimen.vault.choices import STANDING_WORDS
from yimen.vault.models import PresentingCode

# A browser that checks codes, for as long as a code lives and a little longer.
CHECKER, CHECKER_AGE = "checker", 600


@public
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Type what stands under the QR, on a phone or on paper."""
    typed = request.GET.get("code", "").strip()
    if typed:
        code = queries.plain_code(typed)
        where = reverse("vault:shown", args=[code]) if code else _printed_address(typed)
        if where:
            return HttpResponseRedirect(where)
    error = ""
    if "code" in request.GET:
        error = _("这不是证照验证码，请核对后重新输入。") if typed else _("请输入验证码。")
    hint = _("手机亮证是 10 个字母和数字，例如 7K3M9-QXT4D，不分大小写；纸质证照输入二维码旁的整串验证码。")
    field = {"name": "code", "label": _("验证码"), "kind": "text", "required": True, "hint": hint, "error": error}
    field |= {"value": typed[:60], "autocomplete": "off"}
    return render(request, "vault/ask.html", {"code": field}, status=422 if error else 200)


@public
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """The code printed on a licence: is it valid? Anybody may ask who has it."""
    at = now()
    _count(request)
    found = queries.by_token(token)
    if found is None:
        return _private(render(request, "vault/unknown.html", {}, status=404))
    if request.method == "GET":
        commands.count_printed([found.pk], at=at)
    return _private(render(request, "vault/check.html", _told(queries.check(found, at))))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """A code on its holder's phone. Asked for by POST only, so that no preview of a link uses it up.

    With scripts the page asks by itself; who has checked may look again while the code lives.
    """
    _count(request)
    checker = request.COOKIES.get(CHECKER, "")[:64] or secrets.token_urlsafe(24)
    asking = request.method == "POST"
    answer = _private(_answered(request, code, checker, asking=asking))
    if not asking:
        answer.set_cookie(
            CHECKER, checker, max_age=CHECKER_AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return answer


def _answered(request: HttpRequest, text: str, checker: str, *, asking: bool) -> HttpResponse:
    at, code = now(), queries.shown_code(text)
    if code is None:
        return render(request, "vault/unknown.html", {}, status=404)
    state = queries.state_of(code, checker=checker, at=at)
    if state is CodeState.OPEN and not asking:
        return render(request, "vault/shown.html", {"typed": queries.spaced(queries.plain_code(text))})
    if state is CodeState.OPEN:
        state = _taken(request, code, checker)
    if state is CodeState.AGAIN:
        return render(request, "vault/check.html", _told(queries.check(queries.behind(code), at)) | {"live": True})
    if state is CodeState.USED and asking:
        commands.note_misuse(code, state, by=actor_of(request), at=at)
    return render(request, "vault/code_over.html", {"used": state is CodeState.USED}, status=410)


def _taken(request: HttpRequest, code: PresentingCode, checker: str) -> CodeState:
    at = now()
    told = queries.standing_of(queries.behind(code), at)
    try:
        commands.take(code, checker=checker, told=told, by=actor_of(request), at=at)
    except commands.CodeTaken:
        return CodeState.USED
    return CodeState.AGAIN


def _told(checked: queries.Check) -> dict[str, Any]:
    word, advice = STANDING_WORDS[checked.standing]
    rows = [
        {"label": _("证照名称"), "value": checked.kind},
        {"label": _("持有人"), "value": checked.holder},
        {"label": _("证照编号"), "value": checked.number},
        {"label": _("颁发机关"), "value": checked.issuer},
        {"label": _("签发日期"), "value": plain_date(checked.issued_on)},
        {"label": _("有效期至"), "value": plain_date(checked.valid_to) if checked.valid_to else _("长期")},
    ]
    return {"checked": checked, "rows": rows, "word": word, "advice": advice}


def _printed_address(typed: str) -> str:
    """A whole address that was pasted, or the token; "" for what can be neither."""
    token = typed.rstrip("/").rsplit("/", 1)[-1]
    known = token.isascii() and token.replace("-", "").replace("_", "").isalnum() and 12 <= len(token) <= 32
    return reverse("vault:check", args=[token]) if known else ""


def _count(request: HttpRequest) -> None:
    """So that codes can't be tried out. Raises TooOften."""
    try:
        count_attempt(f"licence:{address_of(request)}", at=now(), limit=settings.YIMEN_CHECKS_PER_MINUTE)
    except TooOften:
        raise TooOften(_("核验过于频繁，请一分钟后再试。")) from None


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "same-origin"
    return answer
