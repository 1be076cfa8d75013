"""The editor: a section of a draft as a form, saved by hand and on leaving, merged with what others save meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.catalog import access
from yimen.catalog.access import DESK
from yimen.catalog.commands import Conflicting, begin_draft
from yimen.catalog.commands.editing import attach, save_page
from yimen.catalog.models import Edition
from yimen.catalog.queries.editing.entries import Entries
from yimen.catalog.queries.editing.files import admit
from yimen.catalog.queries.editing.layout import BY_KEY, SECTIONS
from yimen.catalog.queries.editing.nodes import walk
from yimen.catalog.queries.editing.opening import document_at, opened
from yimen.catalog.queries.editing.operations import operate
from yimen.catalog.queries.editing.pages import Page, page_of
from yimen.catalog.views import conflicting, editing_page
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.kit.typed import take_typed

FIRST = SECTIONS[0].key


@duty(*DESK)
@require_safe
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft's first section, or the page on which one is begun."""
    item, edition = opened(slug)
    if edition is not None:
        return HttpResponseRedirect(reverse("catalog:edit_section", args=[slug, FIRST]))
    may = actor_of(request).may("editor", item.agency_id)
    return render(request, "catalog/edit_begin.html", {"item": item, "may": may, "nav": "catalog"})


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw up a new edition, or go on with the one in the making. A link to here is asked first."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("catalog:edit", args=[slug]))
    item, _edition = opened(slug)
    begin_draft(item, by=actor_of(request), at=now())
    return HttpResponseRedirect(reverse("catalog:edit_section", args=[slug, FIRST]))


@duty(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One section: shown, changed in its rows, or saved."""
    edition = draft(slug, key)
    if request.method == "POST":
        return _posted(request, edition, key)
    typed = take_typed(request)
    if typed is not None:
        base = base_of(typed.get("base"), edition)
        document = document_at(edition, base)
        page = page_of(key, document, admit(Entries.of(typed), document))
        return editing_page.show(request, edition, page, base=base, dirty=True)
    rows = frozenset(request.GET.get("open", "").split(","))
    return editing_page.show(request, edition, page_of(key, edition.document, opened=rows))


def draft(slug: str, key: str) -> Edition:
    """The edition in the making. Raises NotFound where there is none, or no such section."""
    _item, edition = opened(slug)
    if edition is None or key not in BY_KEY:
        raise NotFound(_("这个事项现在没有草稿，请先起草新的版本。"))
    return edition


def base_of(text: str | None, edition: Edition) -> int:
    """The revision that a page was made of."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else edition.revision


def _posted(request: HttpRequest, edition: Edition, key: str) -> HttpResponse:
    actor = actor_of(request)
    access.require_editor(actor, edition.item.agency_id)
    base, op = base_of(request.POST.get("base"), edition), request.POST.get("op", "save")
    document = document_at(edition, base)
    entries = admit(Entries.of(request.POST), document)
    try:
        _keep_files(request, edition, entries)
    except Refusal as refused:
        messages.error(request, translated(refused.detail))
        op = "refresh"
    page = page_of(key, document, entries)
    if op in ("save", "next"):
        return _save(request, edition, page, base, op)
    focus = operate(entries, op, page.lists)
    if op.startswith("element|") and not focus:
        messages.error(request, _("数据元库里没有这一项，请从列表中选择；没有要用的，请联系全市事项编制人员登记。"))
    return editing_page.show(request, edition, page_of(key, document, entries), base=base, focus=focus, dirty=True)


def _keep_files(request: HttpRequest, edition: Edition, entries: Entries) -> None:
    """Files that came along are kept, and their fields say so."""
    for name, file in request.FILES.items():
        field = str(name).removesuffix(".upload")
        if field == name or not getattr(file, "size", 0):
            continue
        kept = attach(edition, name=getattr(file, "name", "") or "", content=file, by=actor_of(request), at=now())
        entries.set(f"{field}.file", str(kept.pk))
        if not entries.one(f"{field}.name").strip():
            entries.set(f"{field}.name", kept.name)


def _save(request: HttpRequest, edition: Edition, page: Page, base: int, op: str) -> HttpResponse:
    key = page.section.key

    def change(document: Any) -> dict[str, Any]:
        return page_of(key, document, page.entries).mine

    try:
        saved = save_page(edition, change, base=base, by=actor_of(request), at=now())
    except Conflicting as conflict:
        return conflicting.show(request, edition, key, conflict)
    editing_page.tell(request, saved)
    return _onward(request, edition.item.slug, page, op)


def _onward(request: HttpRequest, slug: str, page: Page, op: str) -> HttpResponse:
    """Back to the section with the rows open that were; to the next one; or where the editor was going."""
    wanted = request.POST.get("go", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return _leave(request, wanted)
    following = editing_page.following(page.section)
    if op == "next" and following is not None:
        return _leave(request, reverse("catalog:edit_section", args=[slug, following.key]))
    rows = ",".join(_open_rows(page))
    address = reverse("catalog:edit_section", args=[slug, page.section.key])
    return HttpResponseRedirect(f"{address}?{urlencode({'open': rows})}" if rows else address)


def _open_rows(page: Page) -> Iterator[str]:
    """The rows with their fields shown, by the names they have after saving."""
    for node in walk(page.nodes):
        for row in () if node.spec.short else node.rows:
            held, _cut, number = row.place.rpartition("[")
            if row.nodes and not row.gone and "[" not in held:
                yield f"{held}.r{number.rstrip(']')}"


def _leave(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
