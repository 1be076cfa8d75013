"""Administration of accounts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city.choices import Duty
from yimen.identity import commands, queries
from yimen.identity.forms import AccountForm, ReasonForm
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import now

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
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = commands.make_account(**form.cleaned_data, by=actor_of(request), at=now())
        except Refusal as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("账号已建立，请为其安排岗位。"))
            return HttpResponseRedirect(reverse("identity:account", args=[user.username]))
    return render(request, "identity/new_account.html", {"form": form, **NAV}, status=422 if form.is_bound else 200)


@duty(Duty.ADMINISTRATOR)
@require_safe
def account(request: HttpRequest, username: str) -> HttpResponse:
    user = queries.account(username)
    held = [
        {
            "label": each.post.name,
            "office": each.post.agency.name if each.post.agency else "",
            "url": reverse("identity:end_holding", args=[each.pk]),
        }
        for each in queries.holdings_of(user, now())
    ]
    return render(request, "identity/account.html", {"account": user, "held": held, **NAV})


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, username: str) -> HttpResponse:
    """Asks first: posts and tokens end with the account."""
    user = queries.account(username)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = reverse("identity:account", args=[username])
    if request.method == "POST" and form.is_valid():
        commands.close_account(user, reason=form.cleaned_data["reason"], by=actor_of(request), at=now())
        messages.success(request, _("账号已停用。"))
        return HttpResponseRedirect(back)
    context = {
        "title": _("停用 %(name)s 的账号？") % {"name": user.name},
        "consequence": _("停用后立即不能登录，岗位和访问令牌同时终止；以前的办理记录保留。"),
        "action_url": request.path,
        "action_label": _("停用账号"),
        "cancel_url": back,
        "danger": True,
        "form": form,
    }
    return render(request, "identity/confirm.html", {**context, **NAV}, status=422 if form.is_bound else 200)
