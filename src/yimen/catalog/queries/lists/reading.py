"""Reading a list: narrowed down by agency, level and words, a page at a time."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yimen.catalog.queries.lists.holdings import current_rows
from yimen.catalog.queries.lists.kinds import LISTS, ListKind, Row
from yimen.kit.errors import NotFound
from yimen.kit.paging import BadCursor

PAGE = 50
LEVELS = ("国家", "省", "市", "县", "镇", "村")


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
class Choice:
    """A value one can narrow a list down to, and how many rows that leaves."""

    value: str
    label: str
    count: int


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


def narrowed(rows: Sequence[Row], asked: Asked) -> Sequence[Row]:
    """The rows that fit everything asked; every word must stand somewhere in the row."""
    wanted = _plain(asked.q).split()
    if not (wanted or asked.agency or asked.level):
        return rows
    return [
        row
        for row in rows
        if (not asked.agency or row.agency == asked.agency)
        and (not asked.level or asked.level in row.levels)
        and (not wanted or _has(row, wanted))
    ]


def listed(code: str, asked: Asked, *, cursor: str | None = None, size: int = PAGE) -> Listing:
    """A page of a list as it stands now. Raises NoSuchList, BadCursor."""
    list_kind(code)
    return page_of(current_rows(code), asked, cursor=cursor, size=size)


def page_of(rows: Sequence[Row], asked: Asked, *, cursor: str | None = None, size: int = PAGE) -> Listing:
    """A page of some list's rows; cursor: how many rows come before it. Raises BadCursor."""
    fitting, start = narrowed(rows, asked), 0
    if cursor:
        if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 9):
            raise BadCursor
        start = int(cursor)
    more = str(start + size) if start + size < len(fitting) else None
    return Listing(list(fitting[start : start + size]), more, len(fitting), len(rows))


def agencies_in(rows: Iterable[Row]) -> list[Choice]:
    """The agencies that have rows in a list, by name."""
    counts: Counter[tuple[str, str]] = Counter((row.agency_name, row.agency) for row in rows)
    return [Choice(code, name, count) for (name, code), count in sorted(counts.items())]


def levels_in(rows: Iterable[Row]) -> list[Choice]:
    """The levels that have rows in a list, from the country down to the village."""
    counts: Counter[str] = Counter(level for row in rows for level in row.levels)
    return [Choice(level, f"{level}级", counts[level]) for level in LEVELS if counts[level]]


def _has(row: Row, wanted: list[str]) -> bool:
    text = _plain("\n".join(row.values))
    return all(word in text for word in wanted)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold() if not text.isascii() else text.casefold()
