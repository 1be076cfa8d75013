"""Two records of one person: found by their documents, proposed with the proof, confirmed by another clerk, undone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city.choices import Duty
from yimen.identity import commands, queries
from yimen.identity.choices import Document
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import now
from yimen.ledger.commands import look
from yimen.ui.acting import ActForm, act, text
from yimen.ui.faces import Look
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.identity.models import Merge, Subject
    from yimen.kit.actor import Actor

CLERKS = (Duty.CLERK, Duty.ADMINISTRATOR)
SIZE, PURPOSE = 30, "核对是否同一人"


class ProposalForm(ActForm):
    """Numbers as they stand on the two documents."""

    documents = [(each.value, each.label) for each in Document if each != Document.USCC]
    one_document = forms.ChoiceField(label=gettext_lazy("第一个证件"), choices=documents)
    one_number = text(gettext_lazy("第一个证件的号码"), longest=40)
    other_document = forms.ChoiceField(
        label=gettext_lazy("第二个证件"), choices=documents, initial=Document.FOREIGN_RESIDENT
    )
    other_number = text(gettext_lazy("第二个证件的号码"), longest=40)
    proof = text(
        gettext_lazy("核对了什么"), lines=3, longest=200, hint=gettext_lazy("看了哪些原件，凭什么认定是同一人。")
    )


class WhyForm(ActForm):
    why = text(gettext_lazy("理由"), lines=2, longest=200, required=False)


@duty(*CLERKS)
@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """What waits for another clerk first."""
    view = request.GET.get("view", "")
    rows = queries.merges()
    rows = rows.exclude(confirmed_at=None, refused_at=None) if view == "done" else rows.waiting()
    found = page(rows, by=("-id",), cursor=request.GET.get("cursor"), size=SIZE)
    context = {
        "page": found,
        "rows": [_line(each) for each in found.items],
        "columns": [
            {"key": "state", "label": _("状态"), "kind": "badge"},
            {"key": "who", "label": _("两份档案"), "kind": "link", "wide": True},
            {"key": "by", "label": _("提出"), "kind": "text"},
            {"key": "at", "label": _("时间"), "kind": "when"},
        ],
        "tabs": [
            {"label": _("待复核"), "url": "?", "current": view != "done"},
            {"label": _("已处理"), "url": "?view=done", "current": view == "done"},
        ],
        "nav": "merges",
    }
    return render(request, "identity/merges.html", context)


@duty(*CLERKS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_merge(request: HttpRequest) -> HttpResponse:
    """Propose: both must be registered; the looks are written down."""
    actor, at = actor_of(request), now()

    def run(cleaned: dict[str, str]) -> str:
        one, other = (_found(cleaned, which, actor, at) for which in ("one", "other"))
        made = commands.propose_merge(one, other, proof=cleaned["proof"], by=actor, at=at)
        messages.success(request, _("已提出，请另一位工作人员复核。"))
        return reverse("identity:merge", args=[made.pk])

    form = ProposalForm(request.POST if request.method == "POST" else None)
    return act(request, form, run=run, template="identity/new_merge.html", context={"nav": "merges"})


@duty(*CLERKS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Both records side by side; confirm, refuse, undo."""
    actor, at = actor_of(request), now()
    row = queries.merge(number)
    for subject in (row.one_id, row.other_id):
        look(subject, by=actor, at=at, purpose=PURPOSE, what="基本信息")

    def run(cleaned: dict[str, str]) -> str:
        step, why = request.POST.get("step"), cleaned["why"]
        if step == "confirm":
            commands.confirm_merge(row, by=actor, at=at)
            messages.success(request, _("已合并：用任何一个证件都能找到两份档案的全部内容。"))
        elif step == "undo":
            commands.undo_merge(row, why=why, by=actor, at=at)
            messages.success(request, _("已撤销，两份档案恢复分开。"))
        else:
            commands.refuse_merge(row, why=why, by=actor, at=at)
            messages.success(request, _("已退回，没有合并。"))
        return request.path

    waiting = row.confirmed_at is None and row.refused_at is None
    context = {
        "row": row,
        "sides": [_side(each) for each in (row.one, row.other)],
        "state": _state(row),
        "waiting": waiting,
        "own": row.asked_by_id == actor.user,
        "holds": row.confirmed_at is not None and row.undone_at is None,
        "nav": "merges",
    }
    form = WhyForm(request.POST if request.method == "POST" else None)
    return act(request, form, run=run, template="identity/merge.html", context=context)


def _found(cleaned: dict[str, str], which: str, by: Actor, at: datetime) -> Subject:
    number = f"{which}_number"
    found = queries.subject_for_staff(cleaned[f"{which}_document"], cleaned[number], by=by, at=at, purpose=PURPOSE)
    if found is None:
        message = "没有登记过这个证件，请核对号码；还没有档案的，先在窗口登记。"
        raise Invalid([{"field": number, "code": "not_registered", "message": message}])
    return found


def _line(row: Merge) -> dict[str, Any]:
    return {
        "url": reverse("identity:merge", args=[row.pk]),
        "state": _state(row),
        "who": " ＋ ".join(
            f"{each.masked_name}（{_(Document(each.document).label)}）" for each in (row.one, row.other)
        ),
        "by": row.asked_by.name if row.asked_by else _("系统"),
        "at": row.asked_at,
    }


def _state(row: Merge) -> Look:
    if row.undone_at is not None:
        return Look(_("已撤销"), "neutral", "circle-minus")
    if row.refused_at is not None:
        return Look(_("已退回"), "neutral", "circle-minus")
    if row.confirmed_at is not None:
        return Look(_("已合并"), "good", "circle-check")
    return Look(_("待复核"), "warn", "clock")


def _born(one: Subject) -> date | None:
    held = queries.profile_value(one, "person.birth_date")
    return date.fromisoformat(str(held)) if held else None


def _side(one: Subject) -> dict[str, Any]:
    pairs = (
        (_("姓名"), one.name),
        (_("证件"), _(Document(one.document).label)),
        (_("证件号码"), one.masked_number),
        (_("出生日期"), plain_date(_born(one))),
        (_("性别"), queries.profile_value(one, "person.gender")),
        (_("账号"), _("有") if queries.user_of(one.pk) else _("没有")),
    )
    return {"rows": [{"label": label, "value": value} for label, value in pairs if value]}
