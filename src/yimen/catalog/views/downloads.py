"""Taking items out to be filled in: an agency's workbook, an item's, an empty one, the documents; what was sent in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from yimen.catalog.access import DESK
from yimen.catalog.queries import uploads
from yimen.catalog.queries.uploads.agencies import agency_to_export
from yimen.catalog.queries.uploads.given import as_file
from yimen.catalog.queries.workbook import mark
from yimen.files.choices import XLSX, ZIP
from yimen.files.queries import download, read_file
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now


@duty(*DESK)
@require_safe
def agency_workbook(request: HttpRequest) -> HttpResponse:
    """All items of an agency, drafts included."""
    agency = agency_to_export(request.GET.get("agency", ""), actor_of(request))
    return as_file(uploads.agency_workbook(agency, at=now()), f"{agency.name}事项 {day_of(now())}", XLSX)


@duty(*DESK)
@require_safe
def empty_workbook(request: HttpRequest) -> HttpResponse:
    """Heads and lists only."""
    return as_file(uploads.empty_workbook(at=now()), "事项工作簿（空白）", XLSX)


@duty(*DESK)
@require_safe
def item_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """One item."""
    standing = uploads.standing_of(slug)
    agency_to_export(standing.item.agency.code, actor_of(request))
    return as_file(uploads.item_workbook(slug, at=now()), f"{standing.item.name} {standing.stamp}", XLSX)


@duty(*DESK)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All current editions as a folder of documents; of one agency where one is named."""
    code = request.GET.get("agency", "")
    agency = agency_to_export(code, actor_of(request)) if code else None
    name = f"{agency.name}事项" if agency else "事项目录"
    return as_file(uploads.whole_catalogue(agency), f"{name} {day_of(now())}", ZIP)


@duty("editor")
@require_safe
def sent(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file as it was sent."""
    return download(uploads.one_upload(number, actor_of(request)).file_id)


@duty("editor")
@require_safe
def marked(request: HttpRequest, number: int) -> HttpResponse:
    """The same workbook with the faulty cells red, each with the reason as a comment."""
    upload = uploads.one_upload(number, actor_of(request))
    cells = [
        (each["sheet"], each["row"], each["column"], each["reason"]) for each in upload.problems if "sheet" in each
    ]
    name = upload.file.name.rsplit(".", 1)[0]
    return as_file(mark(read_file(upload.file_id), cells), f"{name}（标出问题）", XLSX)
