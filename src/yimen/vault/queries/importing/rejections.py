"""Rows that did not go in, given back as a workbook: the same columns, faulty cells red, the reasons in one more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from yimen.vault.models import Batch, BatchReject
from yimen.vault.queries.importing.tables import LIST_OF_REASONS

OPTIONS = {
    "constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False,
}  # fmt: skip
WIDTH, WIDE = 18, 60


@dataclass(frozen=True)
class Rejected:
    """A row that did not go in, as a page shows it: what is wrong, cell by cell."""

    line: int
    head: str
    value: str
    reason: str


def rejected(batch: Batch, most: int) -> list[Rejected]:
    """The first of the faulty cells."""
    found = [
        Rejected(row.line, _at(batch.heads, place), _at(row.cells, place), reason)
        for row in _rows(batch)[:most]
        for place, reason in row.reasons
    ]
    return found[:most]


def rejection_file(batch: Batch, path: Path) -> None:
    """Written row by row: however many there are, few are in memory."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    head, text, wrong, told = (
        book.add_format(each)
        for each in (
            {"bold": True, "num_format": "@", "bg_color": "#E8EEF7", "text_wrap": True},
            {"num_format": "@"},
            {"num_format": "@", "bg_color": "#FFD9D6", "font_color": "#9C0006"},
            {"num_format": "@", "text_wrap": True, "font_color": "#9C0006"},
        )
    )
    page = book.add_worksheet("退回的记录")
    heads = [each for each in batch.heads if each != LIST_OF_REASONS]
    places = [place for place, each in enumerate(batch.heads) if each != LIST_OF_REASONS]
    page.set_column(0, max(len(heads) - 1, 0), WIDTH, text)
    page.set_column(len(heads), len(heads), WIDE, told)
    page.freeze_panes(1, 0)
    for column, name in enumerate([*heads, LIST_OF_REASONS]):
        page.write_string(0, column, name, head)
    for number, row in enumerate(_rows(batch).iterator(chunk_size=2_000), 1):
        _write(page, number, row, places, text, wrong, told, batch.heads)
    book.close()


def _write(
    page: Any, number: int, row: BatchReject, places: list[int], text: Any, wrong: Any, told: Any, heads: list[str]
) -> None:
    faulty = {place for place, _reason in row.reasons}
    for column, place in enumerate(places):
        page.write_string(number, column, _at(row.cells, place), wrong if place in faulty else text)
    page.write_string(number, len(places), "；".join(_told(row, heads)), told)


def _told(row: BatchReject, heads: list[str]) -> Iterator[str]:
    for place, reason in row.reasons:
        yield f"{_at(heads, place)}：{reason}"


def _at(values: list[str], place: int) -> str:
    return values[place] if 0 <= place < len(values) else ""


def _rows(batch: Batch) -> QuerySet[BatchReject]:
    return BatchReject.objects.filter(batch=batch).order_by("line")
