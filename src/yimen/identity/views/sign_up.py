"""Signing up: natural persons, by themselves."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yimen.identity import commands
from yimen.identity.forms import SignUpForm
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, public
from yimen.kit.time import now
from yimen.kit.web import address_of
from yimen.ledger.commands import count_attempt
from yimen.ui import ports

TRIES_PER_MINUTE = 20


@public
@never_cache
@sensitive_post_parameters("password", "again", "number", "phone")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Name, citizen number, phone, password; then they are signed in and go where they wanted to go."""
    onward = _onward(request)
    if actor_of(request).user is not None:
        return HttpResponseRedirect(onward)
    form = SignUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _register(request, form):
        return HttpResponseRedirect(onward)
    context = {"form": form, "next": onward, "sign_in_url": resolve_url("account_login")}
    return render(request, "identity/sign_up.html", context, status=422 if form.is_bound else 200)


def _register(request: HttpRequest, form: SignUpForm) -> bool:
    count_attempt(f"sign-up:{address_of(request)}", at=now(), limit=TRIES_PER_MINUTE)
    if not form.is_valid():
        return False
    given = {name: form.cleaned_data[name] for name in ("name", "number", "phone", "password")}
    try:
        user = commands.register_person(**given, by=actor_of(request), at=now())
    except Refusal as refusal:
        form.show(refusal)
        return False
    get_adapter().login(request, user)
    return True


def _onward(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else ports.place("my_space") or "/"
