"""A draft as citizens would see it, long before it counts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.catalog import ports
from yimen.catalog.access import DESK
from yimen.catalog.choices import EditionDocument
from yimen.catalog.choices.labels import place_words
from yimen.catalog.models import Edition
from yimen.catalog.queries.checking import Problem, typed
from yimen.catalog.queries.editing.opening import opened
from yimen.catalog.queries.editing.spots import Spot
from yimen.kit.errors import NotFound
from yimen.kit.guards import duty
from yimen.kit.telling import translated


@duty(*DESK)
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The guide of the edition in the making; what it still lacks, where it can't be shown yet."""
    item, edition = opened(slug)
    if edition is None:
        raise NotFound(_("这个事项现在没有草稿，请先起草新的版本。"))
    document, problems = typed(EditionDocument, edition.document)
    if document is None:
        return _lacking(request, edition, problems)
    keyed = document.keyed()
    shown = Edition(item=item, version=edition.version, document=keyed.stored(), digest="", state=edition.state)
    return ports.guide_page(request, shown)


def _lacking(request: HttpRequest, edition: Edition, problems: list[Problem]) -> HttpResponse:
    rows = [
        {
            "place": place_words(each.field),
            "reason": translated(each.reason),
            "url": reverse("catalog:edit_section", args=[edition.item.slug, Spot(each.field, "").section]),
        }
        for each in problems
    ]
    context = {"item": edition.item, "edition": edition, "rows": rows, "nav": "catalog"}
    return render(request, "catalog/edit_lacking.html", context)
