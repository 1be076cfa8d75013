"""Many applications at once: the workbook, its faults, documents for all, confirming, how far it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from yimen.applications.commands import batches as commands
from yimen.applications.queries import batches as queries
from yimen.applications.queries.batches.state import papers_of
from yimen.applications.queries.earlier import known_for
from yimen.catalog.queries import current
from yimen.files.choices import XLSX
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.portal.queries import batches as shown
from yimen.portal.views.draft import as_person
from yimen.portal.views.firms import beforehand


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the firm, get the workbook, send it filled in; what was sent before."""
    actor, at, edition = as_person(actor_of(request)), now(), current(slug)
    offered = shown.firms(edition.doc, actor, at)
    held, error = request.POST.get("subject", ""), ""
    if request.method == "POST":
        firm = next((each.subject for each in offered if str(each.subject.pk) == held), None)
        sent = request.FILES.get("file")
        if firm is not None and sent is not None:
            try:
                upload = (sent.name or "", sent.read())
                made = commands.begin_batch(
                    edition=edition, subject=firm, upload=upload, sent=_sent(request), by=actor, at=at
                )
                return redirect("portal:batch", made.pk)
            except Refusal as refused:
                error = translated(refused.detail)
        else:
            error = _("请选择填好的工作簿。")
    found = list(queries.batches_of(actor, at, item=edition.item_id)[:20])
    context = {
        "edition": edition,
        "offered": offered,
        "for_firms": shown.for_firms(edition.doc),
        "firm": shown.firm_field(offered, beforehand(request, offered), ""),
        "file": shown.file_field(error),
        "sent": shown.sent_field(edition.doc),
        "errors": [{"field": "file", "message": error}] if error else [],
        "lines": shown.lines(found),
    }
    return render(request, "portal/batch_item.html", context, status=422 if error else 200)


@signed_in
@require_GET
def workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The item's workbook for a firm: the notes say what is filled in by itself."""
    actor, at, edition = as_person(actor_of(request)), now(), current(slug)
    offered = shown.firms(edition.doc, actor, at)
    firm = next((each.subject for each in offered if str(each.subject.pk) == request.GET.get("subject", "")), None)
    if firm is None:
        raise NotFound
    sources = [firm.pk, *([actor.subject] if actor.subject else [])]
    known = known_for(edition.doc, edition.item_id, firm, sources, by=actor, at=at)
    answer = HttpResponse(queries.write(edition.doc, known), content_type=XLSX.name)
    name = quote(f"{edition.doc.name}-{_('批量申请')}.xlsx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@signed_in
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """All batches of one's firms."""
    found = list(queries.batches_of(as_person(actor_of(request)), now())[:50])
    return render(request, "portal/batches.html", {"lines": shown.lines(found)})


@signed_in
@never_cache
@require_safe
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch: what is wrong, what it still needs, how far it is, what became of each row."""
    return _page(request, number)


@signed_in
@never_cache
@require_safe
def marked(request: HttpRequest, number: int) -> HttpResponse:
    """The workbook as it was sent, with what is wrong red and said in comments: to be mended right there."""
    found = _find(request, number)
    answer = HttpResponse(queries.marked(found), content_type=XLSX.name)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file.name)}"
    return answer


@signed_in
@never_cache
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The bar alone; through, or silent, the page shows itself anew."""
    found, at = _find(request, number), now()
    bar = shown.bar(found, queries.state_of(found), at)
    answer = render(request, "portal/_batch_bar.html", {"bar": bar, "batch": found})
    if not bar["working"] or bar["silent"]:
        answer["HX-Refresh"] = "true"
    return answer


@signed_in
@require_POST
def add_files(request: HttpRequest, number: int) -> HttpResponse:
    """Files that were forgotten: the same workbook is checked again with them."""
    sent = _sent(request)
    if not sent:
        return _page(request, number, error=_("请选择要上传的文件。"))
    try:
        made = commands.add_files(_find(request, number), sent, by=as_person(actor_of(request)), at=now())
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, number, error=translated(refused.detail))
    return redirect("portal:batch", made.pk)


@signed_in
@require_POST
def attach(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """A document that goes with every application."""
    sent = request.FILES.get("file")
    if sent is None:
        return _page(request, number, error=_("请选择要上传的文件。"))
    return _act(request, number, commands.attach_to_batch, key, upload=(sent.name or "", sent))


@signed_in
@require_POST
def remove(request: HttpRequest, number: int, paper: int) -> HttpResponse:
    """Take it back."""
    found = _find(request, number)
    row = next((each for each in papers_of(found) if each.pk == paper), None)
    if row is None:
        raise NotFound
    commands.remove_from_batch(row, by=as_person(actor_of(request)), at=now())
    return redirect("portal:batch", number)


@signed_in
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Sign for all and hand them to the worker."""
    return _act(request, number, commands.confirm_batch, declared=frozenset(request.POST.getlist("declared")))


@signed_in
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """Go on with what was not filed."""
    return _act(request, number, commands.resume_batch)


@signed_in
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing of it is filed."""
    found = _find(request, number)
    commands.drop_batch(found, by=as_person(actor_of(request)), at=now())
    messages.success(request, _("这批申请已放弃，没有提交任何一件。"))
    return redirect("portal:batch_item", found.item.slug)


def _act(request: HttpRequest, number: int, verb: Any, *given: Any, **more: Any) -> HttpResponse:
    try:
        verb(_find(request, number), *given, **more, by=as_person(actor_of(request)), at=now())
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, number, error=translated(refused.detail))
    return redirect("portal:batch", number)


def _sent(request: HttpRequest) -> list[tuple[str, Any]]:
    return [(each.name or "", each) for each in request.FILES.getlist("files")]


def _find(request: HttpRequest, number: int) -> Any:
    return queries.find_batch(number, by=as_person(actor_of(request)), at=now())


def _page(request: HttpRequest, number: int, error: str = "") -> HttpResponse:
    actor, at = as_person(actor_of(request)), now()
    context = {**shown.page(_find(request, number), actor, at), "error": error}
    return render(request, "portal/batch.html", context, status=422 if error else 200)
