"""The public lists (清单): pages, CSV and JSON; as they stand, and as they were published for a quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yimen.catalog.queries import lists
from yimen.catalog.queries.lists import files, published, quarters
from yimen.catalog.queries.lists.differences import Changes, Head
from yimen.kit.commands import remembering
from yimen.kit.guards import public
from yimen.kit.time import local, now
from yimen.portal.queries import listing


@public
@require_GET
@remembering()
def directory(request: HttpRequest) -> HttpResponse:
    """All lists, by what they are about."""
    return render(request, "portal/lists.html", {"groups": listing.directory()})


@public
@require_GET
@remembering()
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A list as it stands now."""
    kind, given = lists.list_kind(code), listing.asked(request.GET)
    everything = lists.current_rows(code)
    page = lists.page_of(everything, given, cursor=request.GET.get("cursor"))
    issues, columns = listing.issues(code), listing.columns(code, everything)
    context = {
        "kind": kind, "page": page, "columns": columns, "rows": listing.rows(columns, page.items), "issues": issues,
        "issue": issues[0] if issues else None,
    }  # fmt: skip
    return render(request, "portal/list.html", context | listing.narrowing(given, everything))


@public
@require_GET
@remembering()
def quarter(request: HttpRequest, code: str, quarter: str) -> HttpResponse:
    """A list as it was published."""
    kind, given, found = lists.list_kind(code), listing.asked(request.GET), published.publication(code, quarter)
    everything, heads = published.published_rows(found), published.heads_published(found)
    page = lists.page_of(everything, given, cursor=request.GET.get("cursor"))
    columns, issues = listing.columns(code, everything, heads), listing.issues(code)
    context = {
        "kind": kind, "page": page, "columns": columns, "rows": listing.rows(columns, page.items), "issues": issues,
        "issue": next(each for each in issues if each["quarter"] == quarter), "published": found,
    }  # fmt: skip
    return render(request, "portal/list.html", context | listing.narrowing(given, everything))


@public
@require_GET
def changes(request: HttpRequest, code: str, quarter: str) -> HttpResponse:
    """What changed from the publication before to this one."""
    kind, found = lists.list_kind(code), published.publication(code, quarter)
    read = Changes.read(found.changes)
    context = {
        "kind": kind, "quarter": quarter, "words": quarters.words(quarter), "at": found.published_at,
        "against": quarters.words(read.against) if read.against else "", "changes": read,
        "shown": listing.changes(read),
    }  # fmt: skip
    return render(request, "portal/list_changes.html", context)


@public
@require_GET
def one_file(request: HttpRequest, code: str, kind: str) -> StreamingHttpResponse:
    """A list as it stands now, narrowed down as asked, as a file."""
    listed, given = lists.list_kind(code), listing.asked(request.GET)
    rows, heads = lists.narrowed(lists.current_rows(code), given), published.heads_of(code)
    about = _about(code, str(listed.title)) | {"state": "current", "as_of": now().isoformat(timespec="seconds")}
    about |= {"filters": {name: value for name, value in vars(given).items() if value}, "count": len(rows)}
    return _file(kind, str(listed.title), about, heads, rows)


@public
@require_GET
def quarter_file(request: HttpRequest, code: str, quarter: str, kind: str) -> StreamingHttpResponse:
    """A list as it was published, whole, as a file."""
    listed, found = lists.list_kind(code), published.publication(code, quarter)
    about = _about(code, str(listed.title)) | _published(found) | {"digest_sm3": found.digest, "count": found.count}
    name = f"{listed.title}-{quarter}"
    return _file(kind, name, about, published.heads_published(found), published.published_rows(found))


@public
@require_GET
def changes_file(request: HttpRequest, code: str, quarter: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """What changed, as a file."""
    listed, found = lists.list_kind(code), published.publication(code, quarter)
    heads, read = published.heads_published(found), Changes.read(found.changes)
    name = f"{listed.title}-{quarter}-changes"
    if kind == "csv":
        return _download(files.changes_csv(heads, read), name, "csv")
    about = _about(code, str(listed.title)) | _published(found)
    return _download(files.whole_json(about | files.changes_json(heads, read, settings.YIMEN_ADDRESS)), name, "json")


def _about(code: str, title: str) -> dict[str, Any]:
    return {"list": code, "title": title, "city": settings.YIMEN_CITY_NAME}


def _published(found: Any) -> dict[str, Any]:
    at = local(found.published_at).isoformat(timespec="seconds")
    return {"state": "published", "quarter": found.quarter, "published_at": at, "published_by": found.published_by}


def _file(
    kind: str, name: str, about: dict[str, Any], heads: Sequence[Head], rows: Sequence[lists.Row]
) -> StreamingHttpResponse:
    if kind == "csv":
        return _download(files.csv_of(heads, rows), name, "csv")
    return _download(files.json_of(about, heads, rows, settings.YIMEN_ADDRESS), name, "json")


def _download(pieces: Iterator[str], name: str, kind: str) -> StreamingHttpResponse:
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
    answer = StreamingHttpResponse((piece.encode() for piece in pieces), content_type=types[kind])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{kind}"
    return answer
