"""The form designer: sections and fields arranged, the library at hand, the citizen's pages beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.catalog import access
from yimen.catalog.access import DESK
from yimen.catalog.commands import Conflicting
from yimen.catalog.commands.editing import save_page
from yimen.catalog.models import Edition
from yimen.catalog.queries.condition_words import condition_words
from yimen.catalog.queries.editing.designing import (
    Form,
    form_of,
    layout_of,
    operated,
    readable_rules,
    rows_by_name,
)
from yimen.catalog.queries.editing.opening import why_not
from yimen.catalog.queries.elements import KINDS, RULES
from yimen.catalog.views import conflicting
from yimen.catalog.views.editing import base_of, draft
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.sheets.choices import FormField, Kind
from yimen.sheets.queries import Library, library, search_library
from yimen.sheets.queries.rule_words import rule_words
from yimen.ui.words import people_when


@duty(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def designer(request: HttpRequest, slug: str) -> HttpResponse:
    """Every touch is saved at once, merged with what others save; with scripts only the arrangement is drawn anew."""
    edition = draft(slug, "form")
    if request.method != "POST":
        return _shown(request, edition)
    actor, op = actor_of(request), request.POST.get("op", "")
    access.require_editor(actor, edition.item.agency_id)
    told = {name: str(request.POST.get(name, ""))[:200] for name in request.POST}
    base = base_of(request.POST.get("base"), edition)
    try:
        saved = save_page(edition, lambda document: operated(document, op, told), base=base, by=actor, at=now())
    except Conflicting as conflict:
        answer = conflicting.show(request, edition, "form", conflict)
        answer.headers["HX-Retarget"] = answer.headers["HX-Reselect"] = "#main"
        return answer
    return _shown(request, saved.edition, said=_said(op, form_of(edition.document)), removed=op.startswith("remove|"))


def _said(op: str, before: Form) -> str:
    """What was done, for whoever does not see it."""
    verb, _bar, name = op.partition("|")
    words = _("已保存 {when}").format(when=people_when(now(), now()))
    label = next((each.label for each in before.form_fields if each.name == name), "")
    return _("已删除“{label}”，{saved}").format(label=label, saved=words) if verb == "remove" and label else words


def _shown(request: HttpRequest, edition: Edition, said: str = "", *, removed: bool = False) -> HttpResponse:
    actor, form = actor_of(request), form_of(edition.document)
    fields = {each.name: each for each in form.form_fields}
    layout, book, rows = layout_of(edition.document), library(), rows_by_name(edition.document)
    context: dict[str, Any] = {
        "item": edition.item,
        "edition": edition,
        "why": why_not(edition.item, edition, actor),
        "sections": [
            {
                "number": number,
                "title": title,
                "fields": [_card(fields[name], form, book, rows[name]) for name in names],
            }
            for number, (title, names) in enumerate(layout)
        ],
        "unreadable": form.unreadable,
        "rules": [
            {"words": translated(rule_words(form, rule)), "kind": str(RULES[rule.kind]), "row": f"form_rules.r{number}"}
            for number, rule in readable_rules(edition.document)
        ],
        "elements": [each for each in search_library() if not each.retired],
        "kinds": [{"value": kind.value, "label": word} for kind, word in KINDS.items()],
        "said": said,
        "removed": removed,
        "nav": "catalog",
        "form_url": reverse("catalog:edit_section", args=[edition.item.slug, "form"]),
        "revisions_url": reverse("catalog:edit_revisions", args=[edition.item.slug]),
        "preview_url": reverse("catalog:form_preview", args=[edition.item.slug]),
    }
    return render(request, "catalog/designer.html", context)


def _card(field: FormField, form: Form, book: Library, row: int) -> dict[str, Any]:
    labels = {each.name: each.label for each in form.form_fields}
    element = book.get(book.sure_element_of(field))
    return {
        "name": field.name,
        "label": field.label,
        "kind": str(KINDS[field.kind]),
        "row": f"form_fields.r{row}",
        "unit": field.unit,
        "columns": [each.label for each in field.table] if field.kind is Kind.TABLE else [],
        "required": field.required,
        "element": element.name if element else field.element or "",
        "prefill": bool(field.prefill),
        "condition": condition_words(field.show_if, labels) if field.show_if else "",
    }
