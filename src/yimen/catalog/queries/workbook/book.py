"""A workbook whose sheets and heads are understood, and what is said of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yimen.catalog.queries.workbook.cells import Cell, plain
from yimen.catalog.queries.workbook.columns import Column, Sheet
from yimen.catalog.queries.workbook.heads import ORDER, SLUG
from yimen.catalog.queries.workbook.items import ITEMS
from yimen.catalog.queries.workbook.layout import BY_NAME, CODES, GUIDE
from yimen.catalog.queries.workbook.reading import Grid, Line, address, head_of

Place = tuple[str | int, ...]
LONGEST_VALUE = 60


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
        """Take a sheet; what its heads or the cells beside them are wrong in is noted."""
        sheet = BY_NAME.get(grid.name.strip())
        if sheet is None:
            if grid.name.strip() not in (GUIDE, CODES):
                self.ignored.append(grid.name)
            return
        columns: dict[int, Column] = {}
        for number, cell in grid.heads.items():
            column = sheet.by_head.get(head_of(cell))
            spot = Spot(grid.name, 1, number, "列名", one_line(plain(cell)))
            if column is None:
                self.problems.append(CellProblem(spot, f"工作表“{sheet.name}”没有这一列，请使用下载的工作簿中的列名"))
            elif column in columns.values():
                self.problems.append(CellProblem(spot, "这一列出现了两次"))
            else:
                columns[number] = column
        lines = [line for line in grid.lines if any(number in columns for number in line.cells)]
        self.tables[sheet.name] = Table(sheet, columns, lines)
        self.problems += _stray(grid)

    @property
    def slugs(self) -> list[str]:
        """The items that the workbook names, in its order."""
        table = self.tables.get(ITEMS.name)
        return [plain(table.cell(line, SLUG.head)) for line in table.lines] if table else []


def _stray(grid: Grid) -> Iterator[CellProblem]:
    for line in grid.lines:
        for number, cell in line.cells.items():
            if number not in grid.heads:
                spot = Spot(grid.name, line.number, number, "（没有列名）", one_line(plain(cell)))
                yield CellProblem(spot, "这一格所在的列没有列名，内容不会被读取：请移到有列名的列，或者清空")
