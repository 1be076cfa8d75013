"""Commitments to be checked: the list, the letter with its verdict, the repair of a false one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yimen.applications import commands as applications
from yimen.applications.choices import Verdict
from yimen.applications.queries.committing import commitment as commitment_of
from yimen.applications.queries.committing import state_of
from yimen.cases import commands
from yimen.cases.access import desk_agencies
from yimen.cases.queries import committing
from yimen.cases.views.listed import columns, shown
from yimen.city.choices import Duty
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ledger.commands import look
from yimen.ui.acting import ActForm, act, text

CHOICES = (("kept", gettext_lazy("承诺属实")), ("false", gettext_lazy("承诺不实，撤销决定")))


class CheckForm(ActForm):
    """What the check found."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("核查结论"), choices=CHOICES, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择一项。")},
    )  # fmt: skip
    finding = text(gettext_lazy("核查的情况"), lines=4, hint=gettext_lazy("怎样核查的，看到了什么。会告知申请人。"))
    heard = text(
        gettext_lazy("听取陈述、申辩的情况"), lines=3, required=False,
        hint=gettext_lazy("承诺不实的必须填写：撤销决定之前要听取当事人的意见。由负责人作出。"),
    )  # fmt: skip


class RepairForm(ActForm):
    """Why the bar is lifted."""

    reason = text(
        gettext_lazy("修复的理由"), lines=4, hint=gettext_lazy("例如：已经补正材料，消除影响。会告知申请人。")
    )


@duty(*committing.CHECKING)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is due first on top."""
    actor, view = actor_of(request), request.GET.get("view", "open")
    state = view if view in committing.STATES else "open"
    told = columns(
        clock=_("核查期限"), material=_("代替的材料"), applicant=_("承诺人"), number="text",
        last={"key": "signed", "label": _("签署"), "kind": "when"},
    )  # fmt: skip
    return shown(
        request,
        title=_("承诺核查"),
        heading=_("承诺核查"),
        nav="commitments",
        tabs=committing.tabs(state),
        rows=committing.listed(actor, state, now()),
        columns=told[0 if state == "open" else 1 :],
        nothing=_nothing(state),
    )


def _nothing(state: str) -> dict[str, str]:
    """What a list says that is empty, and where to go on."""
    back = {"url": "?view=open", "label": _("看待核查的")}
    if state == "false":
        text = _("核查不实的承诺会列在这里，修复以前当事人不能再用承诺代替材料。")
        return {"title": _("没有未修复的不实承诺"), "text": text, "icon": "circle-check", **back}
    if state == "done":
        text = _("核查完的承诺会列在这里。")
        return {"title": _("还没有核查过的承诺"), "text": text, "icon": "clipboard-check", **back}
    text = _("申请人用承诺代替材料、作出决定以后，要在规定期限内核查，会列在这里。")
    more = {"url": reverse("cases:worklist"), "label": _("看办件"), "icon": "clipboard-check"}
    return {"title": _("没有要核查的承诺"), "text": text, **more}


@duty(*committing.CHECKING)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, commitment: int) -> HttpResponse:
    """The letter, and the verdict of its check."""
    row, case, context = _opened(request, commitment)
    if row.verdict or case is None:
        return render(request, "cases/commitment.html", context)

    def run(given: dict[str, Any]) -> str:
        verdict = Verdict(given.pop("verdict"))
        commands.check_commitment(case, row, verdict=verdict, **given, by=actor_of(request), at=now())
        messages.success(request, _("核查结论已记录。") if verdict == Verdict.KEPT else _("已记录，决定已撤销。"))
        return reverse("cases:commitments")

    form = CheckForm(request.POST if request.method == "POST" else None)
    return act(request, form, run=run, template="cases/commitment.html", context=context)


@duty(Duty.CHIEF)
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, commitment: int) -> HttpResponse:
    """Lift what a false commitment bars."""
    row, _case, context = _opened(request, commitment)

    def run(given: dict[str, Any]) -> str:
        applications.repair(row, **given, by=actor_of(request), at=now())
        messages.success(request, _("已修复，以后可以再用承诺代替材料。"))
        return reverse("cases:commitments") + "?view=false"

    form = RepairForm(request.POST if request.method == "POST" else None)
    return act(request, form, run=run, template="cases/commitment.html", context={**context, "repairing": True})


def _opened(request: HttpRequest, pk: int) -> tuple[Any, Any, dict[str, Any]]:
    """As if it didn't exist for other agencies; the look is recorded where the person sees it."""
    actor, at, row = actor_of(request), now(), commitment_of(pk)
    if row.application.agency_id not in desk_agencies(actor):
        raise NotFound
    look(
        row.application.subject_id,
        by=actor,
        at=at,
        purpose=_("核查承诺"),
        case=row.application.number,
        what="告知承诺书",
    )
    case = committing.case_of(row)
    context = {
        "row": row, "letter": row.letter, "case": case, "state": state_of(row), "nav": "commitments",
        "chief": actor.may(Duty.CHIEF, row.application.agency_id),
        "decided": case is not None and case.decided_at is not None and case.outcome == "grant",
    }  # fmt: skip
    return row, case if context["decided"] else None, context
