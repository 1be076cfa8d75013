"""Freezing one's licence and lifting it: somebody who has just said who they are, and is told what it means."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yimen.kit.guards import actor_of, signed_in
from yimen.kit.stepping import ask_who, said_lately
from yimen.kit.time import now
from yimen.vault import access, commands, queries
from yimen.vault.models import Licence
from yimen.vault.views.holding import readable

WHO = gettext_lazy("冻结和解除冻结前，请再输入一次密码，确认是您本人。")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask with the consequence, then do it."""
    found = _own(request, pk)
    if not said_lately(request):
        return ask_who(request, str(WHO))
    if request.method == "POST":
        commands.freeze(found, why=request.POST.get("why", ""), by=actor_of(request), at=now())
        messages.success(request, _("已冻结“%s”。需要再用时，在这里解除冻结。") % found.kind.name)
        return HttpResponseRedirect(_page(found))
    return _confirm(
        request,
        found,
        title=_("冻结“%s”？") % found.kind.name,
        consequence=_("冻结后马上生效，直到您解除："),
        points=[
            _("不能亮证；别人核验时会看到“持证人已冻结”。"),
            _("办事时不会再自动填入和提交，工作人员也不能调用。"),
            _("证照本身仍然有效，不影响有效期。"),
        ],
        action_label=_("冻结"),
        danger=True,
        fields=[
            {
                "name": "why",
                "label": _("原因（只有您看得到）"),
                "kind": "text",
                "required": False,
                "max_length": 200,
            }
        ],
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """The same the other way round."""
    found = _own(request, pk)
    freeze = queries.freeze_of(found)
    if freeze is not None:
        access.require_lift(freeze, found, by=actor_of(request), at=now())
    if not said_lately(request):
        return ask_who(request, str(WHO))
    if request.method == "POST":
        commands.lift_freeze(found, by=actor_of(request), at=now())
        messages.success(request, _("“%s”已解除冻结，可以照常使用。") % found.kind.name)
        return HttpResponseRedirect(_page(found))
    return _confirm(
        request,
        found,
        title=_("解除“%s”的冻结？") % found.kind.name,
        consequence=_("解除后可以照常亮证，办事时也会自动使用这份证照。"),
        points=[],
        action_label=_("解除冻结"),
        danger=False,
        fields=[],
    )


def _own(request: HttpRequest, pk: int) -> Licence:
    found = readable(request, pk)
    access.require_freeze(found, by=actor_of(request), at=now())
    return found


def _confirm(request: HttpRequest, found: Licence, **words: Any) -> HttpResponse:
    context = {"action_url": request.path, "cancel_url": _page(found), "hidden": {}, "errors": [], **words}
    return render(request, "ui/confirm.html", context)


def _page(found: Licence) -> str:
    return reverse("vault:licence", args=[found.pk])
