"""A second person compares rows with their scans, side by side, and concludes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yimen.files.queries import download
from yimen.identity.choices import Document
from yimen.kit.errors import Invalid, NotFound, Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated, translated_errors
from yimen.kit.time import now
from yimen.vault.access import MAKERS, require_compare
from yimen.vault.commands import importing
from yimen.vault.models import Batch, BatchSample
from yimen.vault.queries import labels
from yimen.vault.queries.importing import compared_row, next_to_compare, one_batch
from yimen.vault.queries.importing.checking import Found

PDF = "application/pdf"
SAID_ALREADY = {"holder_name", "name", "issue_date", "valid_from", "valid_to"}


@duty(*MAKERS)
@require_POST
def draw(request: HttpRequest, number: int) -> HttpResponse:
    """Draw the sample and begin with its first row."""
    found = one_batch(number, actor_of(request))
    try:
        importing.draw_sample(found, by=actor_of(request), at=now())
    except Refusal as refusal:
        messages.error(request, translated(refusal.detail))
        return HttpResponseRedirect(reverse("vault:batch", args=[found.pk]))
    return HttpResponseRedirect(reverse("vault:batch_compare", args=[found.pk, 1]))


@duty(*MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """One row beside its scan: does it agree?"""
    found = _compared(request, number)
    if request.method != "POST":
        return _page(request, found, place)
    right, note = request.POST.get("right"), request.POST.get("note", "")
    try:
        if right not in ("yes", "no"):
            raise Invalid([{"field": "note", "code": "choose", "message": "请选择“一致”或者“不一致”。"}])
        importing.judge_row(found, place=place, right=right == "yes", note=note, by=actor_of(request), at=now())
    except Invalid as refusal:
        return _page(request, found, place, note, translated_errors(refusal.errors), refusal.status)
    except Refusal as refusal:
        messages.error(request, translated(refusal.detail))
        return HttpResponseRedirect(reverse("vault:batch", args=[found.pk]))
    following = next_to_compare(found, place)
    to = (
        reverse("vault:batch_compare", args=[found.pk, following])
        if following
        else reverse("vault:batch", args=[found.pk])
    )
    return HttpResponseRedirect(to)


@duty(*MAKERS)
@require_safe
def scan(request: HttpRequest, number: int, place: int) -> HttpResponseBase:
    """The scan of a row of the sample."""
    found = _compared(request, number)
    row, _found = compared_row(found, place, by=actor_of(request), at=now())
    if row.file_id is None:
        raise NotFound
    return download(row.file_id, inline=True)


@duty(*MAKERS)
@require_POST
def conclude(request: HttpRequest, number: int) -> HttpResponse:
    """The sample decides."""
    return _act(request, number, importing.conclude)


def _act(request: HttpRequest, number: int, verb: Callable[..., object]) -> HttpResponse:
    found = one_batch(number, actor_of(request))
    try:
        verb(found, by=actor_of(request), at=now())
    except Refusal as refusal:
        messages.error(request, translated(refusal.detail))
    return HttpResponseRedirect(reverse("vault:batch", args=[found.pk]))


def _compared(request: HttpRequest, number: int) -> Batch:
    """Raises NoSuchBatch, and Forbidden for whoever loaded it: what the sample is, they don't learn."""
    by = actor_of(request)
    found = one_batch(number, by)
    require_compare(by, found.agency_id, (found.begun_by, found.mapped_by))
    return found


def _page(
    request: HttpRequest,
    batch: Batch,
    place: int,
    note: str | None = None,
    errors: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    row, found = compared_row(batch, place, by=actor_of(request), at=now())
    done = BatchSample.objects.filter(batch=batch).exclude(right=None).count()
    context = {
        "batch": batch,
        "row": row,
        "facts": _facts(batch, found),
        "pdf": bool(row.file and row.file.media_type == PDF),
        "inline": bool(row.file and row.file.is_inline),
        "done": done,
        "before": place - 1 if place > 1 else None,
        "after": place + 1 if place < batch.sample_size else None,
        "errors": errors or [],
        "note": {
            "name": "note", "label": _("哪里不一致"), "kind": "textarea", "required": False,
            "value": row.note if note is None else note, "hint": _("选“不一致”时必须写明，导入的人会看到。"),
            "error": errors[0]["message"] if errors else "",
        },
        "nav": "batches",
    }  # fmt: skip
    return render(request, "vault/batch_compare.html", context, status=status)


def _facts(batch: Batch, found: Found) -> list[dict[str, Any]]:
    """All that the row says, in full: it is compared letter by letter."""
    names = labels(batch.kind)
    rows: list[dict[str, Any]] = [
        {"label": _("编号"), "value": found.number},
        {"label": _("持证人"), "value": found.holder},
        {"label": str(Document(found.document).label), "value": found.holder_number},
        {"label": _("发证日期"), "value": found.issued.isoformat()},
        {"label": _("有效期"), "value": _("{first} 至 {last}").format(
            first=found.first.isoformat(), last=found.last.isoformat() if found.last else _("长期")
        )},
    ]  # fmt: skip
    told = {found.number, found.holder_number}
    return rows + [
        {"label": names.get(key, key), "value": value}
        for key, value in found.fields.items()
        if key not in SAID_ALREADY and value not in told
    ]
