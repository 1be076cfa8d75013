"""Commitments: the letter to be read and signed in the application; those that the public may read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.applications import commands
from yimen.applications.queries.committing import as_public, letter_for, public_commitments
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of, public, signed_in
from yimen.kit.paging import page as page_of
from yimen.kit.stepping import ask_who, said_lately
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.portal.views.draft import as_person, back_to, with_draft

SIZE = 20


@signed_in
@require_http_methods(["GET", "POST"])
@with_draft
def commit(request: HttpRequest, application: Any, key: str) -> HttpResponse:
    """Read what is told and promised, agree, sign; or go back and hand in the paper.

    Who signs has just said who they are.
    """
    if not said_lately(request):
        return ask_who(request, _("签署承诺书前，请再输入一次密码，确认是您本人。"))
    actor, at, errors = as_person(actor_of(request)), now(), []
    if request.method == "POST":
        try:
            commands.commit(application, key, agreed=request.POST.get("agreed") == "true", by=actor, at=at)
        except Invalid as wrong:
            errors = [{"field": each["field"], "message": translated(each["message"])} for each in wrong.errors]
        else:
            messages.success(request, _("承诺书已签署，这份材料不用再交。"))
            return back_to(request, reverse("portal:materials", args=[application.number]), anchor=f"upload-{key}")
    letter = letter_for(application, key, at)
    context = {"application": application, "letter": letter, "key": key, "errors": errors}
    return render(request, "portal/commit.html", context, status=422 if errors else 200)


@public
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """What was promised instead of papers, where the item says that it is made public."""
    found = page_of(public_commitments(), cursor=request.GET.get("cursor"), size=SIZE, by=("-id",))
    rows = [as_public(each) for each in found.items]
    return render(request, "portal/commitments.html", {"page": found, "rows": rows})


@public
@require_safe
def published_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    found = page_of(public_commitments(), cursor=request.GET.get("cursor"), size=100, by=("-id",))
    rows = [{**asdict(as_public(each)), "signed_on": each.signed_at.date().isoformat()} for each in found.items]
    return JsonResponse({"items": rows, "next": found.next}, json_dumps_params={"ensure_ascii": False})
