"""Posts, with those who hold them."""

from __future__ import annotations

from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city import commands, ports, queries
from yimen.city.choices import Duty
from yimen.city.forms import NewPostForm, PostForm
from yimen.city.views.editing import edit
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import now


@duty(Duty.ADMINISTRATOR)
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    shown = page(queries.posts(), by=("code",), cursor=request.GET.get("cursor"), size=50)
    holders = ports.holders_of((each.pk for each in shown.items), now())
    rows = [
        {
            "name": each.name,
            "office": each.agency.name if each.agency else each.hall.name if each.hall else "",
            "duties": "、".join(_(Duty(word).label) for word in each.duties),
            "reach": _(each.get_reach_display()),
            "holders": "、".join(holder.name for holder in holders.get(each.pk, [])) or _("空缺"),
            "url": reverse("city:post", args=[each.code]),
        }
        for each in shown.items
    ]
    columns = [
        {"key": "name", "label": _("岗位"), "kind": "strong"},
        {"key": "office", "label": _("部门或大厅"), "kind": "text"},
        {"key": "duties", "label": _("职责"), "kind": "text"},
        {"key": "reach", "label": _("范围"), "kind": "text"},
        {"key": "holders", "label": _("在岗"), "kind": "text"},
    ]
    return render(request, "city/posts.html", {"rows": rows, "columns": columns, "page": shown, "nav": "posts"})


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_post(request: HttpRequest) -> HttpResponse:
    return edit(
        request,
        NewPostForm,
        save=lambda data: commands.put_post(**data, by=actor_of(request), at=now()),
        title=_("新建岗位"),
        back=reverse("city:posts"),
        nav="posts",
    )


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, code: str) -> HttpResponse:
    known = queries.post(code)
    return edit(
        request,
        PostForm,
        save=lambda data: commands.put_post(code=code, **data, by=actor_of(request), at=now()),
        title=known.name,
        caption=known.code,
        back=reverse("city:posts"),
        nav="posts",
        initial=model_to_dict(known),
        holders_url=ports.holders_page(code),
        holders=[holder.name for holder in ports.holders_of([known.pk], now()).get(known.pk, [])],
    )
