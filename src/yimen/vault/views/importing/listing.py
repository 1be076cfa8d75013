"""Which batches there are, and taking in a new one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city.choices import Duty
from yimen.city.queries import agencies
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.vault import queries
from yimen.vault.access import MAKERS
from yimen.vault.choices.batches import LATEST_ROWS
from yimen.vault.commands import importing
from yimen.vault.models import Batch
from yimen.vault.queries.importing import batches_seen, one_batch, to_compare
from yimen.vault.views.importing import faces

LOADERS = (*MAKERS, Duty.ADMINISTRATOR)


@duty(*LOADERS)
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    by = actor_of(request)
    shown = page(batches_seen(by), by=("-id",), cursor=request.GET.get("cursor"), size=20)
    context = {
        "columns": faces.list_columns(),
        "rows": [faces.line(each, by, now()) for each in shown.items],
        "page": shown,
        "to_compare": to_compare(by),
        "nav": "batches",
    }
    return render(request, "vault/batches.html", context)


@duty(*LOADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose kind, issuing body, table and scans; with `corrects` what was refused comes again."""
    by = actor_of(request)
    corrected = _corrected(request, by)
    if request.method != "POST":
        return _form(request, by, corrected)
    table, scans = request.FILES.get("table"), request.FILES.get("scans")
    kind = queries.kind_named(request.POST.get("kind", ""))
    agency = agencies().filter(pk__in=_reached(by), code=request.POST.get("agency", "")).first()
    errors = {"kind": not kind, "agency": not agency, "table": not table}
    if not (kind and agency and table):
        return _form(request, by, corrected, {key: _needed(key) for key, wrong in errors.items() if wrong})
    try:
        batch = importing.begin_batch(
            kind, agency=agency, table=table, name=table.name or "", scans=scans,
            scans_name=(scans and scans.name) or "", corrects=corrected, by=by, at=now(),
        )  # fmt: skip
    except Refusal as refused:
        return _form(request, by, corrected, {_about(refused): translated(refused.detail)}, refused.status)
    return HttpResponseRedirect(reverse("vault:batch", args=[batch.pk]))


def _corrected(request: HttpRequest, by: Actor) -> Batch | None:
    """The batch whose refused rows come again. Raises NotFound."""
    number = request.POST.get("corrects") or request.GET.get("corrects", "")
    if number and not (number.isdecimal() and len(number) < 10):
        raise NotFound
    return one_batch(int(number), by) if number else None


def _reached(by: Actor) -> list[int]:
    if by.may("administrator"):
        return list(agencies().values_list("pk", flat=True))
    return sorted(by.agencies)


def _needed(key: str) -> str:
    return {
        "kind": _("请选择证照种类。"),
        "agency": _("请选择发证机关。"),
        "table": _("请选择证照表格文件。"),
    }[key]


def _about(refused: Refusal) -> str:
    return "scans" if refused.code == "scans_unreadable" else "table"


def _form(
    request: HttpRequest, by: Actor, corrected: Batch | None, errors: dict[str, str] | None = None, status: int = 422
) -> HttpResponse:
    wrong = errors or {}
    fields = [{**field, "error": wrong.get(str(field["name"]), "")} for field in _fields(request, by, corrected)]
    context = {
        "fields": fields,
        "errors": [{"field": key, "message": message} for key, message in wrong.items()],
        "corrected": corrected,
        "back": reverse("vault:batch", args=[corrected.pk]) if corrected else reverse("vault:batches"),
        "nav": "batches",
    }
    return render(request, "vault/batch_new.html", context, status=status if wrong else 200)


def _fields(request: HttpRequest, by: Actor, corrected: Batch | None) -> list[dict[str, Any]]:
    kinds = sorted(((kind.name, code) for code, kind in queries.kinds().items()))
    bodies = list(agencies().filter(pk__in=_reached(by)).order_by("division__path", "code"))
    limit = settings.YIMEN_BATCH_LIMIT // 1024**2
    own = next((each.code for each in bodies if each.pk == by.office), bodies[0].code if len(bodies) == 1 else "")
    kind = request.POST.get("kind") or (corrected.kind.code if corrected else "")
    agency = request.POST.get("agency") or (corrected.agency.code if corrected else own)
    rows = _("第一行是列名，一行一本证照，最多 {most} 行。Excel 工作簿（.xlsx）或者 CSV 文件，最大 {n} MB。")
    return [
        {
            "name": "kind", "label": _("证照种类"), "kind": "choice", "required": True, "value": kind,
            "choices": [{"value": code, "label": name} for name, code in kinds],
        },
        {
            "name": "agency", "label": _("发证机关"), "kind": "choice", "required": True, "value": agency,
            "choices": [{"value": each.code, "label": each.name} for each in bodies],
            "hint": _("一个批次只含一个机关发的一种证照。"),
        },
        {
            "name": "table", "label": _("证照表格"), "kind": "file", "required": True, "accept": ".xlsx,.csv,.txt",
            "hint": rows.format(most=f"{LATEST_ROWS:,}", n=f"{limit:,}"),
        },
        {
            "name": "scans", "label": _("扫描件压缩包"), "kind": "file", "required": False, "accept": ".zip",
            "hint": _(
                "PDF、JPG、PNG 或 OFD 文件打成一个 zip，文件名与证照编号相同，或者在表格中写明。"
                "没有扫描件的，抽检时须调阅纸质档案。"
            ),
        },
    ]  # fmt: skip
