"""The workbook as it was sent, with every faulty cell red and what is wrong with it in a comment."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.writer.excel import save_workbook

from yimen.applications.queries.batches.layout import NUMBER
from yimen.applications.queries.batches.state import rows_of, told
from yimen.files.queries import read_file
from yimen.law.said import AND

if TYPE_CHECKING:
    from yimen.applications.models import Batch

RED, PALE, TAB = "FF9C0006", "FFFFC7CE", "FFC00000"


def marked(batch: Batch) -> bytes:
    """Of a rule between fields every cell that it reads. Nothing else in the workbook changes."""
    book = openpyxl.load_workbook(io.BytesIO(read_file(batch.file_id)))
    for (sheet, cell), reasons in _reasons(fault for row in rows_of(batch) for fault in row.faults).items():
        if sheet in book.sheetnames:
            page = book[sheet]
            page.sheet_properties.tabColor = TAB
            _redden(page[cell], reasons)
    out = io.BytesIO()
    save_workbook(book, out)
    return out.getvalue()


def _reasons(faults: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[str]]:
    """By cell; of a whole line its number, of a whole table its first cell."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fault in faults:
        for cell in fault["cell"].split(AND):
            sheet, _mark, place = cell.partition("!")
            own = place if place[:1].isalpha() else f"A{place or 1}"
            found[sheet, own].append(f"{fault['head']}：{told(fault)}" if fault["head"] != NUMBER else told(fault))
    return found


def _redden(cell: Any, reasons: list[str]) -> None:
    cell.fill = PatternFill("solid", fgColor=PALE)
    cell.font = Font(name=cell.font.name, size=cell.font.size, bold=cell.font.bold, color=RED)
    cell.comment = Comment("\n".join(dict.fromkeys(reasons)), "一门", width=320, height=120)
