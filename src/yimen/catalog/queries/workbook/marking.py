"""The same workbook again, with the faulty cells red and why in a comment."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from yimen.catalog.queries.workbook.cells import LONGEST_CELL, Cell
from yimen.catalog.queries.workbook.columns import Column, Sheet
from yimen.catalog.queries.workbook.layout import BY_NAME
from yimen.catalog.queries.workbook.reading import Grid, head_of, read
from yimen.catalog.queries.workbook.writing import HEAD_HEIGHT, OPTIONS, ROOM, comment, put_cell, styles

# Excel takes so much of a list that stands in the rule itself.
LONGEST_LIST = 255
Marks = dict[tuple[int, int], list[str]]


def mark(content: bytes, problems: Iterable[tuple[str, int, int, str]]) -> bytes:
    """problems: (sheet, row, column, reason), rows and columns counted from 1. Raises Unreadable."""
    found: dict[str, Marks] = defaultdict(lambda: defaultdict(list))
    for sheet, row, column, reason in problems:
        found[sheet][row, column].append(reason)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    looks = styles(book)
    names: set[str] = set()
    for grid in read(content):
        own = re.sub(r"\s", "", grid.name)
        _copy(book, grid, found.get(grid.name) or found.get(own, {}), looks, _sheet_name(grid.name, names))
    book.close()
    return buffer.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    """One that Excel takes: short, without its signs, no two alike."""
    clean = re.sub(r"[\[\]:*?/\\]", "_", name).strip("'")[:28] or "Sheet"
    while clean.lower() in taken:
        clean = f"{clean[:24]}_{len(taken)}"
    taken.add(clean.lower())
    return clean


def _copy(book: Any, grid: Grid, marks: Marks, looks: dict[str, Any], name: str) -> None:
    page, sheet = book.add_worksheet(name), BY_NAME.get(re.sub(r"\s", "", grid.name))
    wide = _formats(page, grid, sheet, looks)
    if marks:
        page.set_tab_color("#C00000")
    cells = {1: grid.heads} | {line.number: line.cells for line in grid.lines}
    for number in sorted(cells.keys() | {row for row, _column in marks}):
        here = cells.get(number, {})
        for column in sorted(here.keys() | {place for row, place in marks if row == number}):
            style = looks["head"] if number == 1 and sheet else wide.get(column)
            if (number, column) in marks:
                style = looks["wrong"]
                page.write_comment(number - 1, column - 1, "\n".join(marks[number, column]), {"x_scale": 2})
            _write(page, number - 1, column - 1, here.get(column), style)


def _formats(page: Any, grid: Grid, sheet: Sheet | None, looks: dict[str, Any]) -> dict[int, Any]:
    """The columns' widths and looks as the platform writes them; sheets of one's own stay plain."""
    formats: dict[int, Any] = {}
    for number, head in grid.heads.items():
        column = sheet.by_head.get(head_of(head)) if sheet else None
        if column:
            dated = not column.codec.as_text and column.head.endswith("日期")
            formats[number] = looks["date" if dated else "number" if not column.codec.as_text else "text"]
            page.set_column(number - 1, number - 1, column.width, formats[number])
            _help(page, number - 1, column, len(grid.lines) + ROOM)
    if sheet:
        page.freeze_panes(1, 1)
        page.set_row(0, HEAD_HEIGHT)
    return formats


def _help(page: Any, place: int, column: Column, last: int) -> None:
    """What the column means, and its short closed list, so that the faults can be mended right here."""
    page.write_comment(0, place, comment(column), {"x_scale": 2, "font_size": 10})
    if column.options and len(",".join(column.options)) <= LONGEST_LIST:
        page.data_validation(1, place, last, place, {"validate": "list", "source": list(column.options)})


def _write(page: Any, row: int, place: int, cell: Cell | None, style: Any) -> None:
    if cell is None:
        page.write_blank(row, place, None, style)
    elif cell.kind not in ("s", "n", "b", "d"):
        page.write_string(row, place, str(cell.value)[:LONGEST_CELL], style)
    else:
        put_cell(page, row, place, cell.value, style)
