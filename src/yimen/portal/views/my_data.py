"""My data: a copy of everything, and what is wrong put right (个人信息保护法 45, 46)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.files.choices import ACCEPT
from yimen.files.queries import download
from yimen.identity import commands as identity
from yimen.identity.queries import part_of, value_about
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.portal.queries import my_data as queries
from yimen.portal.queries import standing
from yimen.portal.views.draft import as_person
from yimen.ui.acting import ActForm, act, text


class WrongForm(ActForm):
    said = text(_("正确的内容"), longest=500)
    reason = text(_("说明"), lines=3, required=False, longest=500)
    proof = forms.FileField(
        label=_("证明材料"),
        required=False,
        help_text=_("例如户口簿、证照原件的照片，PDF、JPG 或 PNG。"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )


@signed_in
@never_cache
@require_GET
@remembering()
def data(request: HttpRequest) -> HttpResponse:
    """Copies and corrections of oneself, one's firm, one's ward."""
    actor, at = as_person(actor_of(request)), now()
    one = standing.chosen(standing.spoken_for(actor, at), request.GET.get("of"))
    return render(request, "portal/data.html", queries.page(one, actor, at))


@signed_in
@require_POST
def ask_copy(request: HttpRequest, subject: int) -> HttpResponse:
    """A second click finds it under way."""
    actor, at = as_person(actor_of(request)), now()
    one = standing.chosen(standing.spoken_for(actor, at), subject)
    try:
        identity.ask_copy(one, by=actor, at=at)
    except identity.CopyUnderWay as under_way:
        messages.info(request, under_way.detail)
    else:
        messages.success(request, _("已开始生成，一般几分钟就好；好了会给您发消息。"))
    return redirect(_data_url(one.pk, actor.subject))


@signed_in
@never_cache
@require_GET
def copy(request: HttpRequest, copy: int, number: int) -> HttpResponseBase:
    """Every download is written down."""
    actor, at = as_person(actor_of(request)), now()
    part = identity.fetch_copy(part_of(copy, number, by=actor), by=actor, at=at)
    if part.file_id is None:
        raise Http404
    return download(part.file_id)


@signed_in
@never_cache
@require_GET
@remembering()
def wrong(request: HttpRequest) -> HttpResponse:
    """Which of the things that the city holds is wrong?"""
    actor, at = as_person(actor_of(request)), now()
    one = standing.chosen(standing.spoken_for(actor, at), request.GET.get("of"))
    context = {
        "one": one,
        "own": actor.is_one(one.pk),
        "groups": queries.sources(one),
        "data_url": _data_url(one.pk, actor.subject),
    }
    return render(request, "portal/wrong.html", context)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_correction(request: HttpRequest, subject: int, source: str, key: str) -> HttpResponse:
    """What is right, and what shows it."""
    actor, at = as_person(actor_of(request)), now()
    one = standing.chosen(standing.spoken_for(actor, at), subject)
    value = value_about(one, source, key)

    def run(cleaned: dict[str, Any]) -> str:
        proof = cleaned.get("proof")
        proofs = [(proof.name, proof)] if proof else []
        asked = identity.ask_correction(
            one, value=value, said=cleaned["said"], reason=cleaned["reason"], proofs=proofs, by=actor, at=at
        )
        words = _("已提交，最迟 %(day)s 答复，结果会发消息告诉您。")
        messages.success(request, words % {"day": f"{asked.due_on:%Y-%m-%d}"})
        return _data_url(one.pk, actor.subject)

    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WrongForm(*given)
    back = f"{reverse('portal:wrong')}?{urlencode({'of': one.pk})}"
    return act(
        request,
        form,
        run=run,
        template="portal/ask_correction.html",
        context={"one": one, "value": value, "back": back},
    )


def _data_url(one: int, me: int | None) -> str:
    return reverse("portal:data") + ("" if one == me else f"?{urlencode({'of': one})}")
