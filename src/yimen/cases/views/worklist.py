"""The work list: what is due first on top."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.cases.access import desk_agencies
from yimen.cases.queries import first_tab, rows, tabs, work
from yimen.city.choices import Duty
from yimen.city.queries import agency_choices
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.law.identifiers import case_number
from yimen.ui.ports import address, entries
from yimen.vault.queries.importing import to_compare


@duty(*Duty.values)
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """`/desk/`: one's own list; whoever has none (administration, catalogue) is sent to where their work is."""
    actor, at, q = actor_of(request), now(), request.GET.get("q", "").strip().upper()
    if not desk_agencies(actor):
        elsewhere = next((url for entry in entries(actor) if (url := address(entry.url_name)) != request.path), "/")
        return HttpResponseRedirect(elsewhere)
    if case_number(q):
        return HttpResponseRedirect(reverse("cases:case", args=[q]))
    if not request.GET and (first := first_tab(actor)) and first.partition("?")[0] != request.path:
        return HttpResponseRedirect(first)
    with remembering():
        wanted = work.asked(request.GET, actor)
        page = work.work(wanted, actor, at, cursor=request.GET.get("cursor"))
        context = {
            "wanted": wanted,
            "page": page,
            "rows": rows(page.items, at, query=urlencode({"list": wanted.query})),
            "columns": columns(wanted.view.key),
            "tabs": tabs(actor, at, wanted.view.key),
            "all_url": "?" + urlencode({"view": "all", "q": wanted.q, "item": wanted.item}),
            "agencies": agency_choices(desk_agencies(actor)) if len(desk_agencies(actor)) > 1 else [],
            "to_compare": to_compare(actor),
            "nav": "worklist",
        }
    return render(request, "cases/worklist.html", context)


def columns(view: str) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = [
        {"key": "clock", "label": _("时限"), "kind": "clock"},
        {"key": "number", "label": _("编号"), "kind": "link"},
        {"key": "item", "label": _("事项"), "kind": "text", "wide": True},
        {"key": "applicant", "label": _("申请人"), "kind": "text", "wide": True},
        {"key": "state", "label": _("状态"), "kind": "state"},
        {"key": "since", "label": _("自"), "kind": "when"},
        {"key": "channel", "label": _("渠道"), "kind": "text"},
    ]
    return shown[1:] if view == "done" else shown
