"""A visitor says at the window whether earlier answers and papers may serve other items; a clerk writes it down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yimen.city.choices import Duty
from yimen.counter import commands, queries
from yimen.counter.access import note_for, visitor_of
from yimen.counter.forms import ConsentForm
from yimen.counter.queries import consenting as page
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ui.acting import act

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor

SAY = ("agree", "decline", "revoke")


@duty(Duty.CLERK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, note: str) -> HttpResponse:
    """What is read aloud, what the visitor says, and the sheet that they take along."""
    actor, at = actor_of(request), now()
    who = visitor_of(note, by=actor, at=at)
    say = request.POST.get("say", "")
    form = ConsentForm(request.POST if request.method == "POST" else None, initial={"voice": _voice(who)})

    def run(given: dict[str, Any]) -> str:
        filled = commands.hear(who, say if say in SAY else "decline", voice=given["voice"], by=actor, at=at)
        messages.success(request, _told(say, filled))
        return reverse("counter:consent", args=[note])

    context = {
        **page.page(who, at),
        "who": queries.visitor_facts(who),
        "visitor_url": reverse("counter:visitor", args=[note]),
        "nav": "counter",
    }
    return act(request, form, run=run, template="counter/consent.html", context=context)


def consent_url(who: Subject, by: Actor, at: datetime) -> str:
    """Where it is asked, "" of whoever has answered before: nobody is asked twice."""
    return "" if page.asked(who, at) else reverse("counter:consent", args=[note_for(who.pk, by)])


def _voice(who: Subject) -> str:
    """A person speaks for themselves; for a firm its representative, or whoever it has empowered."""
    return who.name if who.is_person else ""


def _told(say: str, filled: int) -> str:
    if say == "revoke":
        return _("已登记撤回同意，以后不再使用。")
    if say != "agree":
        return _("已登记：不用于别的事项。")
    return _("已登记同意；正在办的申请填好了 %(n)d 项。") % {"n": filled} if filled else _("已登记同意。")
