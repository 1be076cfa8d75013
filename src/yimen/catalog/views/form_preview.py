"""The form of a draft as the citizen gets it, to be tried: conditions and rules act, nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yimen.catalog.access import DESK
from yimen.catalog.queries.editing.designing import Form, form_of
from yimen.catalog.views.editing import draft
from yimen.kit.guards import duty
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.law.completeness import missing
from yimen.sheets import queries as sheets
from yimen.sheets.queries import Page
from yimen.ui import inputs

Errors = list[dict[str, Any]]
LONGEST = 200_000


@duty(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of the form, empty or with sample data; what is posted goes along in the page, and is checked."""
    edition = draft(slug, "form")
    form = form_of(edition.document)
    if request.method != "POST":
        answers = sheets.sample(form) if request.GET.get("sample") else {}
        below = request.GET.get("field", "")  # the script asks for the lists below a division that was chosen
        answers |= sheets.from_post(request.GET, form, {below}) if below else {}
        return _page(request, edition.item.name, form, answers, _number(request.GET.get("page")))
    held = {**_held(request.POST.get("held", "")), **_typed(request, form)}
    button = inputs.row_button(request.POST)
    if button:
        return _page(request, edition.item.name, form, inputs.apply(held, button), _number(request.POST.get("page")))
    clean, wrong = sheets.check(form, held, today=day_of(now()))
    names = set(request.POST.get("names", "").split())
    errors: Errors = [{"field": each["field"], "message": each["message"]} for each in wrong if each["field"] in names]
    errors += _lacking(form, clean, names - {each["field"] for each in errors})
    place = _number(request.POST.get("page"))
    if errors:
        return _page(request, edition.item.name, form, held, place, errors)
    return _page(request, edition.item.name, form, clean, place + 1)


def _page(
    request: HttpRequest, name: str, form: Form, answers: Mapping[str, Any], place: int, errors: Errors | None = None
) -> HttpResponse:
    short = {
        named: str(translated(each["message"])).partition("：")[2] or each["message"]
        for each in errors or ()
        for named in (each["field"], *each.get("also", ()))
    }
    pages: list[Page] = sheets.pages(form, answers, None, short)
    page = next((each for each in pages if each.place == place), None)
    context = {
        "name": name,
        "page": page,
        "total": len(pages),
        "fields": [{**field, "divisions_url": f"?page={place}"} for field in page.fields] if page else [],
        "names": " ".join(sorted(page.names)) if page else "",
        "held": json.dumps(dict(answers), ensure_ascii=False, default=str),
        "errors": errors or [],
        "shown": sheets.show(form, answers) if not page else [],
        "lacks": _lacking(form, answers, None) if not page else [],
    }
    return render(request, "catalog/form_preview.html", context, status=422 if errors else 200)


def _lacking(form: Form, answers: Mapping[str, Any], names: set[str] | None) -> Errors:
    """What is missing, and which rules don't hold; of these fields, or of all."""
    blank = missing(fields=sheets.needs(form), materials=(), answers=answers, documents=())
    told = [*blank, *sheets.broken_rules(form, answers)]
    if names is None:
        return [{"field": each.key, "message": each.message} for each in told]
    found = [(each, [name for name in each.places if name in names]) for each in told]
    return [{"field": here[0], "message": each.message, "also": here[1:]} for each, here in found if here]


def _typed(request: HttpRequest, form: Form) -> dict[str, Any]:
    names = {field.name for field in form.form_fields} & set(request.POST.get("names", "").split())
    return sheets.from_post(request.POST, form, names)


def _held(text: str) -> dict[str, Any]:
    """What earlier pages said; a page that somebody tampered with has said nothing."""
    try:
        held = json.loads(text[:LONGEST])
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and int(text[:4]) > 0 else 1
