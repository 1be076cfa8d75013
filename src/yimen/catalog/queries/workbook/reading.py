"""From the bytes of a workbook to its rows. What is no workbook, or too much of one, is refused in a sentence."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from yimen.catalog.queries.workbook.cells import Cell, plain
from yimen.catalog.queries.workbook.columns import clean_head
from yimen.kit.errors import Refusal

log = logging.getLogger(__name__)

MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 300
RATIO_FROM = 20 * 1024 * 1024
MOST_MEMBERS = 2_000
MOST_ROWS = 200_000
MOST_BLANK = 20_000
MOST_COLUMNS = 200
MOST_SHEETS = 60
# So many columns beside the last head are looked at for cells that stand under no head.
STRAY = 10
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
    """A sheet as it stands in the file. heads: cleaned head by the column's number."""

    name: str
    heads: dict[int, Cell] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

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
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        if len(book.sheetnames) > MOST_SHEETS:
            raise Unreadable(f"工作簿有 {len(book.sheetnames)} 个工作表，最多 {MOST_SHEETS} 个。")
        for sheet in book.worksheets:
            tell(sheet.title)
            yield _grid(sheet)
    except Refusal:
        raise
    except Exception as broken:  # openpyxl raises whatever a broken part happens to cause
        log.info("a workbook could not be read: %r", broken)
        raise Unreadable from broken


def _grid(sheet: Any) -> Grid:
    sheet.reset_dimensions()
    grid, blank = Grid(sheet.title, _heads(sheet)), 0
    for number, row in enumerate(sheet.iter_rows(min_row=2, max_col=max(grid.heads, default=0) + STRAY), 2):
        cells = dict(_cells(row))
        blank = 0 if cells else blank + 1
        if cells:
            grid.lines.append(Line(number, cells))
        if len(grid.lines) > MOST_ROWS:
            raise Unreadable(f"工作表“{sheet.title}”超过 {MOST_ROWS:,} 行，请按部门分成几个工作簿。")
        if blank > MOST_BLANK:
            break
    return grid


def _heads(sheet: Any) -> dict[int, Cell]:
    first = next(sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS), ())
    return dict(_cells(first))


def _cells(row: Any) -> Iterator[tuple[int, Cell]]:
    for cell in row:
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        kind = "s" if cell.data_type in ("s", "str", "inlineStr") else cell.data_type
        yield cell.column, Cell(_unescaped(value) if kind == "s" and "_x" in str(value) else value, kind)


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
    if b"\0" not in head and (b"," in head or b"\t" in head or b";" in head):
        return "这是文本文件（CSV），只是改了扩展名。请用 Excel 打开下载的工作簿填写，保存为 .xlsx 再上传。"
    return Unreadable.sentence
