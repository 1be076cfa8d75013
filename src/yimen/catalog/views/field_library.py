"""The field library (数据元) as the catalogue's people see it: all fields, one field, defining, retiring."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.catalog.access import DESK
from yimen.catalog.forms.field_library import ElementForm, RetireForm
from yimen.catalog.queries.editing.options import suggestions
from yimen.catalog.queries.elements import KINDS
from yimen.catalog.queries.elements_used import uses_of
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.sheets import commands
from yimen.sheets.access import may_define, require_define
from yimen.sheets.choices import Kind, LibraryDocument, Sensitivity, code_lists
from yimen.sheets.queries import library_field, search_library
from yimen.ui.acting import act
from yimen.ui.words import plain_date

NAV = {"nav": "catalog_library"}


@duty(*DESK)
@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """All fields, or those that hold the words asked for; by how sensitive they are."""
    asked, wanted = request.GET.get("q", "").strip()[:80], request.GET.get("sensitivity", "")
    found = search_library(asked)
    rows = [_row(each) for each in found if wanted in ("", each.sensitivity.value)]
    views = [("", _("全部")), *Sensitivity.choices]
    context = {
        "q": asked,
        "wanted": wanted,
        "rows": rows,
        "columns": _columns(),
        "views": [_view(asked, key, str(word), wanted, found) for key, word in views],
        "may_define": may_define(actor_of(request)),
    }
    return render(request, "catalog/library.html", {**context, **NAV})


@duty(*DESK)
@require_safe
def field(request: HttpRequest, code: str) -> HttpResponse:
    """What a field means, who knows it best, where it is prefilled from, which items ask it."""
    document = library_field(code)
    uses = uses_of(document)
    context = {
        "field": document,
        "facts": _facts(document),
        "uses": [
            {
                "item": each.item,
                "agency": each.agency,
                "label": each.label,
                "url": reverse("catalog:item", args=[each.slug]),
            }
            for each in uses
        ],
        "use_columns": [
            {"key": "item", "label": _("事项"), "kind": "link", "wide": True},
            {"key": "label", "label": _("表单里的名称"), "kind": "text"},
            {"key": "agency", "label": _("实施主体"), "kind": "text"},
        ],
        "may_define": may_define(actor_of(request)) and not document.retired,
        "successor": library_field(document.replaced_by) if document.replaced_by else None,
    }
    return render(request, "catalog/library_field.html", {**context, **NAV})


@duty("editor", "administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def define(request: HttpRequest, code: str = "") -> HttpResponse:
    """A new field, or one that is described better."""
    actor = actor_of(request)
    require_define(actor)
    known = library_field(code) if code else None
    form = ElementForm(request.POST if request.method == "POST" else None, known)

    def run(held: dict[str, Any]) -> str:
        row = commands.define_field(held["document"], by=actor, at=now())
        return reverse("catalog:library_field", args=[row.code])

    return act(request, form, run=run, template="catalog/library_define.html", context={"field": known, **NAV})


@duty("editor", "administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Out of use, with what is asked instead."""
    actor = actor_of(request)
    require_define(actor)
    known = library_field(code)
    form = RetireForm(request.POST if request.method == "POST" else None, known)

    def run(held: dict[str, Any]) -> str:
        commands.retire_field(code, replaced_by=held["replaced_by"] or None, by=actor, at=now())
        return reverse("catalog:library_field", args=[code])

    context = {"field": known, "used": len(uses_of(known)), **NAV}
    return act(request, form, run=run, template="catalog/library_retire.html", context=context)


def _row(document: LibraryDocument) -> dict[str, Any]:
    return {
        "name": document.name,
        "code": document.code,
        "kind": str(KINDS[document.kind]),
        "authority": document.authority,
        "sensitivity": _("已停用") if document.retired else str(document.sensitivity.label),
        "url": reverse("catalog:library_field", args=[document.code]),
    }


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("名称"), "kind": "link", "wide": True},
        {"key": "code", "label": _("代码"), "kind": "text"},
        {"key": "kind", "label": _("填写方式"), "kind": "text"},
        {"key": "authority", "label": _("权威来源"), "kind": "text"},
        {"key": "sensitivity", "label": _("敏感程度"), "kind": "text"},
    ]


def _view(asked: str, key: str, word: str, wanted: str, found: list[LibraryDocument]) -> dict[str, Any]:
    count = sum(key in ("", each.sensitivity.value) for each in found)
    url = f"?q={asked}&sensitivity={key}"
    return {"label": word, "url": url, "count": count, "current": key == wanted}


def _facts(document: LibraryDocument) -> list[dict[str, Any]]:
    unit, known = f"（{document.unit}）" if document.unit else "", dict(suggestions())
    chosen = code_lists()[document.code_list] if document.code_list else None
    offered = (
        f"{chosen.name}（{chosen.standard}，{len(chosen.entries)} 项）" if chosen else "、".join(document.choices or ())
    )
    told = [
        (_("代码"), document.code),
        (_("其他叫法"), "、".join(document.also)),
        (_("填写方式"), f"{KINDS[Kind(document.kind)]}{unit}"),
        (_("选项"), offered),
        (_("权威来源"), document.authority),
        (_("敏感程度"), str(document.sensitivity.label)),
        (_("预填来源"), [f"{known[path]}（{path}）" if path in known else path for path in document.sources]),
        (_("依据的标准"), document.standard or ""),
        (_("启用日期"), plain_date(document.since) if document.since else ""),
        (_("停用日期"), plain_date(document.retired) if document.retired else ""),
    ]
    return [{"label": label, "value": value} for label, value in told if value]
