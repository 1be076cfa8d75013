"""Earlier answers used again: consent in my space and beside a draft, copying one whole, telling a register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yimen.applications.choices import Channel
from yimen.applications.commands import AlreadyAgreed, NothingToRevoke, decline_consent, give_consent, revoke_consent
from yimen.applications.commands.reporting import NothingWrong, report_source
from yimen.applications.commands.reusing import NothingToTakeOut, copy_from, fill_in, take_out
from yimen.applications.queries import find
from yimen.applications.queries.remarks import remarks
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.portal.queries import reusing
from yimen.portal.views.draft import as_person, with_draft


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """What one agreed to, for oneself and one's firms; agree, decline, take it back."""
    actor, at = as_person(actor_of(request)), now()
    if request.method == "GET":
        return render(request, "portal/reuse.html", reusing.page(actor, at))
    one = next((each for each in reusing.owners(actor, at) if str(each.pk) == request.POST.get("subject")), None)
    if one is None:
        raise NotFound
    with suppress(AlreadyAgreed, NothingToRevoke):
        if request.POST.get("say") == "revoke":
            revoke_consent(one, by=actor, at=at)
            messages.success(request, _("已撤回。没有提交的申请里，从其他事项带来的内容会标出来，您可以取出。"))
        else:
            give_consent(one, channel=Channel.WEB, by=actor, at=at)
            messages.success(request, _("已同意。以后办别的事项，填过的内容不用再填。"))
    return redirect("portal:reuse")


@signed_in
@require_POST
@with_draft
def answer(request: HttpRequest, application: Any) -> HttpResponse:
    """Agree or decline beside a draft; agreed, what is known fills what is still empty."""
    said(request, application, fill_in)
    return redirect("portal:tasks", application.number)


def said(request: HttpRequest, application: Any, fill: Callable[..., Sequence[str]]) -> None:
    """What was answered to the question; fill: what fills the form when they agreed."""
    actor, at = as_person(actor_of(request)), now()
    say = give_consent if request.POST.get("say") == "agree" else decline_consent
    with suppress(AlreadyAgreed):
        say(application.subject, channel=Channel.WEB, by=actor, at=at)
    if say is give_consent:
        filled = len(fill(application, by=actor, at=at))
        words = ngettext(
            "已填好 %(count)d 项，每一项都写着来自哪里。", "已填好 %(count)d 项，每一项都写着来自哪里。", filled
        )
        messages.success(request, words % {"count": filled} if filled else _("已同意，可以用的材料不用再交。"))


@signed_in
@require_POST
@with_draft
def remove(request: HttpRequest, application: Any) -> HttpResponse:
    """Take out what came from other items."""
    taken_out(request, application, take_out)
    return redirect("portal:tasks", application.number)


def taken_out(request: HttpRequest, application: Any, take: Callable[..., Sequence[str]]) -> None:
    """Do it, and say how many fields it were; nothing where a click before this has done it."""
    try:
        gone = len(take(application, by=as_person(actor_of(request)), at=now()))
    except NothingToTakeOut:
        return
    words = ngettext("已取出 %(count)d 项，请自己填写。", "已取出 %(count)d 项，请自己填写。", gone)
    messages.success(request, words % {"count": gone})


@signed_in
@require_http_methods(["GET", "POST"])
@with_draft
def copy(request: HttpRequest, application: Any) -> HttpResponse:
    """Choose an earlier application of the same item and copy it whole."""
    actor, at = as_person(actor_of(request)), now()
    choices = reusing.copies(application, actor, at)
    chosen = request.POST.get("earlier", "")
    errors = []
    if request.method == "POST":
        if any(each["value"] == chosen for each in choices):
            earlier = find(chosen, by=actor, at=at)
            copied = copy_from(application, earlier, by=actor, at=at)
            _say_what_came(request, len(copied.papers))
            _say_what_was_lost(request, reusing.labels(earlier, copied.lost, earlier.answers))
            return redirect("portal:tasks", application.number)
        errors = [{"field": "earlier", "message": _("请选择照抄哪一次的申请。")}]
    field = {
        "name": "earlier",
        "label": _("照抄哪一次的申请？"),
        "kind": "choice",
        "required": True,
        "choices": choices,
        "value": chosen or (choices[0]["value"] if choices else ""),
        "error": errors[0]["message"] if errors else "",
    }
    context = {"application": application, "field": field, "choices": choices, "errors": errors}
    return render(request, "portal/copy.html", context, status=422 if errors else 200)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """What the register says, what one says, and one button that tells the register."""
    actor, at = as_person(actor_of(request)), now()
    application = find(number, by=actor, at=at)
    said = remarks(application, application.edition.doc, own=True).get(field)
    asked = application.edition.doc.field(field)
    if said is None or asked is None or not said.changed:
        raise NotFound
    back = "portal:tasks" if application.is_draft else "portal:content"
    if request.method == "POST":
        try:
            report_source(application, field, by=actor, at=at)
            messages.success(request, _("已经告诉登记部门，核实的结果会通知您。您的申请照常办理。"))
        except NothingWrong:
            messages.info(request, _("这一项和登记的内容已经一致。"))
        return redirect(back, number)
    rows = [{"label": _("登记的内容"), "value": said.was}, {"label": _("您填写的内容"), "value": said.now}]
    context = {
        "application": application,
        "label": asked.label,
        "source": translated(said.origin.note),
        "rows": rows,
        "back": back,
    }
    return render(request, "portal/report_source.html", context)


def _say_what_came(request: HttpRequest, papers: int) -> None:
    words = _("已照抄。请看一遍，和这次不同的地方请改过来。")
    if papers:
        told = ngettext(
            "上次交的 %(count)d 份材料也带过来了，换过的请重新上传。",
            "上次交的 %(count)d 份材料也带过来了，换过的请重新上传。",
            papers,
        )
        words = f"{words}{told % {'count': papers}}"
    messages.success(request, words)


def _say_what_was_lost(request: HttpRequest, lost: list[str]) -> None:
    if lost:
        messages.info(request, _("这些内容现在的表单不再适用，没有带过来：%(labels)s。") % {"labels": "、".join(lost)})
