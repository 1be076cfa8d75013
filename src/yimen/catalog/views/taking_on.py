"""A lower agency takes an item on from above and makes it its own within what it may change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.catalog import commands
from yimen.catalog.forms import TakeOnForm
from yimen.catalog.queries import life
from yimen.catalog.queries.delegation import lower_agencies
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ui.acting import act


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def take_on(request: HttpRequest, slug: str) -> HttpResponse:
    """For which agency; then the editor opens."""
    item, actor = life.item_of(slug), actor_of(request)
    agencies = {str(each.pk): each for each in lower_agencies(item, actor.agencies)}

    def run(held: dict[str, Any]) -> str:
        draft = commands.take_on(item, agency=agencies[held["agency"]], by=actor, at=now())
        messages.success(request, _("已按上级版本起草，请填写本地的地点、时间和联系方式。"))
        return reverse("catalog:edit", args=[draft.item.slug])

    form = TakeOnForm(request.POST if request.method == "POST" else None, agencies.values())
    context = {
        "nav": "catalog",
        "item": item,
        "title": _("承接为本地事项"),
        "label": _("起草本地版本"),
        "consequence": _(
            "一套标准，四级贯通：本地版本只能缩短时限、减少材料，设定自己的地点、时间和联系方式；其余随上级版本更新。"
        ),
        "back": reverse("catalog:item", args=[slug]),
    }
    return act(request, form, run=run, template="catalog/act.html", context=context)
