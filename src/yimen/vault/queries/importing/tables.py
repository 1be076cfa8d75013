"""The rows of a table as texts, one after the other: a CSV in whatever encoding, or the first sheet of a workbook."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any

from yimen.kit import workbooks
from yimen.kit.errors import Refusal
from yimen.vault.choices.batches import LATEST_ROWS, MOST_COLUMNS, TableForm

ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
PIECE = 1024 * 1024
LIMITS = workbooks.Limits(unpacked=3 * 1024**3, ratio=400)
# From here on Excel keeps a number only roughly: what was typed is lost.
EXACT = 10**15
ROUGH = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
DIMENSION = re.compile(rb'<dimension ref="[A-Z]+1:[A-Z]+(\d{1,7})"')
EXCEL_ROWS = 1_048_576
LOST = "表格软件把这个号码存成了数字，后几位已经丢失，请改为文本格式重新填写"
LIST_OF_REASONS = "导入问题（重新导入时不读取）"
"""The head of the column that a rejection file has beside those that were sent."""

Cells = list[str]


class BadTable(Refusal):
    code = "table_unreadable"
    sentence = "请上传 CSV 文件或者 Excel 工作簿（.xlsx），第一行是列名，一行一本证照。"
    status = 422


class Odd(str):
    """A cell that can't be taken for what it shows. why: in words."""

    why: str
    __slots__ = ("why",)


@dataclass(frozen=True)
class Table:
    """How a table is to be read, and what is in it. total: its rows (a workbook's: what it says of itself)."""

    form: TableForm
    heads: Cells
    total: int
    encoding: str = ""
    delimiter: str = ""


def inspect(source: IO[bytes]) -> Table:
    """Look through a table once. Raises BadTable, Unreadable."""
    head = source.read(8)
    source.seek(0)
    if head.startswith((b"PK\x03\x04", workbooks.OLE, b"%PDF-")):
        return _sound(_workbook(source))
    encoding = _encoding(source)
    with _text(source, encoding) as text:
        first = text.readline(100_000)
        delimiter = max("\t;,|", key=first.count)
        text.seek(0)
        rows = _records(text, delimiter)
        heads = next(rows, (1, []))[1]
        total = sum(1 for _row in rows)
    return _sound(Table(TableForm.CSV, _trimmed(heads), total, encoding, delimiter))


def rows(source: IO[bytes], form: str, *, encoding: str, delimiter: str, width: int) -> Iterator[tuple[int, Cells]]:
    """(line, cells) of every row that isn't blank, the heads left out; line as office programs number it.

    width: how many columns the table has; shorter rows are filled up. Raises BadTable, Unreadable.
    """
    if form == TableForm.XLSX:
        yield from _sheet(source, width)
        return
    with _text(source, encoding) as text:
        records = _records(text, delimiter)
        next(records, None)
        for line, cells in records:
            yield line, cells[:width] if len(cells) >= width else cells + [""] * (width - len(cells))


def _sheet(source: IO[bytes], width: int) -> Iterator[tuple[int, Cells]]:
    found = workbooks.rows(source, LIMITS)
    next(found, None)
    for line, row in found:
        yield line, [_words(*row[place]) if place in row else "" for place in range(1, width + 1)]


def _workbook(source: IO[bytes]) -> Table:
    found = workbooks.rows(source, LIMITS)
    _line, first = next(found, (0, {}))
    heads = [_words(*first[place]) if place in first else "" for place in range(1, max(first, default=0) + 1)]
    return Table(TableForm.XLSX, _trimmed(heads), _last_row(source) - 1 or sum(1 for _row in found))


def _last_row(source: IO[bytes]) -> int:
    """What the first sheet says of its own size, good enough for a progress bar; 1 where it says nothing."""
    first = workbooks.sheets(source, LIMITS)[0]
    with first.open() as opened:
        said = DIMENSION.search(opened.read(4096))
    return min(int(said[1]), EXCEL_ROWS) if said else 1


def _words(value: Any, kind: str) -> str:
    if kind == "s":
        return str(value)
    if kind == "n":
        whole = isinstance(value, int) or value.is_integer()
        return _odd(f"{value:.0f}", LOST) if abs(value) >= EXACT else f"{value:.0f}" if whole else repr(value)
    if kind == "d":
        return _moment(value)
    if kind == "b":
        return "是" if value else "否"
    return _odd(str(value), {"f": "这一格是公式，请粘贴为数值", "e": "这一格是错误值"}.get(kind, "含有不能保存的字符"))


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _odd(text: str, why: str) -> Odd:
    odd = Odd(text)
    odd.why = why
    return odd


def _sound(table: Table) -> Table:
    if not any(head.strip() for head in table.heads):
        raise BadTable("第一行没有列名。请把列名写在第一行，一行一本证照。")
    if not table.total:
        raise BadTable("表格里只有列名，没有证照记录。")
    if table.total > LATEST_ROWS:
        raise BadTable("一次最多导入 {most} 行，请分成几个文件。", most=f"{LATEST_ROWS:,}")
    if len(table.heads) > MOST_COLUMNS:
        raise BadTable("表格超过 {most} 列，请删除多余的列。", most=MOST_COLUMNS)
    return table


def _trimmed(heads: Cells) -> Cells:
    while heads and not heads[-1].strip():
        heads = heads[:-1]
    return [" ".join(head.split())[:100] for head in heads]


def _text(source: IO[bytes], encoding: str) -> io.TextIOWrapper:
    source.seek(0)
    return io.TextIOWrapper(source, encoding, newline="")


def _records(text: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, Cells]]:
    """(number, cells) of the rows that aren't blank. A row with line breaks within its cells is one."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=delimiter), 1):
            if any(cells) and any(map(str.strip, cells)):
                yield number, cells
    except csv.Error as broken:
        raise BadTable("第 {line} 行读不下去：有一格内容过长，多半是少了一个引号。", line=number + 1) from broken


def _encoding(source: IO[bytes]) -> str:
    """The first encoding in which all of it makes sense. Raises BadTable."""
    start = source.read(2)
    source.seek(0)
    wide = start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ENCODINGS[2:] if wide else ENCODINGS[:2]:
        if _decodes(source, encoding):
            return encoding
    raise BadTable("文件既不是 UTF-8 也不是 GB18030 编码的文本，读不出来。请用 Excel 打开后另存为 .xlsx 再上传。")


def _decodes(source: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    source.seek(0)
    try:
        while piece := source.read(PIECE):
            if "\0" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        source.seek(0)
    return True
