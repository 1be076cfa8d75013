"""Reading a list: narrowed down by agency, level and words, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yimen.catalog.queries.lists.entries import Entries
from yimen.catalog.queries.lists.holdings import current_rows
from yimen.catalog.queries.lists.kinds import LISTS, ListKind, Row
from yimen.catalog.queries.seeking.text import plain
from yimen.kit.errors import NotFound
from yimen.kit.paging import BadCursor

PAGE = 50


class NoSuchList(NotFound):
    code = "no_such_list"
    sentence = "没有这个清单，请从清单目录中选择。"


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed down to: words, an agency's code, a level."""

    q: str = ""
    agency: str = ""
    level: str = ""


@dataclass(frozen=True)
class Listing:
    """One page of a list's rows. total: of all that fit; of: of all the list has."""

    items: list[Row]
    next: str | None
    total: int
    of: int


def list_kind(code: str) -> ListKind:
    """The list of a code. Raises NoSuchList."""
    if code not in LISTS:
        raise NoSuchList
    return LISTS[code]


def narrowed(rows: Entries, asked: Asked) -> Sequence[Row]:
    """The rows that fit everything asked; every word must stand somewhere in the row, in either script."""
    wanted = plain(asked.q).split()
    if wanted:
        fitting = rows.having(wanted)
    elif asked.agency or asked.level:
        fitting = iter(rows)
    else:
        return rows
    return [
        row
        for row in fitting
        if (not asked.agency or row.agency == asked.agency) and (not asked.level or asked.level in row.levels)
    ]


def listed(code: str, asked: Asked, *, cursor: str | None = None, size: int = PAGE) -> Listing:
    """A page of a list as it stands now. Raises NoSuchList, BadCursor."""
    list_kind(code)
    return page_of(current_rows(code), asked, cursor=cursor, size=size)


def page_of(rows: Entries, asked: Asked, *, cursor: str | None = None, size: int = PAGE) -> Listing:
    """A page of some list's rows; cursor: how many rows come before it. Raises BadCursor."""
    fitting, start = narrowed(rows, asked), 0
    if cursor:
        if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 9):
            raise BadCursor
        start = int(cursor)
    more = str(start + size) if start + size < len(fitting) else None
    return Listing(list(fitting[start : start + size]), more, len(fitting), len(rows))
