"""A workbook whose sheets and heads are understood, and what is said of its cells."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from yimen.catalog.queries.workbook.cells import Cell, plain
from yimen.catalog.queries.workbook.columns import Column, Sheet
from yimen.catalog.queries.workbook.heads import ORDER, SLUG
from yimen.catalog.queries.workbook.items import ITEMS
from yimen.catalog.queries.workbook.layout import BY_NAME, CODES, GUIDE
from yimen.catalog.queries.workbook.reading import Grid, Line, address, head_of

Place = tuple[str | int, ...]
LONGEST_VALUE = 60
# So many rows are looked at for heads that somebody has pushed down with a title.
LOOK_FOR_HEADS = 10


def one_line(value: str) -> str:
    """The beginning of a cell's content, as it is quoted."""
    return value.replace("\n", " / ")[:LONGEST_VALUE]


@dataclass(frozen=True)
class Spot:
    """A cell, as people find it."""

    sheet: str
    row: int
    column: int
    head: str
    value: str = ""

    @property
    def address(self) -> str:
        return address(self.sheet, self.row, self.column)


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with a cell, in words."""

    spot: Spot
    reason: str


@dataclass(frozen=True)
class Base:
    """What an item says before the upload. stamp: by which an export is known to be of this state."""

    document: Mapping[str, Any]
    stamp: str


@dataclass(frozen=True)
class Change:
    """One cell that says something else than before, or rows that came, went or moved."""

    where: str
    what: str
    before: str = ""
    after: str = ""


@dataclass
class Joined:
    """An item as the workbook has it. rows: the row of each part of the document; cells: that of each plain text."""

    slug: str
    home: Spot
    document: dict[str, Any]
    new: bool
    rows: dict[Place, tuple[Table, Line]] = field(default_factory=dict)
    cells: dict[Place, Spot] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)

    def spot(self, place: Place) -> Spot:
        """The cell of a place, or of what it is part of; in the end the item's own."""
        for end in range(len(place), -1, -1):
            found = self.cells.get(place[:end]) or self._in_row(place[:end], place[end:])
            if found is not None:
                return found
        inside = (row for known, row in self.rows.items() if known and known[: len(place)] == place)
        table, line = next(inside, (None, None))
        return table.first(line) if table and line else self.home

    def _in_row(self, row: Place, rest: Place) -> Spot | None:
        if row not in self.rows:
            return None
        table, line = self.rows[row]
        return table.under(line, rest) or (table.first(line) if row else None)


@dataclass(frozen=True)
class Table:
    """A sheet of the file with its heads understood. columns: by the number of the column in the file."""

    sheet: Sheet
    columns: dict[int, Column]
    lines: Sequence[Line]

    def number(self, head: str) -> int | None:
        return next((number for number, column in self.columns.items() if column.head == head), None)

    def cell(self, line: Line, head: str) -> Cell | None:
        return line.cells.get(self.number(head) or 0)

    def spot(self, line: Line, number: int) -> Spot:
        value = one_line(plain(line.cells.get(number)))
        return Spot(self.sheet.name, line.number, number, self.columns[number].head, value)

    def spot_of(self, line: Line, head: str) -> Spot:
        """The cell under a head; the row's first cell where the sheet has no such column."""
        number = self.number(head)
        if number is not None:
            return self.spot(line, number)
        return Spot(self.sheet.name, line.number, 1, head)

    def under(self, line: Line, path: Place) -> Spot | None:
        """The cell of a part of the row, or the first cell of what it belongs to."""
        for end in range(len(path), 0, -1):
            for number, column in self.columns.items():
                if column.path[:end] == path[:end]:
                    return self.spot(line, number)
        return None

    def first(self, line: Line) -> Spot:
        """The first cell that says something of the row's own."""
        own = (number for number, column in self.columns.items() if column not in (SLUG, ORDER))
        return self.spot(line, next(own, min(self.columns)))

    def has(self, head: str) -> bool:
        return self.number(head) is not None


@dataclass
class Book:
    """All sheets that were understood. ignored: names of sheets that were not read."""

    tables: dict[str, Table] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def add(self, grid: Grid) -> None:
        """Take a sheet; what its name, its heads or the cells beside them are wrong in is noted."""
        name = re.sub(r"\s", "", grid.name)
        sheet = BY_NAME.get(name)
        if sheet is None:
            if name not in (GUIDE, CODES):
                self._strange(grid)
        elif sheet.name in self.tables:
            self._wrong(grid, 1, 1, f"工作表“{sheet.name}”出现了两次（名称只差空格）：请合并成一张，删去另一张")
        elif self._has_heads(grid, sheet):
            self._take(grid, sheet)

    def _take(self, grid: Grid, sheet: Sheet) -> None:
        columns: dict[int, Column] = {}
        for number, cell in grid.heads.items():
            column = sheet.by_head.get(head_of(cell))
            if column is None:
                self._wrong(grid, 1, number, _unknown_head(head_of(cell), sheet))
            elif column in columns.values():
                self._wrong(grid, 1, number, "这一列出现了两次，请删去一列")
            else:
                columns[number] = column
        lines = [line for line in grid.lines if any(number in columns for number in line.cells)]
        self.tables[sheet.name] = Table(sheet, columns, lines)
        for column in sheet.columns:
            if column.joins and column not in columns.values() and sheet is not ITEMS:
                self._wrong(grid, 1, 1, f"“{sheet.name}”表缺少“{column.head}”列，不知道每一行属于哪里：请补上这一列")
                self.tables.pop(sheet.name, None)
        self.problems += _stray(grid)
        self.problems += _merged(grid, columns)

    def _has_heads(self, grid: Grid, sheet: Sheet) -> bool:
        """Does the first row hold the heads? If not, nothing of the sheet can be understood: that is said once."""
        if any(head_of(cell) in sheet.by_head for cell in grid.heads.values()):
            return True
        for line in grid.lines[:LOOK_FOR_HEADS]:
            if sum(head_of(cell) in sheet.by_head for cell in line.cells.values()) > 1:
                why = f"列名应当在第 1 行，现在在第 {line.number} 行：请删去上面的行"
                self._wrong(grid, line.number, min(line.cells), why)
                return False
        why = (
            f"工作表“{sheet.name}”的第 1 行没有列名：不修改这张表的，请删去整张表；要修改的，请使用下载的工作簿中的列名"
        )
        self._wrong(grid, 1, 1, why)
        return False

    def _strange(self, grid: Grid) -> None:
        """A sheet of somebody's own is passed over; one that looks like ours under another name isn't."""
        heads = {head_of(cell) for cell in grid.heads.values()}
        if SLUG.head not in heads:
            self.ignored.append(grid.name)
            return
        meant = max(BY_NAME.values(), key=lambda each: len(heads & each.by_head.keys()))
        why = f"没有名为“{grid.name}”的工作表，它的内容不会被读取：应为“{meant.name}”的，请改回这个名称"
        self._wrong(grid, 1, 1, f"{why}；自己的笔记，请删去“{SLUG.head}”列")

    def _wrong(self, grid: Grid, row: int, column: int, reason: str) -> None:
        cells = grid.heads if row == 1 else next((each.cells for each in grid.lines if each.number == row), {})
        spot = Spot(grid.name, row, column, "列名", one_line(plain(cells.get(column))))
        self.problems.append(CellProblem(spot, reason))

    @property
    def slugs(self) -> list[str]:
        """The items that the workbook names, in its order."""
        table = self.tables.get(ITEMS.name)
        return [plain(table.cell(line, SLUG.head)) for line in table.lines] if table else []


def _unknown_head(head: str, sheet: Sheet) -> str:
    """Which head was probably meant."""
    near = difflib.get_close_matches(head, sheet.by_head, 1, 0.5)
    meant = f"，是不是“{near[0]}”？" if near else "，"
    return f"工作表“{sheet.name}”没有“{head[:40]}”这一列{meant}请使用下载的工作簿中的列名"


def _merged(grid: Grid, columns: Mapping[int, Column]) -> Iterator[CellProblem]:
    """Cells that are one: only the first holds something, the others would silently count as empty."""
    lines = {line.number: line for line in grid.lines}
    rows = sorted(lines)
    for left, top, right, bottom in grid.merged:
        others = bisect_right(rows, bottom) > bisect_right(rows, top)
        known = [number for number in columns if left <= number <= right]
        if known and (others or (top in lines and len(known) > 1)):
            cell = lines[top].cells.get(left) if top in lines else None
            head = columns[left].head if left in columns else "（没有列名）"
            spot = Spot(grid.name, top, left, head, one_line(plain(cell)))
            area = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
            why = f"{area} 合并成了一格，只有左上角有内容：请取消合并，每一格分别填写"
            yield CellProblem(spot, why)


def _stray(grid: Grid) -> Iterator[CellProblem]:
    for line in grid.lines:
        for number, cell in line.cells.items():
            if number not in grid.heads:
                spot = Spot(grid.name, line.number, number, "（没有列名）", one_line(plain(cell)))
                yield CellProblem(spot, "这一格所在的列没有列名，内容不会被读取：请移到有列名的列，或者清空")
