"""A package on its way: sent to the offices, approved, sent back; taking one out of use goes the same way."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.catalog.choices import EditionState
from yimen.catalog.commands import package_life as commands
from yimen.catalog.forms import ApproveForm, BackForm, EndPackageForm, SubmitForm
from yimen.catalog.models import Package, PackageDraft
from yimen.catalog.queries import faces, life, offices, packaging
from yimen.catalog.queries.packaging import comparing, picturing
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now
from yimen.ui.acting import ActForm, act
from yimen.ui.words import plain_date


def waiting_list(actor: Actor) -> dict[str, Any]:
    """The packages that the reader looks after, as a table."""
    found = life.packages_waiting(duties=actor.duties, agencies=actor.agencies, user=actor.user)
    return {
        "packages": [_row(each) for each in found],
        "package_columns": [
            {"key": "name", "label": _("一件事"), "kind": "link", "wide": True},
            {"key": "agency", "label": _("牵头部门"), "kind": "text"},
            {"key": "version", "label": _("版本"), "kind": "text"},
            {"key": "state", "label": _("到了哪一步"), "kind": "badge"},
            {"key": "planned", "label": _("计划施行"), "kind": "text"},
        ],
    }


def waiting_page(request: HttpRequest, held: PackageDraft) -> HttpResponse:
    """A package in the making as its readers see it: where it stands, what differs, what can be done."""
    document, findings = packaging.check_package_whole(held.document)
    before = next((each for each in packaging.package_versions(held.code) if each.version == held.base), None)
    context = {
        "nav": "catalog_waiting",
        "draft": held,
        "raw": held.document,
        "state_word": held.get_state_display(),
        "tone": faces.TONES[EditionState(held.state)],
        "state_text": _turn(held),
        "verbs": offices.package_verbs(held, actor_of(request)),
        "before": before,
        "changes": comparing.package_changes(before.document, held.document) if before and not held.ends else [],
        "findings": picturing.findings([each for each in findings if each.stops], held.document),
        "facts": picturing.facts(document) if document and not before else [],
        "document": document,
        "picture": picturing.picture(document) if document and not held.ends else None,
        "story": faces.story(held.passages.select_related("edition").order_by("-id")),
    }
    return render(request, "catalog/package_waiting.html", context)


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """From which day, and why."""
    held, actor, at = packaging.package_draft(code), actor_of(request), now()
    form = SubmitForm(request.POST if request.method == "POST" else None, today=day_of(at), choose=[])

    def run(given: dict[str, Any]) -> str:
        planned, note = given["planned_from"], given["note"]
        commands.submit_package(held, planned_from=planned, note=note, by=actor, at=at)
        messages.success(request, _("已送审，等机构编制部门审核。"))
        return _page(code)

    words = _("送审后内容不能再改，直到退回或者撤回。两个部门都通过后，从您选的日子起施行。")
    return _act(request, held, form, run, _("送审"), _("送审"), consequence=words)


@duty("staffing", "legal")
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """The office whose turn it is approves what it read."""
    held, actor, at = packaging.package_draft(code), actor_of(request), now()

    def run(given: dict[str, Any]) -> str:
        done = commands.approve_package(held, digest=given["digest"], reason=given["reason"], by=actor, at=at)
        messages.success(request, _approved(done))
        return reverse("catalog:waiting")

    form = ApproveForm(request.POST if request.method == "POST" else None, initial={"digest": held.digest})
    legal = held.state == EditionState.STAFFED
    words = _("这是最后一次审核，通过后按计划的日子施行。") if legal else _("通过后转法制部门审核。")
    return _act(request, held, form, run, _("审核通过"), _("审核通过"), consequence=words)


@duty("editor", "staffing", "legal")
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the editors' hands, with the reason."""
    held, actor, at = packaging.package_draft(code), actor_of(request), now()

    def run(given: dict[str, Any]) -> str:
        commands.send_back_package(held, reason=given["reason"], by=actor, at=at)
        if held.ends:
            messages.success(request, _("已退回，“%(name)s”继续使用。") % {"name": held.document.get("name") or code})
            return reverse("catalog:waiting")
        messages.success(request, _("已退回，编制人员可以修改后再送审。"))
        return _page(code) if actor.may("editor") else reverse("catalog:waiting")

    form = BackForm(request.POST if request.method == "POST" else None)
    return _act(request, held, form, run, _("退回修改"), _("退回"))


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Ask both offices to take a package out of use, with the reason."""
    held, actor, at = packaging.package_named(code), actor_of(request), now()
    form = EndPackageForm(request.POST if request.method == "POST" else None, today=day_of(at))

    def run(given: dict[str, Any]) -> str:
        commands.propose_end(held, planned_from=given["planned_from"], reason=given["reason"], by=actor, at=at)
        messages.success(request, _("已送审，等机构编制部门审核。"))
        return _page(code)

    words = _("施行以后，大家不再能找到和申请它；已经开始的申请可以继续。重新发布就恢复使用。")
    back = reverse("catalog:package", args=[code])
    return _act(request, held, form, run, _("停用"), _("送审"), consequence=words, danger=True, back=back)


def _row(draft: PackageDraft) -> dict[str, Any]:
    tone = faces.TONES[EditionState(draft.state)]
    return {
        "name": draft.document.get("name") or draft.code,
        "agency": draft.agency.name if draft.agency else "",
        "version": _("停用") if draft.ends else _("第 %(n)s 版") % {"n": draft.base + 1},
        "state": {"word": draft.get_state_display(), "tone": tone, "icon": "point"},
        "planned": plain_date(draft.planned_from) if draft.planned_from else "",
        "url": _page(draft.code),
    }


def _act(
    request: HttpRequest, held: PackageDraft | Package, form: ActForm, run: Any, title: str, label: str, **more: Any
) -> HttpResponse:
    name = held.document.get("name") or held.code
    context = {
        "nav": "catalog_waiting", "item": SimpleNamespace(name=name), "title": title, "label": label,
        "back": _page(held.code),
    }  # fmt: skip
    return act(request, form, run=run, template="catalog/act.html", context=context | more)


def _page(code: str) -> str:
    return reverse("catalog:package_draft", args=[code])


def _turn(held: PackageDraft) -> str:
    """Whose turn it is."""
    day = plain_date(held.planned_from) if held.planned_from else ""
    told = {
        EditionState.DRAFT: _("正在编制，可以修改。"),
        EditionState.CHECKED: _("已送审，等机构编制部门审核。"),
        EditionState.STAFFED: _("编制审核已通过，等法制部门审核。"),
        EditionState.APPROVED: _("审核已完成，%(day)s起施行。") % {"day": day},
    }.get(EditionState(held.state))
    if told is None:
        raise NotFound
    return told


def _approved(held: PackageDraft) -> str:
    if held.state == EditionState.STAFFED:
        return _("编制审核已通过，转法制部门审核。")
    if held.pk and PackageDraft.objects.filter(pk=held.pk, state=EditionState.APPROVED).exists():
        return _("审核已完成，到计划的日子自动施行。")
    return _("审核已完成，已经施行。")
