"""Beginning an item that the city doesn't have yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.catalog.commands import begin_item
from yimen.catalog.forms import NewItemForm, proposed
from yimen.city.queries import agencies
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ui.acting import act


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: HttpRequest) -> HttpResponse:
    """Name, agency and kind; then the editor opens."""
    actor = actor_of(request)

    def run(held: dict[str, Any]) -> str:
        agency = agencies().filter(pk=held["agency"]).first()
        if agency is None:
            raise NotFound(_("没有这个部门。"))
        raw = {name: held[name] for name in ("slug", "name", "kind", "case_type")}
        begin_item(raw, agency=agency, by=actor, at=now())
        return reverse("catalog:edit", args=[held["slug"]])

    form = NewItemForm(request.POST if request.method == "POST" else None, actor)
    return act(request, form, run=run, template="catalog/edit_new.html", context={"nav": "catalog"})


@duty("editor")
@require_safe
def propose_slug(request: HttpRequest) -> JsonResponse:
    """An address name for a name, while it is typed."""
    return JsonResponse({"slug": proposed(request.GET.get("name", "")[:200])})
