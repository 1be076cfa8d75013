"""Mandates: who may act for me or my firm, for whom I may act; giving one, with a look at it before; ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.identity import commands as identity
from yimen.identity.queries import NobodyNamed, mandate_of, person_named
from yimen.kit.errors import Invalid, Stale, TooOften
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.kit.typed import take_typed
from yimen.ledger.commands import count_attempt
from yimen.portal import commands
from yimen.portal.forms import MandateForm
from yimen.portal.queries import mandates as queries
from yimen.portal.queries.scopes import themes
from yimen.portal.views.draft import as_person

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor
    from yimen.portal.forms.mandate import Wanted

TRIES_PER_HOUR = 30


@signed_in
@never_cache
@require_GET
def mandates(request: HttpRequest) -> HttpResponse:
    """For whom one may act, and who may act for oneself or one's firm."""
    return render(request, "portal/mandates.html", queries.page(as_person(actor_of(request)), now()))


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, principal: int) -> HttpResponse:
    """The form; then the whole of it once more with what follows from it; only then it holds."""
    actor, at = as_person(actor_of(request)), now()
    giver = queries.giver(actor, principal, at)
    names = queries.item_names(giver)
    post = request.POST if request.method == "POST" else take_typed(request)
    form = MandateForm(post, principal=giver, items=names, at=at, themes=themes())
    step = request.POST.get("step", "")
    wanted = form.read() if step in ("check", "grant") else None
    agent = _agent(form, wanted, actor, at) if wanted else None
    if wanted is None or agent is None:
        return _asking(request, form, giver)
    if step == "grant" and _granted(form, wanted, agent, giver, actor, at):
        messages.success(request, _("已授权%(name)s，并给对方发了消息。") % {"name": agent.name})
        return redirect("portal:mandates")
    if form.errors:
        return _asking(request, form, giver)
    context = {
        "principal": giver,
        "agent": agent,
        "rows": queries.summary(wanted, agent, names),
        "posted": form.posted(),
        "everything": not wanted.items and not wanted.themes,
        "licences": "see_licences" in wanted.powers,
    }
    return render(request, "portal/mandate_check.html", context)


def _asking(request: HttpRequest, form: MandateForm, giver: Subject) -> HttpResponse:
    fields = form.fields()
    context = {
        "principal": giver,
        "fields": fields,
        "groups": queries.item_groups(giver, fields["items"]["value"] or ()),
        "errors": form.errors,
    }
    return render(request, "portal/mandate_new.html", context, status=422 if form.errors else 200)


def _agent(form: MandateForm, wanted: Wanted, actor: Actor, at: datetime) -> Subject | None:
    """The person meant. Tries are counted: this is no place for finding out who is registered."""
    try:
        count_attempt(f"mandate:{actor.account}", at=at, limit=TRIES_PER_HOUR, hourly=True)
        return person_named(wanted.document, wanted.number, wanted.name)
    except NobodyNamed:
        form.object("name", _("没有找到姓名和证件号码都相符的人。请与对方核对；对方还没有注册的，请先在本平台注册。"))
    except TooOften:
        form.object("name", _("您填写得太频繁，请一小时后再试，或者带委托书到窗口办理。"))
    return None


def _granted(form: MandateForm, wanted: Wanted, agent: Subject, giver: Subject, actor: Actor, at: datetime) -> bool:
    """Does it hold now? A second click finds that it does."""
    try:
        commands.grant_mandate(
            principal=giver, agent=agent, powers=wanted.powers, items=wanted.items, themes=wanted.themes,
            valid_from=wanted.valid_from, valid_to=wanted.valid_to, by=actor, at=at,
        )  # fmt: skip
    except identity.AlreadyGranted:
        return True
    except Invalid as refusal:
        form.object("name", translated(refusal.errors[0]["message"]))
        return False
    return True


@signed_in
@require_POST
def accept(request: HttpRequest, mandate: int) -> HttpResponse:
    """Say yes to one that waits for it. A second click finds it accepted."""
    actor, at = as_person(actor_of(request)), now()
    try:
        commands.accept_mandate(mandate_of(mandate, by=actor, at=at), by=actor, at=at)
    except Stale:
        messages.info(request, _("这项授权早已处理过。"))
    else:
        messages.success(request, _("已接受，从现在起生效。"))
    return redirect("portal:mandates")


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, mandate: int) -> HttpResponse:
    """End one, after a question that says what follows. A second click finds it ended."""
    actor, at = as_person(actor_of(request)), now()
    found = mandate_of(mandate, by=actor, at=at)
    if request.method == "POST":
        try:
            commands.revoke_mandate(found, by=actor, at=at)
        except Stale:
            messages.info(request, _("这项授权早已终止。"))
        else:
            messages.success(request, _("授权已终止。"))
        return redirect("portal:mandates")
    return render(request, "ui/confirm.html", _ending(found, actor))


def _ending(found: Any, actor: Actor) -> dict[str, Any]:
    facts = {"agent": found.agent.name, "principal": found.principal.name}
    giving_back = actor.is_one(found.agent_id)
    title = _("不再替%(principal)s办事？") if giving_back else _("撤销对%(agent)s的授权？")
    if giving_back:
        first = _("从现在起，您不能再替%(principal)s申请、补正、签字和领取，也看不到以前的办件和没有提交的草稿。")
    else:
        first = _(
            "从现在起，%(agent)s不能再替%(principal)s申请、补正、签字和领取，也看不到以前的办件和没有提交的草稿。"
        )
    return {
        "frame": "ui/citizen.html",
        "title": title % facts,
        "consequence": first % facts,
        "points": [
            _("已经提交的办件继续办理，由%(principal)s自己跟进。") % facts,
            _("撤销不能恢复；以后需要，可以重新授权。"),
        ],
        "action_url": reverse("portal:revoke_mandate", args=[found.pk]),
        "action_label": _("不再代办") if giving_back else _("撤销授权"),
        "cancel_url": reverse("portal:mandates"),
        "danger": True,
    }
