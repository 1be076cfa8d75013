"""Administration of who holds a post."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.city.choices import Duty, Reach
from yimen.city.queries import post as post_coded
from yimen.identity import commands, queries
from yimen.identity.forms import HolderForm, ReasonForm
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now

NAV = {"nav": "posts"}


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def holders(request: HttpRequest, code: str) -> HttpResponse:
    """Who holds a post; put somebody on it by user name."""
    post = post_coded(code)
    form = HolderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = queries.account(form.cleaned_data["username"].strip().lower())
            commands.assign_post(user, post, by=actor_of(request), at=now())
        except Refusal as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("%(name)s 已在岗。") % {"name": user.name})
            return HttpResponseRedirect(request.path)
    context = {
        "post": post,
        "duties": [_(Duty(each).label) for each in post.duties],
        "reach": _(Reach(post.reach).label),
        "holdings": list(queries.holders([post.pk], now())),
        "form": form,
    }
    return render(request, "identity/holders.html", {**context, **NAV}, status=422 if form.is_bound else 200)


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, holding: int) -> HttpResponse:
    """Asks first, with a reason."""
    held = queries.holding(holding)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = reverse("identity:holders", args=[held.post.code])
    if request.method == "POST" and form.is_valid():
        commands.end_holding(held, reason=form.cleaned_data["reason"], by=actor_of(request), at=now())
        messages.success(request, _("%(name)s 已离岗。") % {"name": held.user.name})
        return HttpResponseRedirect(back)
    context = {
        "title": _("让 %(name)s 离开“%(post)s”岗位？") % {"name": held.user.name, "post": held.post.name},
        "consequence": _("离岗后立即失去这个岗位的职责；已办理的记录保留，未办完的事项由在岗的其他人继续办理。"),
        "action_url": request.path,
        "action_label": _("离岗"),
        "cancel_url": back,
        "danger": True,
        "form": form,
    }
    return render(request, "identity/confirm.html", {**context, **NAV}, status=422 if form.is_bound else 200)
