"""From the bytes of a workbook to its rows. What is no workbook, or too much of one, is refused in a sentence."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from yimen.catalog.queries.workbook.cells import Cell, plain
from yimen.catalog.queries.workbook.columns import clean_head
from yimen.kit import workbooks
from yimen.kit.errors import Refusal
from yimen.kit.workbooks import Unreadable

log = logging.getLogger(__name__)

MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 300
MOST_MEMBERS = 2_000
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000
MOST_SHEETS = 60


@dataclass(frozen=True)
class Line:
    """A row that isn't blank: its number in the sheet, and its cells by the column's number."""

    number: int
    cells: dict[int, Cell]


@dataclass
class Grid:
    """A sheet as it stands in the file. heads: the first row's cells by the column's number.

    merged: ranges of cells that are one, as (first column, first row, last column, last row).
    """

    name: str
    heads: dict[int, Cell] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def address(self, row: int, column: int) -> str:
        return address(self.name, row, column)


def address(sheet: str, row: int, column: int) -> str:
    """材料!F17: as people name a cell."""
    return f"{sheet}!{get_column_letter(column)}{row}"


def head_of(cell: Cell) -> str:
    return clean_head(plain(cell))


def require_workbook(content: bytes) -> None:
    """Raises Unreadable with the reason for what the file is instead."""
    workbooks.require_workbook(io.BytesIO(content), _limits())


def read(content: bytes, tell: Callable[[str], None] = lambda sheet: None) -> Iterator[Grid]:
    """Every sheet, one after the other. tell: called with the name of each before it is read. Raises Unreadable."""
    require_workbook(content)
    try:
        room = MOST_CELLS
        for sheet in workbooks.sheets(io.BytesIO(content), _limits()):
            tell(sheet.name)
            grid = _grid(sheet, room)
            room -= sum(len(line.cells) for line in grid.lines)
            yield grid
    except Refusal:
        raise
    except Exception as broken:  # openpyxl raises whatever a broken part happens to cause
        log.info("a workbook could not be read: %r", broken)
        raise Unreadable from broken


def _limits() -> workbooks.Limits:
    return workbooks.Limits(unpacked=MOST_UNPACKED, ratio=MOST_RATIO, members=MOST_MEMBERS, sheets=MOST_SHEETS)


def _grid(sheet: workbooks.Source, room: int) -> Grid:
    grid = Grid(sheet.name)
    with sheet.open() as source:
        parser = sheet.parser(source)
        for number, row in parser.parse():
            cells = {column: Cell(*found) for column, found in workbooks.cells(row)}
            room -= len(cells)
            if number == 1:
                grid.heads = cells
            elif cells:
                grid.lines.append(Line(number, cells))
            if len(grid.lines) > MOST_ROWS:
                raise Unreadable(f"工作表“{sheet.name}”超过 {MOST_ROWS:,} 行，请按部门分成几个工作簿。")
            if room < 0:
                raise Unreadable(f"工作簿的内容超过 {MOST_CELLS:,} 格，请按部门分成几个工作簿。")
    if len(grid.heads) > MOST_COLUMNS:
        raise Unreadable(f"工作表“{sheet.name}”超过 {MOST_COLUMNS} 列，请删除多余的列。")
    grid.merged = parser.merged
    return grid
