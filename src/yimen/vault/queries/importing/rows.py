"""Rows as they wait, bundled and read back as what was found; and one alone, as it is kept for whoever compares."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from itertools import takewhile
from typing import Any, cast
from uuid import UUID

from pydantic_core import to_json

from yimen.files.queries import seekable
from yimen.kit.crypto import Tampered
from yimen.kit.errors import Refusal
from yimen.vault.models import Batch, BatchBundle, BatchReject
from yimen.vault.queries.importing import tables
from yimen.vault.queries.importing.checking import Found

DAYS = ("issued", "first", "last")
Columns = Mapping[str, Sequence[Any]]


class DamagedRows(Refusal):
    """What was kept of some rows can't be opened: changed since, or sealed with another key."""

    code = "batch_rows_damaged"
    sentence = "第 {first} 行到第 {last} 行检查后暂存的内容已经损坏，读不出来。请撤销这一批，重新上传表格。"


@dataclass(slots=True)
class Waiting:
    """A row that waits: its line, the keyed hash of its number, what was found, its scan."""

    line: int
    number_hash: str
    found: Found
    file: UUID | None = None


def written(value: Any) -> str:
    """As JSON, days as 2015-03-02."""
    return to_json(value, fallback=str).decode()


def plain(found: Found) -> dict[str, Any]:
    """One row that was found good, as values of JSON."""
    told = {name: getattr(found, name) for name in Found.__slots__}
    return told | {name: told[name] and told[name].isoformat() for name in DAYS}


def found_in(kept: Mapping[str, Any]) -> Found:
    """The same, read back; also what was kept by a version that knew more or less of a row."""
    told = {name: kept[name] for name in Found.__slots__ if name in kept}
    return Found(**{**told, **{name: _day(kept[name]) for name in DAYS}})


def bundled(rows: Sequence[Waiting]) -> dict[str, list[Any]]:
    """Rows by their columns, each {name: values}: names are written once."""
    columns = {name: [getattr(row.found, name) for row in rows] for name in Found.__slots__}
    return {
        "line": [row.line for row in rows],
        "number_hash": [row.number_hash for row in rows],
        "file": [row.file for row in rows],
        **columns,
    }


def unbundled(kept: Columns) -> list[Waiting]:
    """The same, read back. What an earlier version didn't know of a row is as where nobody tells it."""
    columns = [_column(kept, name) for name in Found.__slots__]
    return [
        Waiting(line, number_hash, Found(*values), UUID(file) if file else None)
        for line, number_hash, file, *values in zip(
            kept["line"], kept["number_hash"], kept["file"], *columns, strict=True
        )
    ]


def _column(kept: Columns, name: str) -> Sequence[Any]:
    if name in DAYS:
        return list(map(_day, kept[name]))
    return kept[name] if name in kept else [_untold(name) for _line in kept["line"]]


def _untold(name: str) -> Any:
    (known,) = (each for each in fields(Found) if each.name == name)
    return known.default if known.default_factory is MISSING else known.default_factory()


def rows_waiting(batch: Batch, first: int = 0, last: int | None = None) -> Iterator[Waiting]:
    """The rows of a batch that wait, in their order: all, or those of the bundles from one line through another.

    Raises DamagedRows.
    """
    bundles = BatchBundle.objects.filter(batch=batch, first__gte=first)
    if last is not None:
        bundles = bundles.filter(last__lte=last)
    for begins, ends in list(bundles.values_list("first", "last")):
        yield from unbundled(_opened(batch, begins, ends))


def rows_at(batch: Batch, places: Collection[int]) -> Iterator[Waiting]:
    """The rows at some places (0: the first that waits), in their order. Only their bundles are opened.

    Raises DamagedRows.
    """
    begun = 0
    for first, last, count in list(BatchBundle.objects.filter(batch=batch).values_list("first", "last", "count")):
        here = sorted(place - begun for place in places if begun <= place < begun + count)
        if here:
            kept = _opened(batch, first, last)
            yield from unbundled({name: [values[place] for place in here] for name, values in kept.items()})
        begun += count


def numbers_waiting(batch: Batch) -> dict[str, int]:
    """{keyed hash of a number: its line} of all rows that wait. Raises DamagedRows."""
    numbers: dict[str, int] = {}
    for first, last in list(BatchBundle.objects.filter(batch=batch).values_list("first", "last")):
        kept = _opened(batch, first, last)
        numbers.update(zip(kept["number_hash"], kept["line"], strict=True))
    return numbers


def good_as_sent(batch: Batch, first: int, last: int) -> Iterator[tuple[int, tables.Cells]]:
    """Rows of the table from one line through another that were not refused, as they came."""
    refused = set(BatchReject.objects.filter(batch=batch, line__range=(first, last)).values_list("line", flat=True))
    sent = tables.rows(
        seekable(str(batch.table_id)), batch.form,
        encoding=batch.encoding, delimiter=batch.delimiter, width=len(batch.heads),
    )  # fmt: skip
    for line, cells in takewhile(lambda row: row[0] <= last, sent):
        if line >= first and line not in refused:
            yield line, cells


def _opened(batch: Batch, first: int, last: int) -> Columns:
    try:
        kept = BatchBundle.objects.values_list("sealed", flat=True).get(batch=batch, first=first)
    except Tampered as changed:
        raise DamagedRows(first=first, last=last) from changed
    return cast("Columns", kept)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
