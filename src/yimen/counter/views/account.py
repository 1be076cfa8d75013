"""The name and the account of somebody who stands at the window with the card: corrected, opened, a password anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yimen.city.choices import Duty
from yimen.counter import commands, queries
from yimen.counter.access import visitor_of
from yimen.counter.forms import AccountForm, NameForm, PasswordForm
from yimen.identity import commands as identity
from yimen.identity.queries import account_at_window
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ui.acting import act

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor
    from yimen.ui.acting import ActForm


@duty(Duty.CLERK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, note: str) -> HttpResponse:
    """The first password is on the answer and nowhere else: it is printed and handed over."""
    actor, at = actor_of(request), now()
    who = visitor_of(note, by=actor, at=at)
    known = account_at_window(who.pk)
    form = (PasswordForm if known else AccountForm)(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _slip(request, who, _give(request, who, form, actor, at), note)
            except Refusal as refusal:
                form.show(refusal)
                status = refusal.status
    context = {
        "who": queries.visitor_facts(who),
        "known": known,
        "form": form,
        "visitor_url": reverse("counter:visitor", args=[note]),
        "nav": "counter",
    }
    return render(request, "counter/account.html", context, status=status)


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, note: str) -> HttpResponse:
    """What was mistyped, or has changed by law, is corrected with its reason; issued papers stay as they are."""
    actor, at = actor_of(request), now()
    who = visitor_of(note, by=actor, at=at)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": who.name})
    back = reverse("counter:visitor", args=[note])

    def run(given: dict[str, Any]) -> str:
        identity.correct_name(who, **given, by=actor, at=at)
        messages.success(request, _("姓名（名称）已更正。"))
        return back

    context = {"who": queries.visitor_facts(who), "visitor_url": back, "nav": "counter"}
    return act(request, form, run=run, template="counter/rename.html", context=context)


def _give(request: HttpRequest, who: Subject, form: ActForm, actor: Actor, at: datetime) -> str:
    """What the page offered, not what has become possible since: nobody resets what somebody else has just opened."""
    if "reset" in request.POST:
        return commands.give_password(who, by=actor, at=at)
    return commands.open_account(who, phone=form.cleaned_data.get("phone", ""), by=actor, at=at)


def _slip(request: HttpRequest, who: Subject, password: str, note: str) -> HttpResponse:
    user = account_at_window(who.pk)
    context = {
        "account": user,
        "password": password,
        "names": queries.sign_in_names(who, user),
        "site": request.get_host(),
        "title": _("首次登录凭条"),
        "visitor_url": reverse("counter:visitor", args=[note]),
        "nav": "counter",
    }
    return render(request, "counter/slip.html", context)
