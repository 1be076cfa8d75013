"""Administration of accounts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city.choices import Duty
from yimen.city.queries import post as post_coded
from yimen.city.queries import posts
from yimen.identity import commands, queries
from yimen.identity.choices import ACCOUNT_EVENTS
from yimen.identity.forms import AccountForm, PostForm
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import now
from yimen.ui.words import people_datetime

if TYPE_CHECKING:
    from yimen.identity.models import Holding, User
    from yimen.ledger.queries import Line

NAV = {"nav": "accounts"}


@duty(Duty.ADMINISTRATOR)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts of staff; the public's are not listed, only found by their exact user name."""
    asked = request.GET.get("q", "").strip()
    shown = page(queries.staff_accounts(asked), by=("username",), cursor=request.GET.get("cursor"), size=50)
    posts = queries.posts_of((user.pk for user in shown.items), now())
    rows = [
        {
            "username": user.username,
            "name": user.name,
            "posts": "、".join(posts.get(user.pk, [])) or "—",
            "seen": user.last_login,
            "state": _("在用") if user.is_active else _("已停用"),
            "url": reverse("identity:account", args=[user.username]),
        }
        for user in shown.items
    ]
    columns = [
        {"key": "username", "label": _("用户名"), "kind": "strong"},
        {"key": "name", "label": _("姓名"), "kind": "text"},
        {"key": "posts", "label": _("岗位"), "kind": "text"},
        {"key": "seen", "label": _("最近登录"), "kind": "datetime"},
        {"key": "state", "label": _("状态"), "kind": "text"},
    ]
    return render(
        request, "identity/accounts.html", {"rows": rows, "columns": columns, "page": shown, "q": asked, **NAV}
    )


@duty(Duty.ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """An account with a password that is shown once; a post is given on the next page."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        password = commands.one_time_password()
        try:
            user = commands.make_account(
                **form.cleaned_data, password=password, given=True, by=actor_of(request), at=now()
            )
        except Refusal as refusal:
            form.show(refusal)
        else:
            return slip(request, user, password, title=_("账号已建立"))
    return render(request, "identity/new_account.html", {"form": form, **NAV}, status=422 if form.is_bound else 200)


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, username: str) -> HttpResponse:
    """One account: its posts, its tokens, what happened with it. A POST gives a post."""
    user, at = queries.account(username), now()
    holdings = list(queries.holdings_of(user, at))
    form = PostForm(request.POST if request.method == "POST" else None, posts=_open_posts(holdings))
    if request.method == "POST" and form.is_valid():
        try:
            post = post_coded(form.cleaned_data["post"])
            commands.assign_post(user, post, by=actor_of(request), at=at)
        except Refusal as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("%(name)s 已在岗：%(post)s。") % {"name": user.name, "post": post.name})
            return HttpResponseRedirect(request.path)
    context = {
        "account": user,
        "facts": _facts(user, at),
        "held": [_held(each) for each in holdings],
        "tokens": queries.tokens_of(user, at),
        "form": form,
        "own": user.pk == actor_of(request).user,
        "events": [_event(line) for line in queries.events_of(user)],
        **NAV,
    }
    return render(request, "identity/account.html", context, status=422 if form.is_bound else 200)


def slip(request: HttpRequest, user: User, password: str, *, title: str) -> HttpResponse:
    """The page that shows a password once, to be printed and handed over."""
    context = {"account": user, "password": password, "title": title, "site": request.get_host(), **NAV}
    return render(request, "identity/slip.html", context)


def _open_posts(holdings: list[Holding]) -> list[tuple[str, str]]:
    """Every post that is not held yet, with the agency it is of."""
    held = {each.post_id for each in holdings}
    return [
        (post.code, f"{post.name}（{place.short or place.name}）" if (place := post.agency) else post.name)
        for post in posts().order_by("name")
        if post.pk not in held
    ]


def _facts(user: User, at: datetime) -> list[dict[str, str]]:
    seen = people_datetime(user.last_login, at) if user.last_login else _("从未")
    rows = [(_("手机号码"), user.masked_phone or "—"), (_("最近登录"), seen)]
    if user.given_until:
        until = people_datetime(user.given_until, at)
        rows.append((_("密码"), _("临时密码，%(until)s 前有效，登录时须修改") % {"until": until}))
    return [{"label": label, "value": value} for label, value in rows]


def _held(each: Holding) -> dict[str, Any]:
    return {
        "label": each.post.name,
        "office": each.post.agency.name if each.post.agency else "",
        "since": each.since,
        "url": reverse("identity:end_holding", args=[each.pk]),
    }


def _event(line: Line) -> dict[str, Any]:
    return {
        "at": line.at,
        "title": _(ACCOUNT_EVENTS.get(line.verb, "其他变动")),
        "by": line.by.get("name", ""),
        "text": line.ground,
    }
