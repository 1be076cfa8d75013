"""From the bytes of a workbook to its rows. What is no workbook, or too much of one, is refused in a sentence."""

from __future__ import annotations

import io
import logging
import math
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._reader import MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from yimen.catalog.queries.workbook.cells import Cell, plain
from yimen.catalog.queries.workbook.columns import clean_head
from yimen.kit.errors import Refusal

log = logging.getLogger(__name__)

MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 300
RATIO_FROM = 20 * 1024 * 1024
MOST_MEMBERS = 2_000
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000
MOST_SHEETS = 60
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What Excel can't put into XML it writes as _x000D_; an underscore that would look like it as _x005F_.
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EeFf])_")


class Unreadable(Refusal):
    """A file that is not a workbook one can read."""

    code = "workbook_unreadable"
    sentence = "这不是完整的 Excel 工作簿（.xlsx），请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
    status = 422


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
    if content.startswith(OLE):
        raise Unreadable(_compound(content))
    if not content.startswith(b"PK\x03\x04"):
        raise Unreadable(_other(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except Exception:
        raise Unreadable from None
    _require_modest(members)
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise Unreadable("这个文件不是 Excel 工作簿，请上传 .xlsx 文件。")


def read(content: bytes, tell: Callable[[str], None] = lambda sheet: None) -> Iterator[Grid]:
    """Every sheet, one after the other. tell: called with the name of each before it is read. Raises Unreadable."""
    require_workbook(content)
    try:
        room = MOST_CELLS
        for sheet in _sheets(content):
            tell(sheet.name)
            grid = _grid(sheet, room)
            room -= sum(len(line.cells) for line in grid.lines)
            yield grid
    except Refusal:
        raise
    except Exception as broken:  # openpyxl raises whatever a broken part happens to cause
        log.info("a workbook could not be read: %r", broken)
        raise Unreadable from broken


@dataclass(frozen=True)
class _Source:
    name: str
    path: str
    reader: ExcelReader


class _Rows(WorkSheetParser):  # type: ignore[misc]
    """openpyxl's reader of a sheet, for nothing but its rows and merged cells: what else an office program leaves in a

    sheet (rules, drawings, extensions) can't keep it from being read. Rows that aren't there cost nothing.
    """

    merged: list[tuple[int, int, int, int]]

    def parse(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        self.merged = []
        for _event, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == MERGE_TAG:
                self.merged = [range_boundaries(each.get("ref")) for each in element]

    def parse_formula(self, element: Any) -> str:
        """As it is written; never translated, never an object."""
        return "=" + (element.findtext("{*}f") or "")


def _sheets(content: bytes) -> list[_Source]:
    """The sheets of cells; charts on a sheet of their own say nothing of items."""
    reader = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    try:
        apply_stylesheet(reader.archive, reader.wb)
    except Exception as odd:  # only dates need it: without, they are told to be numbers
        log.info("the styles of a workbook could not be read: %r", odd)
    found = [
        _Source(sheet.name, part.target, reader)
        for sheet, part in reader.parser.find_sheets()
        if "worksheet" in part.Type and part.target in reader.valid_files
    ]
    if not found:
        raise Unreadable(
            "工作簿里没有可以读取的工作表，请用 Excel 或 WPS 另存为普通的 .xlsx（不是 Strict 格式）再上传。"
        )
    if len(found) > MOST_SHEETS:
        raise Unreadable(f"工作簿有 {len(found)} 个工作表，最多 {MOST_SHEETS} 个。")
    return found


def _grid(sheet: _Source, room: int) -> Grid:
    grid, book = Grid(sheet.name), sheet.reader.wb
    with sheet.reader.archive.open(sheet.path) as source:
        parser = _Rows(
            source, sheet.reader.shared_strings, epoch=book.epoch, date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for number, row in parser.parse():
            cells = dict(_cells(row))
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


def _cells(row: list[dict[str, Any]]) -> Iterator[tuple[int, Cell]]:
    for cell in row:
        value, kind = cell["value"], cell["data_type"]
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        kind = "s" if kind in ("s", "str", "inlineStr") else kind
        if kind == "s" and "_x" in str(value):
            value = _unescaped(value)
        if isinstance(value, float) and not math.isfinite(value):
            value, kind = "#NUM!", "e"
        if isinstance(value, str) and "\0" in value:
            value, kind = value.replace("\0", "�"), "z"
        yield cell["column"], Cell(value, kind)


def _unescaped(text: Any) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(text))


def _require_modest(members: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    bomb = unpacked > MOST_UNPACKED or (unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1))
    if bomb or len(members) > MOST_MEMBERS:
        raise Unreadable("文件解压后异常庞大，不能读取。请删除多余的格式和空白行，或者分成几个工作簿。")
    if any(m.flag_bits & 1 for m in members):
        raise Unreadable("文件设有密码，请取消密码后再上传。")
    if any(m.filename.lower().endswith("vbaproject.bin") for m in members):
        raise Unreadable("文件含有宏，请另存为不含宏的 .xlsx 再上传。")


def _compound(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "工作簿设有打开密码，请在 Excel 中取消密码（文件—信息—保护工作簿）后再上传。"
    return "这是旧格式的文件（.xls），请用 Excel 或 WPS 另存为 .xlsx 再上传。"


def _other(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "这是 PDF 文件，请上传 .xlsx 工作簿。"
    head = content[:4096]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "这是网页或 XML 格式的表格，只是改了扩展名。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
    if b"\0" not in head and (b"," in head or b"\t" in head or b";" in head):
        return "这是文本文件（CSV），只是改了扩展名。请用 Excel 打开下载的工作簿填写，保存为 .xlsx 再上传。"
    return Unreadable.sentence
