"""Sending a draft to the offices, approving, sending back, giving up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.catalog import commands
from yimen.catalog.access import require_editor
from yimen.catalog.choices import EditionState
from yimen.catalog.forms import ApproveForm, BackForm, DiscardForm, SubmitForm
from yimen.catalog.models import Edition
from yimen.catalog.queries import faces, life
from yimen.catalog.queries.readiness import meaning, obstacles
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now
from yimen.ui.acting import ActForm, act


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """From which day, why, and for whom each easing counts."""
    edition, actor, at = life.in_the_making(slug), actor_of(request), now()
    require_editor(actor, edition.item.agency_id)
    document, _problems = obstacles(edition)
    found = meaning(edition, document, on=day_of(at)) if document else None
    form = SubmitForm(
        request.POST if request.method == "POST" else None, today=day_of(at), choose=found.offered if found else []
    )

    def run(held: dict[str, Any]) -> str:
        given = {"planned_from": held["planned_from"], "note": held["note"], "reach": form.reach()}
        commands.submit(edition, by=actor, at=at, **given)
        messages.success(request, _("已送审，等机构编制部门审核。"))
        return _page(slug)

    words = _("送审后内容不能再改，直到退回或者撤回。两个部门都通过后，从您选的日子起施行。")
    more = {"consequence": words, "points": faces.new_only(found.touched) if found else []}
    return _act(request, edition, form, run, _("送审"), _("送审"), **more)


@duty("staffing", "legal")
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """The office whose turn it is approves what it read."""
    edition, actor, at = life.in_the_making(slug), actor_of(request), now()

    def run(held: dict[str, Any]) -> str:
        done = commands.approve(edition, digest=held["digest"], reason=held["reason"], by=actor, at=at)
        messages.success(request, _approved(done))
        return reverse("catalog:waiting")

    form = ApproveForm(request.POST if request.method == "POST" else None, initial={"digest": edition.digest})
    legal = edition.state == EditionState.STAFFED
    words = _("这是最后一次审核，通过后按计划的日子施行。") if legal else _("通过后转法制部门审核。")
    return _act(request, edition, form, run, _("审核通过"), _("审核通过"), consequence=words)


@duty("editor", "staffing", "legal")
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Back to the editor's hands, with the reason."""
    edition, actor, at = life.in_the_making(slug), actor_of(request), now()

    def run(held: dict[str, Any]) -> str:
        commands.send_back(edition, reason=held["reason"], by=actor, at=at)
        messages.success(request, _("已退回，编制人员可以修改后再送审。"))
        return _page(slug) if actor.may("editor", edition.item.agency_id) else reverse("catalog:waiting")

    form = BackForm(request.POST if request.method == "POST" else None)
    return _act(request, edition, form, run, _("退回修改"), _("退回"))


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the draft up."""
    edition, actor, at = life.in_the_making(slug), actor_of(request), now()
    require_editor(actor, edition.item.agency_id)

    def run(_held: dict[str, Any]) -> str:
        commands.discard_draft(edition, by=actor, at=at)
        messages.success(request, _("草稿已放弃，现行版本不受影响。"))
        return reverse("catalog:waiting")

    form = DiscardForm(request.POST if request.method == "POST" else None)
    words = _("这份草稿和它的修改记录会删去，现行版本不受影响。")
    return _act(request, edition, form, run, _("放弃这份草稿"), _("放弃草稿"), consequence=words, danger=True)


def _act(
    request: HttpRequest, edition: Edition, form: ActForm, run: Any, title: str, label: str, **more: Any
) -> HttpResponse:
    context = {"nav": "catalog_waiting", "item": edition.item, "title": title, "label": label}
    context["back"] = _page(edition.item.slug)
    return act(request, form, run=run, template="catalog/act.html", context=context | more)


def _page(slug: str) -> str:
    return reverse("catalog:draft", args=[slug])


def _approved(edition: Edition) -> str:
    if edition.state == EditionState.STAFFED:
        return _("编制审核已通过，转法制部门审核。")
    if edition.state == EditionState.APPROVED:
        return _("审核已完成，到计划的日子自动施行。")
    return _("审核已完成，已经施行。")
