"""Rows as they wait, bundled and read back as what was found; and one alone, as it is kept for whoever compares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from pydantic_core import to_json

from yimen.vault.models import Batch, BatchBundle
from yimen.vault.queries.importing.checking import Found

DAYS = ("issued", "first", "last")


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
    """The same, read back."""
    return Found(**{**kept, **{name: _day(kept[name]) for name in DAYS}})


def bundled(rows: Sequence[Waiting]) -> dict[str, list[Any]]:
    """Rows by their columns, each {name: values}: names are written once."""
    columns = {name: [getattr(row.found, name) for row in rows] for name in Found.__slots__}
    return {
        "line": [row.line for row in rows],
        "number_hash": [row.number_hash for row in rows],
        "file": [row.file for row in rows],
        **columns,
    }


def unbundled(kept: Mapping[str, Sequence[Any]]) -> list[Waiting]:
    """The same, read back."""
    columns = [list(map(_day, kept[name])) if name in DAYS else kept[name] for name in Found.__slots__]
    return [
        Waiting(line, number_hash, Found(*values), UUID(file) if file else None)
        for line, number_hash, file, *values in zip(
            kept["line"], kept["number_hash"], kept["file"], *columns, strict=True
        )
    ]


def rows_waiting(batch: Batch, first: int = 0, last: int | None = None) -> Iterator[Waiting]:
    """The rows of a batch that wait, in their order: all, or those of the bundles from one line through another."""
    bundles = BatchBundle.objects.filter(batch=batch, first__gte=first)
    if last is not None:
        bundles = bundles.filter(last__lte=last)
    for kept in bundles.values_list("sealed", flat=True).iterator(chunk_size=1):
        yield from unbundled(cast("dict[str, Any]", kept))


def numbers_waiting(batch: Batch) -> dict[str, int]:
    """{keyed hash of a number: its line} of all rows that wait."""
    return {row.number_hash: row.line for row in rows_waiting(batch)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
