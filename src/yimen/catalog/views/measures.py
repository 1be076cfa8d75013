"""Suspending, resuming, cancelling, splitting and merging, from the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.catalog import commands
from yimen.catalog.access import DESK, require_editor
from yimen.catalog.choices import MeasureKind, MeasureState
from yimen.catalog.forms import ApproveForm, BackForm, MeasureForm
from yimen.catalog.models import Item, Measure
from yimen.catalog.queries import faces, life, offices
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now
from yimen.ui.acting import ActForm, act
from yimen.ui.words import plain_date


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Why, from which day; which others merge, or what takes its place."""
    if kind not in MeasureKind.values:
        raise NotFound
    item, actor, at, what = life.item_of(slug), actor_of(request), now(), MeasureKind(kind)
    require_editor(actor, item.agency_id)
    posted = request.POST if request.method == "POST" else None
    form = MeasureForm(posted, kind=what, item=item, actor=actor, today=day_of(at))

    def run(held: dict[str, Any]) -> str:
        others = list(Item.objects.filter(slug__in=form.others(), agency__in=actor.agencies))
        made = commands.propose(
            what, [item, *others], successors=form.successors(), planned_from=held["planned_from"],
            reason=held["reason"], by=actor, at=at,
        )  # fmt: skip
        messages.success(request, _("已送审，等机构编制部门审核。"))
        return reverse("catalog:measure", args=[made.pk])

    context = {
        "nav": "catalog_waiting", "item": item, "title": what.label, "label": _("送审"),
        "consequence": _consequence(what), "danger": what not in (MeasureKind.RESUME,),
        "back": reverse("catalog:item", args=[slug]),
    }  # fmt: skip
    return act(request, form, run=run, template="catalog/act.html", context=context)


@duty(*DESK)
@require_safe
def measure(request: HttpRequest, number: int) -> HttpResponse:
    """Where it stands and what can be done."""
    found = life.measure_of(number)
    names = dict(Item.objects.filter(slug__in=found.successors).values_list("slug", "name"))
    rows = [
        (_("事项"), [item.name for item in found.items.all()]),
        (_("由什么代替"), [names.get(slug, slug) for slug in found.successors]),
        (_("原因"), found.reason),
        (_("计划施行"), plain_date(found.planned_from)),
    ]
    context = {
        "nav": "catalog_waiting",
        "measure": found,
        "title": f"{MeasureKind(found.kind).label}：{_('、').join(item.name for item in found.items.all())}",
        "state_word": found.get_state_display(),
        "tone": faces.MEASURE_TONES[MeasureState(found.state)],
        "state_text": "",
        "verbs": offices.measure_verbs(found, actor_of(request)),
        "rows": [{"label": label, "value": value} for label, value in rows if value],
        "story": faces.story(found.passages.order_by("-id")),
    }
    return render(request, "catalog/measure.html", context)


@duty("staffing", "legal")
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """The office whose turn it is approves."""
    form = ApproveForm({**request.POST.dict(), "digest": "-"} if request.method == "POST" else None)
    found = life.measure_of(number)

    def run(held: dict[str, Any]) -> str:
        commands.approve_measure(found, reason=held["reason"], by=actor_of(request), at=now())
        messages.success(request, _("审核通过。"))
        return reverse("catalog:measure", args=[number])

    return _act(request, found, form, run, _("审核通过"), _("审核通过"))


@duty("editor", "staffing", "legal")
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """It is not to be, with the reason."""
    form, found = BackForm(request.POST if request.method == "POST" else None), life.measure_of(number)

    def run(held: dict[str, Any]) -> str:
        commands.return_measure(found, reason=held["reason"], by=actor_of(request), at=now())
        messages.success(request, _("已退回。"))
        return reverse("catalog:measure", args=[number])

    return _act(request, found, form, run, _("退回"), _("退回"))


def _act(request: HttpRequest, found: Measure, form: ActForm, run: Any, title: str, label: str) -> HttpResponse:
    context = {
        "nav": "catalog_waiting", "item": found.items.first(), "title": title, "label": label,
        "back": reverse("catalog:measure", args=[found.pk]),
    }  # fmt: skip
    return act(request, form, run=run, template="catalog/act.html", context=context)


def _consequence(kind: MeasureKind) -> str:
    return {
        MeasureKind.SUSPEND: _("施行后暂停接受新的申请，办事指南会说明原因；在办的办件继续办理。"),
        MeasureKind.RESUME: _("施行后重新接受申请，适用暂停前的版本。"),
        MeasureKind.CANCEL: _("施行后不再接受申请；在办的办件继续办理。取消不能恢复，只能重新编制。"),
        MeasureKind.SPLIT: _("施行后由拆分出的事项代替；它们要先编制并通过审核。在办的办件继续办理。"),
        MeasureKind.MERGE: _("施行后由合并成的事项代替；它要先编制并通过审核。在办的办件继续办理。"),
    }[kind]
