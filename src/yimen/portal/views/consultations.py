"""Public comment on proofs: what is asked, what was said, what came of it; anybody may speak."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yimen.catalog.choices.consulting import ConsultationState
from yimen.catalog.commands.commenting import comment
from yimen.catalog.queries import consulting as catalog
from yimen.files.queries import download
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, public
from yimen.kit.paging import page
from yimen.kit.time import day_of, now
from yimen.kit.typed import take_typed
from yimen.kit.web import address_of
from yimen.portal.forms.comment import CommentForm
from yimen.portal.queries import consulting
from yimen.portal.views.draft import as_person
from yimen.ui.acting import act

LONGEST = 60


@public
@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """All consultations, by where they stand."""
    today = day_of(now())
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    state = request.GET.get("state", "")
    rows = catalog.in_state(catalog.consultations(asked=asked), state, today)
    shown = page(rows, by=("-opens_on", "-id"), cursor=request.GET.get("cursor"), size=20)
    context = {
        "lines": [consulting.line(each, today) for each in shown.items],
        "page": shown,
        "q": asked,
        "state": state,
        "tabs": consulting.tabs(state, asked, today),
    }
    return render(request, "portal/consultations.html", context)


@public
@require_http_methods(["GET", "POST"])
def consultation(request: HttpRequest, number: int) -> HttpResponse:
    """One consultation; while it is open, the form for what somebody has to say."""
    actor, at = as_person(actor_of(request)), now()
    found = catalog.consultation(number)
    own = actor.name if actor.subject is not None else ""
    typed = take_typed(request)
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        initial=typed.dict() if typed else None,
        shown_name=consulting.shown_name(own),
    )

    def run(cleaned: dict[str, Any]) -> str:
        asker = f"user:{actor.user}" if actor.user is not None else address_of(request)
        made = comment(
            found, text=cleaned["text"], name=form.signature(cleaned, own), contact=cleaned["contact"], asker=asker,
            by=actor, at=at,
        )  # fmt: skip
        said = catalog.number_of(made)
        messages.success(request, _("您的意见已收到，是第 %(number)s 号，已经公开显示。") % {"number": said})
        return reverse("portal:consultation", args=[number])

    context = {
        "line": consulting.line(found, day_of(at)),
        "consultation": found,
        "open": catalog.state_of(found, day_of(at)) == ConsultationState.OPEN,
        "voices": consulting.voices(found, request.GET.get("cursor")),
        "guide": found.item.editions.filter(state="released", valid_to=None).exists(),
    }
    return act(request, form, run=run, template="portal/consultation.html", context=context)


@public
@require_GET
def hearing_file(request: HttpRequest, number: int) -> StreamingHttpResponse | FileResponse:
    """The signed record of the hearing."""
    found = catalog.consultation(number)
    if found.hearing_file_id is None:
        raise NotFound(_("这次征求意见没有听证笔录的文件。"))
    return download(found.hearing_file_id, inline=True)
