"""Uploading items: a file is taken in, the worker looks at it, one confirms; what is given out to be filled in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yimen.catalog import commands
from yimen.catalog.models import Upload
from yimen.catalog.queries.uploads import one_upload, uploads_seen
from yimen.catalog.queries.uploads.agencies import agencies_with_items
from yimen.catalog.views import upload_page
from yimen.kit.errors import Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.telling import translated
from yimen.kit.time import now

ACCEPT = ".xlsx,.json,.zip"


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what to fill in; what was sent before."""
    if request.method != "POST":
        return _page(request)
    sent = request.FILES.get("file")
    if sent is None:
        return _page(request, error=_("请选择一个文件。"), status=422)
    try:
        content = sent.read(settings.YIMEN_UPLOAD_LIMIT + 1)
        begun = commands.begin_upload(content, name=sent.name or "", by=actor_of(request), at=now())
    except Refusal as refused:
        return _page(request, error=translated(refused.detail), status=refused.status)
    return _to(begun)


@duty("editor")
@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One upload: how far it is, what is wrong with it, or what it would change."""
    found = one_upload(number, actor_of(request))
    return render(request, "catalog/upload_one.html", upload_page.context(found, actor_of(request), now()))


@duty("editor")
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The bar alone; a page whose bar is through, has fallen silent or moves again shows itself anew."""
    found = one_upload(number, actor_of(request))
    bar = upload_page.bar(found, now())
    answer = render(request, "catalog/_upload_progress.html", {"bar": bar, "upload": found})
    if not found.working or bar["silent"] != ("silent" in request.GET):
        answer["HX-Refresh"] = "true"
    return answer


@duty("editor")
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Load what was found fit, as drafts."""
    return _act(request, number, commands.confirm_upload)


@duty("editor")
@require_POST
def restart(request: HttpRequest, number: int) -> HttpResponse:
    """The worker ended in the middle: begin anew."""
    return _act(request, number, commands.restart_upload)


@duty("editor")
@require_POST
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Load nothing of it."""
    return _act(request, number, commands.drop_upload)


def _act(request: HttpRequest, number: int, verb: Any) -> HttpResponse:
    found = one_upload(number, actor_of(request))
    try:
        verb(found, by=actor_of(request), at=now())
    except Refusal as refused:
        messages.error(request, translated(refused.detail))
    return _to(found)


def _to(found: Upload) -> HttpResponse:
    return HttpResponseRedirect(reverse("catalog:upload_one", args=[found.pk]))


def _page(request: HttpRequest, *, status: int = 200, error: str = "") -> HttpResponse:
    by = actor_of(request)
    limit = settings.YIMEN_UPLOAD_LIMIT // 1024 // 1024
    field = {
        "name": "file",
        "label": _("填好的工作簿，或者 JSON 文件"),
        "kind": "file",
        "required": True,
        "accept": ACCEPT,
        "hint": _("Excel 工作簿（XLSX）、JSON 文件或 JSON 文件包（ZIP），最大 {n} MB，最多 5,000 个事项。").format(
            n=limit
        ),
        "error": error,
    }
    shown = page(uploads_seen(by), by=("-id",), cursor=request.GET.get("cursor"), size=20)
    context = {
        "file": field,
        "errors": [{"field": "file", "message": error}] if error else [],
        "agency": upload_page.agency_field(agencies_with_items(by)),
        "columns": upload_page.list_columns(),
        "rows": [upload_page.line(each, now()) for each in shown.items],
        "page": shown,
        "days": settings.YIMEN_UPLOAD_DAYS,
        "carried": upload_page.carried(),
        "nav": "catalog",
    }
    return render(request, "catalog/upload.html", context, status=status)
