"""Lists as they were published: by quarter, each with what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from yimen.catalog.models import Publication
from yimen.catalog.queries.lists.differences import Changes, Head, compare, read_row
from yimen.catalog.queries.lists.entries import Entries
from yimen.catalog.queries.lists.holdings import current_rows, holdings
from yimen.catalog.queries.lists.kinds import LISTS
from yimen.catalog.queries.lists.quarters import NoSuchQuarter

FEW, MANY = 6, 40


@dataclass(frozen=True)
class Issue:
    """A publication without its rows."""

    id: int
    list: str
    quarter: str
    count: int
    at: datetime
    by: str
    added: int
    removed: int
    changed: int
    against: str


def heads_of(code: str) -> list[Head]:
    """The columns of a list as they are frozen: keys and Chinese heads, whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        return [(column.key, str(column.label)) for column in LISTS[code].columns]


def issues(code: str = "") -> list[Issue]:
    """The publications of a list (of all lists), newest first."""
    rows = Publication.objects.filter(list=code) if code else Publication.objects.all()
    found = rows.defer("rows").order_by("-quarter", "list")
    return [_issue(row) for row in found]


def latest() -> dict[str, Issue]:
    """Of each list the newest publication."""
    rows = Publication.objects.defer("rows").order_by("list", "-quarter").distinct("list")
    return {row.list: _issue(row) for row in rows}


def directory() -> list[dict[str, Any]]:
    """All lists for programs: how much is in each, and its last quarter."""
    newest = latest()
    with translation.override(settings.LANGUAGE_CODE):
        return [
            {
                "code": code,
                "title": str(kind.title),
                "purpose": str(kind.purpose),
                "count": len(current_rows(code)),
                "published": newest[code].quarter if code in newest else None,
            }
            for code, kind in LISTS.items()
        ]


def publication(code: str, quarter: str) -> Publication:
    """A publication without its rows. Raises NoSuchQuarter."""
    found = Publication.objects.defer("rows").filter(list=code, quarter=quarter).first()
    if found is None:
        raise NoSuchQuarter
    return found


def published_rows(published: Publication) -> Entries:
    """What it says. It never changes, so that each process keeps the few that were asked for last."""
    return _rows(published.pk)


@lru_cache(maxsize=FEW)
def _rows(pk: int) -> Entries:
    return Entries(read_row(each) for each in Publication.objects.values_list("rows", flat=True).get(pk=pk))


def heads_published(published: Publication) -> list[Head]:
    """Its columns as they were then."""
    return [(key, label) for key, label in published.columns]


def changes_since(before: Publication | None, code: str) -> Changes:
    """What the list says now against a publication."""
    return Changes("") if before is None else _since(before.pk, code, holdings().stamp)


@lru_cache(maxsize=MANY)
def _since(pk: int, code: str, stamp: UUID | None) -> Changes:
    """Worked out once for each stamp of the shelf."""
    before = Publication.objects.defer("rows").get(pk=pk)
    heads, old_heads = heads_of(code), heads_published(before)
    return compare(before.quarter, heads, old_heads, published_rows(before), current_rows(code))


def _issue(row: Publication) -> Issue:
    changes = row.changes
    added, removed, changed = (len(changes.get(name, ())) for name in ("added", "removed", "changed"))
    return Issue(
        row.pk, row.list, row.quarter, row.count, row.published_at, row.published_by, added, removed, changed,
        changes.get("against", ""),
    )  # fmt: skip
