"""业务手册 at the desk: the manual of an edition, and its discretion tables tried out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.catalog import queries
from yimen.catalog.access import DESK
from yimen.catalog.choices import EditionState, StepKind
from yimen.catalog.models import Edition
from yimen.catalog.queries.discretion import Proposal, try_out
from yimen.catalog.queries.manual import Manual, manual
from yimen.city.choices import Duty
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.sheets.choices import Kind

READERS = tuple(each.value for each in Duty)


@duty(*READERS)
@require_safe
def manuals(request: HttpRequest) -> HttpResponse:
    """The items whose manual one may want, by name, agency or code."""
    asked = request.GET.get("q", "").strip()[:60]
    items = queries.desk_items(asked).filter(editions__state=EditionState.RELEASED, editions__valid_to=None)
    shown = page(items, by=("slug",), cursor=request.GET.get("cursor"), size=50)
    rows = [
        {
            "name": each.name,
            "kind": each.kind,
            "agency": each.agency.name,
            "url": reverse("catalog:manual", args=[each.slug]),
        }
        for each in shown.items
    ]
    columns = [
        {"key": "name", "label": _("事项"), "kind": "link", "wide": True},
        {"key": "kind", "label": _("事项类型"), "kind": "text"},
        {"key": "agency", "label": _("实施主体"), "kind": "text"},
    ]
    context = {"rows": rows, "columns": columns, "page": shown, "q": asked, "nav": "manuals"}
    return render(request, "catalog/manuals.html", context)


@duty(*READERS)
@require_safe
def current(request: HttpRequest, slug: str) -> HttpResponse:
    """The manual of the current edition."""
    return _show(request, queries.current(slug))


@duty(*READERS)
@require_safe
def of_edition(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The manual of one edition: a case keeps its own."""
    return _show(request, queries.edition(slug, version))


def _show(request: HttpRequest, edition: Edition) -> HttpResponse:
    number = request.GET.get("table", "")
    slug = edition.item.slug
    found = manual(edition)
    desk = bool(actor_of(request).duties & set(DESK))
    return render(
        request,
        "catalog/manual.html",
        {
            "manual": found,
            "edition": edition,
            "tried": _tried(edition, number, request),
            "tried_number": number,
            "forms": [_form(edition, place, request) for place in range(len(edition.doc.manual.discretion))],
            "item_url": reverse("catalog:edition", args=[slug, edition.version]) if desk else "",
            "guide_url": reverse("portal:guide", args=[slug]),
            "columns": _columns(),
            "steps": _steps(found),
            "nav": "catalog" if desk else "manuals",
            "list_url": reverse("catalog:manuals"),
        },
    )


def _tried(edition: Edition, number: str, request: HttpRequest) -> Proposal | None:
    tables = edition.doc.manual.discretion
    if not number.isdecimal() or not 1 <= int(number) <= len(tables):
        return None
    table = tables[int(number) - 1]
    return try_out(
        table, edition.doc, {each.name: request.GET.get(f"t{number}_{each.name}", "")[:200] for each in table.inputs}
    )


def _form(edition: Edition, place: int, request: HttpRequest) -> dict[str, object]:
    """The try-out form of a table: a choice where the applicant's form has one."""
    table, fields = edition.doc.manual.discretion[place], {each.name: each for each in edition.doc.form_fields}
    mine = request.GET.get("table") == str(place + 1)
    listed = []
    for each in table.inputs:
        field = fields.get(each.field or "")
        choices = [{"value": one, "label": one} for one in (field.choices or ())] if field else []
        if field is not None and field.kind is Kind.BOOLEAN:
            choices = [{"value": "true", "label": _("是")}, {"value": "false", "label": _("否")}]
        listed.append(
            {
                "name": f"t{place + 1}_{each.name}",
                "label": each.label,
                "kind": "choice" if choices else "text",
                "choices": choices,
                "unit": each.unit,
                "required": True,
                "value": request.GET.get(f"t{place + 1}_{each.name}", "") if mine else "",
            }
        )
    return {"number": place + 1, "fields": listed}


def _columns() -> dict[str, list[dict[str, str]]]:
    """Of the steps, and of a discretion table."""
    named = {
        "steps": {
            "name": _("环节"),
            "role": _("岗位"),
            "office": _("处室"),
            "days": _("时限"),
            "decides": _("审批权限"),
        },
        "table": {"number": _("档次"), "when": _("适用情形"), "outcome": _("裁量结果"), "grounds": _("理由")},
    }
    return {
        table: [{"key": key, "label": label, "kind": "text"} for key, label in columns.items()]
        for table, columns in named.items()
    }


def _steps(found: Manual) -> list[dict[str, str]]:
    return [
        {
            "name": step.name + (_("（与上一环节同时）") if step.parallel else ""),
            "role": step.role,
            "office": step.office,
            "days": step.days,
            "decides": step.decided_by or (step.role if step.kind == StepKind.DECIDE else ""),
        }
        for step in found.guide.steps
    ]
