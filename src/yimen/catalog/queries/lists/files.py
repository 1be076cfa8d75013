"""Lists as files: CSV for Excel (nothing in it is ever a formula), JSON of a fixed shape (docs/api/lists.md)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from yimen.catalog.queries.lists.differences import Changes, Head
from yimen.catalog.queries.lists.kinds import Row

BOM = "\ufeff"
# What makes a spreadsheet compute instead of read, in both widths: Chinese Excel takes the full-width signs as well.
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
ADDED, REMOVED, CHANGED = "新增", "取消", "变更"


def csv_of(heads: Sequence[Head], rows: Iterable[Row]) -> Iterator[str]:
    """The list line by line, with Chinese heads; UTF-8 with BOM, so that Excel reads it right."""
    return lines([label for _key, label in heads], (row.values for row in rows))


def changes_csv(heads: Sequence[Head], changes: Changes) -> Iterator[str]:
    """What changed, a line for each entry and, where it changed, for each column."""
    name = heads[0][1]
    return lines(["变化", name, "实施主体", "栏目", "原内容", "现内容"], _changed_lines(changes))


def _changed_lines(changes: Changes) -> Iterator[Sequence[str]]:
    for row in changes.added:
        yield (ADDED, row.values[0], row.agency_name, "", "", "")
    for row in changes.removed:
        yield (REMOVED, row.values[0], row.agency_name, "", "", "")
    for each in changes.changed:
        for cell in each.cells:
            yield (CHANGED, each.row.values[0], each.row.agency_name, cell.label, cell.before, cell.after)


def row_json(heads: Sequence[Head], row: Row, base: str) -> dict[str, Any]:
    """An entry for programs. base: the address under which the guides lie."""
    return {
        "key": row.key,
        "item": row.slug,
        "guide": f"{base}/items/{row.slug}/",
        "agency": row.agency,
        "agency_name": row.agency_name,
        "levels": list(row.levels),
        "values": {key: value for (key, _label), value in zip(heads, row.values, strict=True)},
    }


def json_of(about: dict[str, Any], heads: Sequence[Head], rows: Iterable[Row], base: str) -> Iterator[str]:
    """The list for programs, piece by piece: what it is, its columns, its rows."""
    head = json.dumps(about | {"columns": heads_json(heads)}, ensure_ascii=False)
    yield head[:-1] + ', "rows": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row_json(heads, row, base), ensure_ascii=False)
    yield "\n]}\n"


def whole_json(facts: dict[str, Any]) -> Iterator[str]:
    """Facts for programs in one piece."""
    yield json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def heads_json(heads: Sequence[Head]) -> list[dict[str, str]]:
    """The columns for programs."""
    return [{"key": key, "label": label} for key, label in heads]


def changes_json(heads: Sequence[Head], changes: Changes, base: str) -> dict[str, Any]:
    """What changed, for programs. Removed entries are named only: they may have had other columns."""
    return {
        "against": changes.against or None,
        "added": [row_json(heads, row, base) for row in changes.added],
        "removed": [_named(row) for row in changes.removed],
        "changed": [_named(each.row) | {"columns": [vars(cell) for cell in each.cells]} for each in changes.changed],
    }


def _named(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "item": row.slug,
        "name": row.values[0],
        "agency": row.agency,
        "agency_name": row.agency_name,
    }


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(ACTIVE) or text.startswith(ACTIVE) else text


def lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Any table as CSV for Excel, in pieces: BOM, heads, rows; nothing in it is ever a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BOM)
    writer.writerow([harmless(head) for head in heads])
    for row in rows:
        writer.writerow([harmless(value) for value in row])
        if buffer.tell() > 32_000:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
