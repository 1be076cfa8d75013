"""From a workbook to its rows, whoever made it. What is no workbook, or too much of one, is refused in a sentence.

openpyxl reads, by its own parser of a sheet and for rows and merged cells only: decision 18. The source is any file
that one can seek in; rows come one after the other.
"""

from __future__ import annotations

import io
import logging
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from yimen.kit.errors import Refusal

log = logging.getLogger(__name__)

RATIO_FROM = 20 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What Excel can't put into XML it writes as _x000D_; an underscore that would look like it as _x005F_.
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff]|[Ff]{3}[EeFf])_")

Row = dict[int, tuple[Any, str]]


class Unreadable(Refusal):
    """A file that is not a workbook one can read."""

    code = "workbook_unreadable"
    sentence = "这不是完整的 Excel 工作簿（.xlsx），请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
    status = 422


@dataclass(frozen=True)
class Limits:
    """How much of a workbook is taken: bytes unpacked, unpacked to packed, parts of the file, sheets."""

    unpacked: int = 400 * 1024 * 1024
    ratio: int = 300
    members: int = 2_000
    sheets: int = 60


@dataclass(frozen=True)
class Source:
    """A sheet of cells that can be read."""

    name: str
    path: str
    reader: ExcelReader

    def parser(self, source: IO[bytes]) -> Rows:
        book = self.reader.wb
        return Rows(
            source, self.reader.shared_strings, epoch=book.epoch, date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )  # fmt: skip

    def open(self) -> IO[bytes]:
        opened: IO[bytes] = self.reader.archive.open(self.path)
        return opened


class Rows(WorkSheetParser):  # type: ignore[misc]
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


def require_workbook(source: IO[bytes], limits: Limits | None = None) -> None:
    """Raises Unreadable with the reason for what the file is instead. Leaves the source at its beginning."""
    head = source.read(4096)
    source.seek(0)
    if head.startswith(OLE):
        raise Unreadable(_compound(source))
    if not head.startswith(b"PK\x03\x04"):
        raise Unreadable(_other(head))
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
    except Exception:
        raise Unreadable from None
    source.seek(0)
    _require_modest(members, limits or Limits())
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise Unreadable("这个文件不是 Excel 工作簿，请上传 .xlsx 文件。")


def sheets(source: IO[bytes], limits: Limits | None = None) -> list[Source]:
    """The sheets of cells (charts on a sheet of their own have none), in the order in which they stand.

    Raises Unreadable, and whatever a broken part makes openpyxl raise: read within `mending`.
    """
    most = (limits or Limits()).sheets
    reader = ExcelReader(source, read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    try:
        apply_stylesheet(reader.archive, reader.wb)
    except Exception as odd:  # only dates need it: without, they are told to be numbers
        log.info("the styles of a workbook could not be read: %r", odd)
    found = [
        Source(sheet.name, part.target, reader)
        for sheet, part in reader.parser.find_sheets()
        if "worksheet" in part.Type and part.target in reader.valid_files
    ]
    if not found:
        raise Unreadable(
            "工作簿里没有可以读取的工作表，请用 Excel 或 WPS 另存为普通的 .xlsx（不是 Strict 格式）再上传。"
        )
    if len(found) > most:
        raise Unreadable("工作簿有 {count} 个工作表，最多 {most} 个。", count=len(found), most=most)
    return found


def rows(source: IO[bytes], limits: Limits | None = None) -> Iterator[tuple[int, Row]]:
    """The first sheet's rows that aren't blank: (number, {column: (value, kind)}), both from 1. Raises Unreadable."""
    require_workbook(source, limits)
    try:
        first = sheets(source, limits)[0]
        with first.open() as opened:
            for number, row in first.parser(opened).parse():
                found = dict(cells(row))
                if found:
                    yield number, found
    except Refusal:
        raise
    except Exception as broken:  # openpyxl raises whatever a broken part happens to cause
        log.info("a workbook could not be read: %r", broken)
        raise Unreadable from broken


def cells(row: list[dict[str, Any]]) -> Iterator[tuple[int, tuple[Any, str]]]:
    """(column, (value, kind)) of the cells that aren't blank. kind: s text, n number, b boolean, d date or time, f

    formula, e error, z a text with a character that no database keeps.
    """
    for cell in row:
        value, kind = cell["value"], cell["data_type"]
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        kind = "s" if kind in ("s", "str", "inlineStr") else kind
        if kind == "s" and "_x" in str(value):
            value = ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
        if isinstance(value, float) and not math.isfinite(value):
            value, kind = "#NUM!", "e"
        if isinstance(value, str) and "\0" in value:
            value, kind = value.replace("\0", "�"), "z"
        yield cell["column"], (value, kind)


def _require_modest(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    bomb = unpacked > limits.unpacked or (unpacked > RATIO_FROM and unpacked > limits.ratio * max(packed, 1))
    if bomb or len(members) > limits.members:
        raise Unreadable("文件解压后异常庞大，不能读取。请删除多余的格式和空白行，或者分成几个工作簿。")
    if any(m.flag_bits & 1 for m in members):
        raise Unreadable("文件设有密码，请取消密码后再上传。")
    if any(m.filename.lower().endswith("vbaproject.bin") for m in members):
        raise Unreadable("文件含有宏，请另存为不含宏的 .xlsx 再上传。")


def _compound(source: IO[bytes]) -> str:
    if "EncryptedPackage".encode("utf-16-le") in source.read(io.DEFAULT_BUFFER_SIZE * 1024):
        return "工作簿设有打开密码，请在 Excel 中取消密码（文件—信息—保护工作簿）后再上传。"
    return "这是旧格式的文件（.xls），请用 Excel 或 WPS 另存为 .xlsx 再上传。"


def _other(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "这是 PDF 文件，请上传 .xlsx 工作簿。"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "这是网页或 XML 格式的表格，只是改了扩展名。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
    if b"\0" not in head and (b"," in head or b"\t" in head or b";" in head):
        return "这是文本文件（CSV），只是改了扩展名。请用 Excel 打开下载的工作簿填写，保存为 .xlsx 再上传。"
    return Unreadable.sentence
