"""Showing a licence on one's phone: a code that changes by itself, and what became of the one before."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import local, now
from yimen.law.masking import mask_name
from yimen.law.presenting import seconds_left
from yimen.ui.words import people_time
from yimen.vault import commands, queries
from yimen.vault.models import Licence, PresentingCode
from yimen.vault.views.holding import number_of, readable

# A page that lies open makes no more codes than this by itself.
TURNS = 5


@signed_in
@require_GET
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh code at each opening: without scripts, opening it again is how one gets the next."""
    found = readable(request, pk)
    context = {"licence": found, "holder": _holder(found), **_code(request, found, turn=1)}
    return _private(render(request, "vault/present.html", context))


@signed_in
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every few seconds: nothing while the code lives, the next one when it was used or ran out."""
    found, at, actor = readable(request, pk), now(), actor_of(request)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(reverse("vault:present", args=[pk]))
    before = queries.on_screen(found.pk, actor.account, number_of(request.POST.get("previous")))
    if before is not None and before.taken_at is None and seconds_left(made=before.made_at, at=at):
        return HttpResponse(status=204)
    turn = 1 if before is not None and before.taken_at else number_of(request.POST.get("turn")) + 1
    context: dict[str, Any] = {"licence": found, "checked": _checked(before)}
    context |= _code(request, found, turn=turn) if turn <= TURNS else {"over": True}
    return _private(render(request, "vault/_code.html", context))


def _code(request: HttpRequest, licence: Licence, *, turn: int) -> dict[str, Any]:
    at = now()
    shown = commands.present(licence, by=actor_of(request), at=at)
    return {
        "pk": shown.pk,
        "code": queries.spaced(shown.code),
        "address": queries.code_address(shown.code),
        "left": seconds_left(made=shown.made_at, at=at),
        "turn": turn,
    }


def _checked(before: PresentingCode | None) -> str:
    """When somebody checked the code that stood here."""
    taken = before.taken_at if before is not None else None
    return _("%s 已有人核验") % people_time(local(taken)) if taken else ""


def _holder(licence: Licence) -> str:
    return mask_name(licence.holder_name) if licence.holder.is_person else licence.holder_name


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
