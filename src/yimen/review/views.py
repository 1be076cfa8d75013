"""Tasks to review, cases to decide, and the page on which an opinion is given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.cases.queries import brief, due_face, open_case, rows, tabs, why_not, wordings
from yimen.city.choices import Duty
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.law.clocks import ClockKind
from yimen.law.states import Verb
from yimen.review import commands, queries
from yimen.review.choices import Opinion
from yimen.review.forms import OpineForm
from yimen.ui.acting import act


@duty(Duty.REVIEWER, Duty.CHIEF)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What I can review now, due first."""
    actor, at = actor_of(request), now()
    item = request.GET.get("item", "").strip()[:60]
    with remembering():
        page = queries.working(actor, cursor=request.GET.get("cursor"), item=item)
        listed = [
            {
                "clock": due_face(ClockKind.STEP, task.due_on, at, opened=task.opened_at),
                "number": task.number,
                "item": task.item_name,
                "applicant": task.applicant_name,
                "step": task.name,
                "since": task.opened_at,
                "url": reverse("cases:case", args=[task.number]),
            }
            for task in page.items
        ]
        context = {"page": page, "rows": listed, "columns": _columns(_("环节")), "item": item}
        return render(request, "review/tasks.html", {**context, "tabs": tabs(actor, at, "tasks"), "nav": "worklist"})


@duty(Duty.REVIEWER, Duty.CHIEF)
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Cases that wait for nothing but the decision."""
    actor, at = actor_of(request), now()
    with remembering():
        page = queries.to_decide(actor, cursor=request.GET.get("cursor"))
        listed = rows(page.items, at, query=urlencode({"list": "view=decisions"}))
        context = {"page": page, "rows": listed, "columns": _columns("")}
        return render(
            request, "review/decisions.html", {**context, "tabs": tabs(actor, at, "decisions"), "nav": "worklist"}
        )


@duty(Duty.REVIEWER, Duty.CHIEF)
@require_http_methods(["GET", "HEAD", "POST"])
def opine(request: HttpRequest, number: str) -> HttpResponse:
    """Give an opinion; then the next task opens."""
    actor, at = actor_of(request), now()
    case = open_case(number, by=actor, at=at, what="申请内容")
    refusal = why_not(Verb.OPINE, case, actor, at)
    if refusal is not None and request.method != "POST":
        raise refusal
    listed = queries.of(case)
    form = OpineForm(request.POST if request.method == "POST" else None)
    form.offer([task for task in listed if task.is_open])

    def run(given: dict[str, Any]) -> str:
        given["opinion"] = Opinion(given["opinion"])
        done = commands.opine(case, **given, by=actor, at=at)
        messages.success(request, _("%(number)s：“%(task)s”的意见已提交。") % {"number": number, "task": done.name})
        following = queries.next_task(actor, done)
        return reverse("cases:case", args=[following.number]) if following else reverse("review:tasks")

    advice = {"proposals": wordings.discretion(case), "manual_url": wordings.manual_url(case)}
    context = {
        **brief(case, at),
        **advice,
        "part": queries.part(case, actor, at),
        "back": reverse("cases:case", args=[number]),
    }
    return act(request, form, run=run, template="review/opine.html", context={**context, "nav": "worklist"})


def _columns(step: str) -> list[dict[str, Any]]:
    last = (
        {"key": "step", "label": step, "kind": "text"}
        if step
        else {"key": "state", "label": _("状态"), "kind": "state"}
    )
    return [
        {"key": "clock", "label": _("时限"), "kind": "clock"},
        {"key": "number", "label": _("编号"), "kind": "link"},
        {"key": "item", "label": _("事项"), "kind": "text", "wide": True},
        {"key": "applicant", "label": _("申请人"), "kind": "text", "wide": True},
        last,
        {"key": "since", "label": _("自"), "kind": "when"},
    ]
