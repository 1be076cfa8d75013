"""The public lists as pages: the directory, a list as it stands, a quarter as it was published, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.queries import lists
from yimen.catalog.queries.lists import published, quarters
from yimen.catalog.queries.lists.differences import Changed, Changes, Head

LONGEST = 60


def asked(query: QueryDict) -> lists.Asked:
    """What a list is narrowed down to; NUL and overlong words are cut."""
    return lists.Asked(
        *(query.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ("q", "agency", "level"))
    )


def directory() -> list[dict[str, Any]]:
    """All lists in their groups, with how much is in them and when they were published last."""
    newest = published.latest()
    groups: dict[str, list[dict[str, Any]]] = {}
    for code, kind in lists.LISTS.items():
        line = {
            "title": kind.title,
            "purpose": kind.purpose,
            "count": len(lists.current_rows(code)),
            "url": reverse("portal:list", args=[code]),
            "issue": _issue(newest[code]) if code in newest else None,
        }
        groups.setdefault(str(kind.group), []).append(line)
    return [{"title": title, "lines": lines} for title, lines in groups.items()]


def columns(code: str, everything: lists.Entries, heads: Sequence[Head] = ()) -> list[dict[str, Any]]:
    """The columns as a table draws them; those in which nothing stands are left to the files.

    heads: those of a publication; today's words where the column still is.
    """
    known = {column.key: column for column in lists.list_kind(code).columns}
    shown = heads or [(column.key, column.label) for column in known.values()]
    return [
        {
            "key": key,
            "label": known[key].label if key in known else label,
            "kind": "link" if place == 0 else "text",
            "wide": key in known and known[key].wide,
        }
        | {"place": place}
        for place, (key, label) in enumerate(shown)
        if everything.filled and everything.filled[place]
    ]


def rows(shown: Sequence[dict[str, Any]], found: Iterable[lists.Row]) -> list[dict[str, Any]]:
    """Entries as a table draws them, each leading to its guide."""
    return [
        {"url": reverse("portal:guide", args=[row.slug])}
        | {column["key"]: row.values[column["place"]] for column in shown}
        for row in found
    ]


def narrowing(given: lists.Asked, all_rows: lists.Entries) -> dict[str, Any]:
    """The choices by which one narrows a list down, and the words for what was chosen."""
    return {
        "asked": given,
        "agencies": all_rows.agencies,
        "levels": all_rows.levels,
        "narrowed": any(given.__dict__.values()),
        "query": query_of(given),
    }


def query_of(given: lists.Asked) -> str:
    """The same narrowing in another address."""
    kept = {name: value for name, value in vars(given).items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def issues(code: str) -> list[dict[str, Any]]:
    """When a list was published, newest first."""
    return [_issue(each) for each in published.issues(code)]


def _issue(each: published.Issue) -> dict[str, Any]:
    return {
        "words": quarters.words(each.quarter),
        "quarter": each.quarter,
        "at": each.at,
        "by": each.by,
        "count": each.count,
        "changes": _changes_words(each),
        "url": reverse("portal:list_quarter", args=[each.list, each.quarter]),
        "changes_url": reverse("portal:list_changes", args=[each.list, each.quarter]) if each.against else "",
    }


def _changes_words(each: published.Issue) -> str:
    if not each.against:
        return _("首次公布")
    facts = {"against": quarters.words(each.against), "added": each.added, "removed": each.removed}
    if not each.added + each.removed + each.changed:
        return _("与%(against)s相同") % facts
    facts["changed"] = each.changed
    return _("与%(against)s相比：新增 %(added)s 项，取消 %(removed)s 项，变更 %(changed)s 项") % facts


def changes(found: Changes) -> dict[str, Any]:
    """What changed, as three tables: entries by name; of changed ones each column, before and after."""
    short = [
        {"key": "name", "label": _("条目"), "kind": "link"},
        {"key": "agency", "label": _("实施主体"), "kind": "text"},
        {"key": "levels", "label": _("行使层级"), "kind": "text"},
    ]
    return {
        "columns": short,
        "added": [_named(row) for row in found.added],
        "removed": [_named(row) | {"url": ""} for row in found.removed],
        "removed_columns": [short[0] | {"kind": "strong"}, *short[1:]],
        "changed": [_changed(each) for each in found.changed],
        "changed_columns": [
            {"key": "label", "label": _("栏目"), "kind": "strong"},
            {"key": "before", "label": _("原内容"), "kind": "text", "wide": True},
            {"key": "after", "label": _("现内容"), "kind": "text", "wide": True},
        ],
    }


def _named(row: lists.Row) -> dict[str, Any]:
    return {
        "name": row.values[0],
        "agency": row.agency_name,
        "levels": "、".join(row.levels),
        "url": reverse("portal:guide", args=[row.slug]),
    }


def _changed(each: Changed) -> dict[str, Any]:
    return _named(each.row) | {"cells": [vars(cell) for cell in each.cells]}
