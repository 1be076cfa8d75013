"""What the administration does with an account: close and open it again, a new password, the end of its tokens."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yimen.city.choices import Duty
from yimen.identity import commands, queries
from yimen.identity.forms import ReasonForm
from yimen.identity.views.accounts import NAV, slip
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, username: str) -> HttpResponse:
    """Asks first: posts and tokens end with the account."""
    user = queries.account(username)

    def run(reason: str) -> HttpResponse:
        commands.close_account(user, reason=reason, by=actor_of(request), at=now())
        messages.success(request, _("账号已停用。"))
        return HttpResponseRedirect(_address(username))

    return _ask(
        request,
        username,
        run,
        title=_("停用 %(name)s 的账号？") % {"name": user.name},
        consequence=_("停用后立即不能登录，岗位和访问令牌同时终止；以前的办理记录保留。"),
        action_label=_("停用账号"),
    )


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, username: str) -> HttpResponse:
    user = queries.account(username)

    def run(reason: str) -> HttpResponse:
        commands.reopen_account(user, reason=reason, by=actor_of(request), at=now())
        messages.success(request, _("账号已重新启用，请为其安排岗位。"))
        return HttpResponseRedirect(_address(username))

    return _ask(
        request,
        username,
        run,
        title=_("重新启用 %(name)s 的账号？") % {"name": user.name},
        consequence=_("重新启用后可以用原来的密码登录；以前的岗位不恢复，需要重新安排。"),
        action_label=_("重新启用"),
    )


@duty(Duty.ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, username: str) -> HttpResponse:
    """The new password is on the answer and nowhere else."""
    user = queries.account(username)

    def run(reason: str) -> HttpResponse:
        password = commands.reset_password(user, reason=reason, by=actor_of(request), at=now())
        return slip(request, queries.account(username), password, title=_("密码已重置"))

    return _ask(
        request,
        username,
        run,
        title=_("重置 %(name)s 的密码？") % {"name": user.name},
        consequence=_(
            "原密码和访问令牌立即失效，已登录的设备全部退出。新密码只显示一次，7 天内有效，登录时须改成自己的密码。"
        ),
        action_label=_("重置密码"),
    )


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end_tokens(request: HttpRequest, username: str) -> HttpResponse:
    user = queries.account(username)

    def run(reason: str) -> HttpResponse:
        ended = commands.end_tokens(user, reason=reason, by=actor_of(request), at=now())
        messages.success(request, _("已终止 %(n)s 个访问令牌。") % {"n": ended})
        return HttpResponseRedirect(_address(username))

    return _ask(
        request,
        username,
        run,
        title=_("终止 %(name)s 的访问令牌？") % {"name": user.name},
        consequence=_("使用这些令牌的程序立即不能再访问；网页登录不受影响。"),
        action_label=_("终止令牌"),
    )


def _ask(
    request: HttpRequest,
    username: str,
    run: Callable[[str], HttpResponse],
    *,
    title: str,
    consequence: str,
    action_label: str,
) -> HttpResponse:
    """A page that asks for the reason and says what will happen; what the command refuses is said there."""
    form, status = ReasonForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return run(form.cleaned_data["reason"])
            except Refusal as refusal:
                form.show(refusal)
                status = refusal.status
    context = {
        "title": title,
        "consequence": consequence,
        "action_url": request.path,
        "action_label": action_label,
        "cancel_url": _address(username),
        "form": form,
    }
    return render(request, "identity/confirm.html", {**context, **NAV}, status=status)


def _address(username: str) -> str:
    return reverse("identity:account", args=[username])
