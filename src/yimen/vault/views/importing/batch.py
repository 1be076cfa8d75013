"""One batch: matching its columns, watching it, what was refused, giving it up."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yimen.files.choices import XLSX
from yimen.files.queries import download, seekable
from yimen.kit.errors import Invalid, NotFound, Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated, translated_errors
from yimen.kit.time import now
from yimen.vault.choices.batches import BatchState
from yimen.vault.commands import importing
from yimen.vault.models import Batch
from yimen.vault.queries.importing import mapping, one_batch, rejection_file, tables
from yimen.vault.views.importing import faces
from yimen.vault.views.importing.listing import LOADERS

SHOWN_ROWS = 3


@duty(*LOADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """Where it stands, and what can be done next; while it waits for its columns, the form that matches them."""
    found = one_batch(number, actor_of(request))
    if request.method == "POST":
        return _map(request, found)
    return _page(request, found)


@duty(*LOADERS)
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The bar alone; a page whose bar is through, has fallen silent or moves again shows itself anew."""
    found = one_batch(number, actor_of(request))
    bar = faces.bar(found, now())
    answer = render(request, "vault/_batch_progress.html", {"bar": bar, "batch": found})
    if not found.working or bar["silent"] != ("silent" in request.GET):
        answer["HX-Refresh"] = "true"
    return answer


@duty(*LOADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing of it becomes a licence; asked for once more, with what it means."""
    if request.method == "POST":
        return _act(request, number, importing.drop_batch)
    found = one_batch(number, actor_of(request))
    back = reverse("vault:batch", args=[found.pk])
    context = {
        "title": _("撤销这一批导入？"),
        "consequence": _("检查结果和扫描件会删除，没有一本证照入库。要再导入，须重新上传表格。"),
        "points": [_("{kind}，合格 {n} 行").format(kind=found.kind.name, n=f"{found.good:,}")],
        "action_url": reverse("vault:batch_drop", args=[found.pk]),
        "action_label": _("撤销"),
        "cancel_url": back,
        "danger": True,
        "frame": "ui/desk.html",
        "nav": "batches",
    }
    return render(request, "ui/confirm.html", context)


@duty(*LOADERS)
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """The worker ended in the middle: go on from there."""
    return _act(request, number, importing.resume_batch)


@duty(*LOADERS)
@require_safe
def sent(request: HttpRequest, number: int) -> HttpResponseBase:
    """The table as it was sent."""
    found = one_batch(number, actor_of(request))
    if found.table_id is None:
        raise NotFound(_("原表格保存期满，已经删除。"))
    return download(str(found.table_id))


@duty(*LOADERS)
@require_safe
def refused(request: HttpRequest, number: int) -> HttpResponseBase:
    """The rows that did not go in, to be corrected and sent again."""
    found = one_batch(number, actor_of(request))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        rejection_file(found, path)
        # The file is opened here and read on after its name is gone.
        answer = FileResponse(path.open("rb"), content_type=XLSX.name, as_attachment=True, filename=_name(found))
    answer["Cache-Control"] = "private, no-store"
    return answer


def _name(found: Batch) -> str:
    return _("{kind} 退回的记录（第 {n} 批）").format(kind=found.kind.name, n=found.pk) + XLSX.extension


def _act(request: HttpRequest, number: int, verb: Callable[..., object]) -> HttpResponse:
    found = one_batch(number, actor_of(request))
    try:
        verb(found, by=actor_of(request), at=now())
    except Refusal as refusal:
        messages.error(request, translated(refusal.detail))
    return HttpResponseRedirect(reverse("vault:batch", args=[found.pk]))


def _map(request: HttpRequest, found: Batch) -> HttpResponse:
    post = request.POST
    chosen = {
        each.key: int(post[each.key])
        for each in mapping.targets(found.kind)
        if post.get(each.key, "").isdecimal() and len(post[each.key]) < 5
    }
    given: dict[str, Any] = {
        "mapping": chosen,
        "required": post.getlist("required"),
        "issuers": [each.strip() for each in post.get("issuers", "").splitlines() if each.strip()],
        "mask": post.get("mask", ""),
    }
    try:
        importing.map_columns(found, **given, by=actor_of(request), at=now())
    except Invalid as refusal:
        return _page(request, found, given, translated_errors(refusal.errors), refusal.status)
    except Refusal as refusal:
        messages.error(request, translated(refusal.detail))
    return HttpResponseRedirect(reverse("vault:batch", args=[found.pk]))


def _page(
    request: HttpRequest,
    found: Batch,
    given: dict[str, Any] | None = None,
    errors: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = faces.context(found, actor_of(request), now())
    if found.state == BatchState.MAPPING:
        context |= _matching(found, given or _guessed(found), errors or [])
    return render(request, "vault/batch.html", context, status=status)


def _guessed(found: Batch) -> dict[str, Any]:
    saved = mapping.saved_mapping(found.kind)
    return {
        "mapping": found.mapping,
        "required": mapping.required_now(found),
        "issuers": saved.issuers if saved else [],
        "mask": saved.mask if saved else "",
    }


def _matching(found: Batch, given: dict[str, Any], errors: list[dict[str, Any]]) -> dict[str, Any]:
    wrong = {each["field"]: each["message"] for each in errors}
    rows = _first_rows(found)
    heads = [{"value": str(place), "label": _head(head, place)} for place, head in enumerate(found.heads)]
    fields = [
        {
            "name": each.key, "label": each.label, "kind": "choice", "required": each.needed, "choices": heads,
            "value": str(given["mapping"].get(each.key, "")), "error": wrong.get(each.key, ""),
            "hint": _example(found, given["mapping"].get(each.key), rows),
        }
        for each in mapping.targets(found.kind)
    ]  # fmt: skip
    return {"fields": fields, "more": _more(found, given, wrong), "errors": errors, "matched": bool(found.mapping)}


def _more(found: Batch, given: dict[str, Any], wrong: dict[str, Any]) -> list[dict[str, Any]]:
    """What no row may lack, former names, how numbers look."""
    may = [each for each in mapping.targets(found.kind) if each.own or each.key == "valid_to"]
    required = {
        "name": "required", "label": _("不能为空的内容"), "kind": "multi", "required": False,
        "value": given["required"],
        "choices": [{"value": each.key, "label": each.label} for each in may],
        "hint": _("勾选的列里有空格的行会被退回。编号、持证人、证件号码和发证日期总是不能为空。"),
    }  # fmt: skip
    issuers = {
        "name": "issuers", "label": _("发证机关的曾用名"), "kind": "textarea", "required": False,
        "value": "\n".join(given["issuers"]), "error": wrong.get("issuers", ""),
        "hint": _("每行一个。表格中的发证机关既不是“{name}”也不在这里的，退回。").format(name=found.agency.name),
    }  # fmt: skip
    mask = {
        "name": "mask", "label": _("编号样式"), "kind": "text", "required": False, "value": given["mask"],
        "error": wrong.get("mask", ""),
        "hint": _(
            "不填就不检查。9 代表一位数字，A 代表大写字母，N 代表数字或字母，字 代表一个汉字，其他照写，如 JY99999。"
        ),
    }  # fmt: skip
    return [required, issuers, mask] if may else [issuers, mask]


def _head(head: str, place: int) -> str:
    return head or _("第 {n} 列（没有列名）").format(n=place + 1)


def _first_rows(found: Batch) -> list[list[str]]:
    rows = tables.rows(
        seekable(str(found.table_id)),
        found.form,
        encoding=found.encoding,
        delimiter=found.delimiter,
        width=len(found.heads),
    )
    return [cells for _line, cells in islice(rows, SHOWN_ROWS)]


def _example(found: Batch, place: int | None, rows: list[list[str]]) -> str:
    if place is None or not 0 <= place < len(found.heads):
        return ""
    values = [faces.masked(found, place, row[place].strip()) for row in rows if row[place].strip()]
    return _("表格里的内容：{values}").format(values="、".join(value[:30] for value in values)) if values else ""
