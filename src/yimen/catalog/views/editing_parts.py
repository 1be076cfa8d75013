"""Small answers for the editor while somebody types: what the checks say, the fields of a row, what is unsaved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yimen.catalog import access
from yimen.catalog.access import DESK
from yimen.catalog.queries.editing.entries import Entries
from yimen.catalog.queries.editing.files import admit, files_of
from yimen.catalog.queries.editing.nodes import walk
from yimen.catalog.queries.editing.opening import document_at, opened, why_not
from yimen.catalog.queries.editing.options import dress
from yimen.catalog.queries.editing.pages import page_of, with_keys
from yimen.catalog.queries.editing.spots import counts, pin, spots
from yimen.catalog.queries.merging import merge
from yimen.catalog.views.editing import base_of, draft
from yimen.catalog.views.editing_page import others
from yimen.files.choices import ACCEPT
from yimen.files.queries import download
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty

FOUND = "catalog/editing/_findings.html"


@duty("editor")
@require_POST
def check(request: HttpRequest, slug: str, key: str) -> JsonResponse:
    """What the checks say of the draft with what stands on the page, each beside its field. Saves nothing."""
    edition = draft(slug, key)
    access.require_editor(actor_of(request), edition.item.agency_id)
    base = base_of(request.POST.get("base"), edition)
    document = document_at(edition, base)
    page = page_of(key, document, admit(Entries.of(request.POST), document))
    found = spots(page.mine)
    rest = pin(page, found)
    rows = [row for node in walk(page.nodes) for row in node.rows]
    held = {row.name: row.findings for row in rows} | {node.name: node.findings for node in walk(page.nodes)}
    return JsonResponse({
        "findings": {name: render_to_string(FOUND, {"findings": each}) for name, each in held.items() if each},
        "rest": render_to_string(FOUND, {"findings": rest}) if rest else "",
        "rows": {row.name: _("{n} 处提示").format(n=row.found) for row in rows if row.found},
        "sections": {name: [count.all, count.stops] for name, count in counts(found).items()},
        "others": others(edition, actor_of(request), base),
    })  # fmt: skip


@duty("editor")
@require_POST
def differs(request: HttpRequest, slug: str, key: str) -> JsonResponse:
    """Does what a browser kept from last time say anything that the draft doesn't say by now?

    And at which revision the draft is: a page made while the last saving was still under way is older.
    """
    edition = draft(slug, key)
    access.require_editor(actor_of(request), edition.item.agency_id)
    try:
        before = document_at(edition, base_of(request.POST.get("base"), edition))
    except NotFound:
        return JsonResponse({"differs": False, "revision": edition.revision})
    mine = with_keys(page_of(key, before, admit(Entries.of(request.POST), before)).mine, edition.document)
    merged = merge(before, mine, edition.document)
    differ = bool(merged.conflicts) or merged.document != edition.document
    return JsonResponse({"differs": differ, "revision": edition.revision})


@duty(*DESK)
@require_safe
def row(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The fields of one row, when somebody opens it."""
    edition = draft(slug, key)
    name = request.GET.get("row", "")
    base = base_of(request.GET.get("base"), edition)
    page = page_of(key, document_at(edition, base), opened=frozenset({name}))
    pin(page, spots(page.mine))
    dress(page.nodes, page.document, page.fields)
    found = next((row for node in walk(page.nodes) for row in node.rows if row.name == name), None)
    if found is None:
        raise NotFound
    why = why_not(edition.item, edition, actor_of(request))
    context: dict[str, Any] = {
        "row": found, "page": page, "item": edition.item, "section": page.section, "accept": ACCEPT, "base": base,
        "editable": not why,
    }  # fmt: skip
    return render(request, "catalog/editing/_body.html", context)


@duty(*DESK)
@require_safe
def attachment(request: HttpRequest, slug: str, file: UUID) -> StreamingHttpResponse:
    """A file that the draft names."""
    _item, edition = opened(slug)
    if edition is None or str(file) not in set(files_of(edition.document)):
        raise NotFound(_("没有找到这个文件。"))
    return download(file, inline=True)
