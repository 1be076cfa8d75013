"""The desk of the published lists: how each stands, what changed since it was published, publishing the quarter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.catalog.access import DESK
from yimen.catalog.commands.publishing import publish_lists
from yimen.catalog.queries import lists
from yimen.catalog.queries.lists import published, quarters
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now
from yimen.ui.ports import place


@duty(*DESK)
@require_safe
@remembering()
def directory(request: HttpRequest) -> HttpResponse:
    """All lists with their last publication, and what the next one would say is different."""
    quarter, newest = quarters.quarter_of(day_of(now())), published.latest()
    due = [code for code in lists.LISTS if code not in newest or newest[code].quarter != quarter]
    actor = actor_of(request)
    context = {
        "rows": [_line(code, newest.get(code)) for code in lists.LISTS], "columns": _columns(), "nav": "lists",
        "quarter": quarters.words(quarter), "due": len(due),
        "may": actor.may("staffing") or actor.may("administrator"),
    }  # fmt: skip
    return render(request, "catalog/lists.html", context)


@duty("staffing", "administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Publish the quarter's lists, after a question."""
    quarter = quarters.quarter_of(day_of(now()))
    words = quarters.words(quarter)
    if request.method == "POST":
        made = publish_lists(quarter, by=actor_of(request), at=now())
        said = {"quarter": words, "count": len(made)}
        messages.success(request, _("已公布%(quarter)s的 %(count)s 份清单。") % said)
        return HttpResponseRedirect(reverse("catalog:lists"))
    context = {
        "title": _("公布%(quarter)s的清单？") % {"quarter": words},
        "consequence": _("按现在的内容公布，所有人都能看到和下载；公布后本季度不再改动，以后的变化在下一季度公布。"),
        "action_url": request.path,
        "action_label": _("公布"),
        "cancel_url": reverse("catalog:lists"),
        "nav": "lists",
    }
    return render(request, "ui/confirm.html", context)


def _line(code: str, issue: published.Issue | None) -> dict[str, Any]:
    before = published.publication(code, issue.quarter) if issue else None
    now_changed = published.changes_since(before, code)
    counts = (len(now_changed.added), len(now_changed.removed), len(now_changed.changed))
    facts = dict(zip(("added", "removed", "changed"), counts, strict=True))
    return {
        "title": lists.LISTS[code].title,
        "url": f"{place('lists')}{code}/",
        "count": len(lists.current_rows(code)),
        "quarter": quarters.words(issue.quarter) if issue else _("还没有公布过"),
        "at": issue.at if issue else None,
        "by": issue.by if issue else "",
        "since": (_("新增 %(added)s，取消 %(removed)s，变更 %(changed)s") % facts if any(counts) else _("没有变化"))
        if issue
        else "",
    }


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "title", "label": _("清单"), "kind": "link", "wide": True},
        {"key": "count", "label": _("现行条目"), "kind": "number", "align": "right"},
        {"key": "quarter", "label": _("最近公布"), "kind": "text"},
        {"key": "at", "label": _("公布时间"), "kind": "datetime"},
        {"key": "by", "label": _("公布人"), "kind": "text"},
        {"key": "since", "label": _("公布以后的变化"), "kind": "text", "wide": True},
    ]
