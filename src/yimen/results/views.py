"""What is to be signed and handed out, and the pages on which it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yimen.cases.queries import brief, open_case, rows, tabs, why_not
from yimen.city.choices import Duty
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.law.states import Verb
from yimen.papers.queries import of as papers_of
from yimen.results import commands, queries
from yimen.results.forms import NEW, DeliverForm, IssueForm, Versions
from yimen.ui.acting import act, seen
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.cases.models import Case
    from yimen.kit.actor import Actor
    from yimen.vault.models import Licence

STEPS = {"issue": gettext_lazy("待签发"), "deliver": gettext_lazy("待送达")}


@duty(Duty.DELIVERER, Duty.CLERK, Duty.CHIEF)
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Decided cases: to be signed, or signed and to be handed out."""
    actor, at = actor_of(request), now()
    own = "issue" if actor.duties & {Duty.DELIVERER, Duty.CHIEF} else "deliver"
    step = request.GET.get("step", own)
    step = step if step in STEPS else own
    with remembering():
        page = queries.to_hand_out(actor, at, step=step, cursor=request.GET.get("cursor"))
        context = {
            "page": page,
            "rows": rows(page.items, at, query=urlencode({"from": step})),
            "columns": _columns(),
            "step": step,
            "steps": [{"label": STEPS[key], "url": f"?step={key}", "current": key == step} for key in STEPS],
            "tabs": tabs(actor, at, "results"),
        }
        return render(request, "results/results.html", {**context, "nav": "worklist"})


@duty(Duty.DELIVERER, Duty.CHIEF)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """Sign what was drawn up; then hand it out."""
    actor, at = actor_of(request), now()
    case = _case(request, number, Verb.ISSUE, actor, at)
    form = IssueForm(request.POST if request.method == "POST" else None, versions=_versions(case))

    def run(given: dict[str, Any]) -> str:
        commands.issue(case, by=actor, at=at, seen=seen(request.POST), replaces=form.chosen(given))
        messages.success(request, _("%(number)s：结果已签发，可以送达。") % {"number": case.number})
        return reverse("results:deliver", args=[case.number])

    return act(request, form, run=run, template="results/issue.html", context=_context(case, actor, at))


@duty(Duty.DELIVERER, Duty.CLERK, Duty.CHIEF)
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest, number: str) -> HttpResponse:
    """Hand over the result; then the one that waits longest."""
    actor, at = actor_of(request), now()
    case = _case(request, number, Verb.DELIVER, actor, at)
    initial = {"way": queries.wanted_way(case), "receiver": case.applicant_name if case.subject.is_person else ""}
    form = DeliverForm(request.POST if request.method == "POST" else None, initial=initial)

    def run(given: dict[str, Any]) -> str:
        commands.deliver(case, **given, by=actor, at=at, seen=seen(request.POST))
        paper = papers_of(case.number)[-1]
        words = _("%(number)s：已送达，本件办结。") % {"number": case.number}
        messages.success(request, format_html('{} <a href="{}">{}</a>', words, paper["url"], paper["title"]))
        following = queries.next_case(actor, at, step="deliver") if request.GET.get("from") else case.number
        return reverse("cases:case", args=[following]) if following else reverse("results:results")

    return act(request, form, run=run, template="results/deliver.html", context=_context(case, actor, at))


def _case(request: HttpRequest, number: str, verb: Verb, actor: Actor, at: datetime) -> Case:
    case = open_case(number, by=actor, at=at, what="办理结果")
    refusal = why_not(verb, case, actor, at)
    if refusal is not None and request.method != "POST":
        raise refusal
    return case


def _versions(case: Case) -> list[Versions]:
    """Of each licence that is to be issued the ones it could be the next version of, if its holder has any."""
    found, renews = [], queries.act_of(case) is not None
    for result in queries.of(case):
        drawn = result.licence
        if drawn is None or result.issued_at is not None:
            continue
        fitting = queries.candidates(case, drawn.kind_id, besides=drawn.pk)
        gone = drawn.replaces_id is not None and drawn.replaces_id not in {each.pk for each in fitting}
        chosen = "" if gone else str(drawn.replaces_id or ("" if renews else NEW))
        if fitting or gone:
            found.append(Versions(result.pk, result.name, [(each.pk, _old(each)) for each in fitting], chosen))
    return found


def _old(licence: Licence) -> str:
    until = plain_date(licence.valid_to) if licence.valid_to else gettext_lazy("长期")
    words = {"number": licence.number, "version": licence.version, "until": until}
    return _("取代 %(number)s（第 %(version)d 版，有效期至 %(until)s）") % words


def _context(case: Case, actor: Actor, at: datetime) -> dict[str, Any]:
    return {
        **brief(case, at),
        "part": queries.part(case, actor, at),
        "wishes": queries.wishes(case),
        "back": reverse("cases:case", args=[case.number]),
        "nav": "worklist",
    }


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "clock", "label": _("送达时限"), "kind": "clock"},
        {"key": "number", "label": _("编号"), "kind": "link"},
        {"key": "item", "label": _("事项"), "kind": "text", "wide": True},
        {"key": "applicant", "label": _("申请人"), "kind": "text", "wide": True},
        {"key": "since", "label": _("决定"), "kind": "when"},
        {"key": "channel", "label": _("渠道"), "kind": "text"},
    ]
