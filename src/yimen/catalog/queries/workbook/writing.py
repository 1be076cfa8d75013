"""Making a workbook that an office likes to fill in: heads that stay in sight, drop-down lists, what each column means.

Every text is written as a text, so that "=1+1" is never reckoned and 007 stays 007.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from yimen.catalog.queries.workbook.columns import Column, Sheet
from yimen.catalog.queries.workbook.guiding import guide_lines
from yimen.catalog.queries.workbook.heads import SLUG
from yimen.catalog.queries.workbook.items import ITEMS
from yimen.catalog.queries.workbook.layout import CODES, GUIDE, SHEETS
from yimen.catalog.queries.workbook.rows import rows

HEAD_HEIGHT, ROOM = 32, 2_000
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}


@dataclass(frozen=True)
class Exported:
    """An item to be written: its document, and the mark of the state it was taken in."""

    document: Mapping[str, Any]
    stamp: str


# Lists of codes of the city: {name of the list: [(code, name)]}.
Codes = Mapping[str, Sequence[tuple[str, str]]]


def write(items: Iterable[Exported], *, title: str, made: datetime, codes: Codes) -> bytes:
    """The workbook of some items; of none it is an empty form."""
    return _Writing(list(items), title, made, codes).content()


class _Writing:
    def __init__(self, items: list[Exported], title: str, made: datetime, codes: Codes) -> None:
        self.items, self.title, self.made, self.codes = items, title, made, codes
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, OPTIONS)
        self.styles = styles(self.book)

    def content(self) -> bytes:
        self.book.set_properties({"title": self.title, "created": self.made.replace(tzinfo=None)})
        self._guide()
        for sheet in SHEETS:
            self._sheet(sheet)
        self._codes()
        self.book.close()
        return self.buffer.getvalue()

    def _guide(self) -> None:
        page = self.book.add_worksheet(GUIDE)
        page.hide_gridlines(2)
        for number, width in enumerate((16, 24, 64, 14, 10, 50)):
            page.set_column(number, number, width)
        for number, line in enumerate(guide_lines(self.title, self.made, len(self.items))):
            style = self.styles[line.style]
            for place, text in enumerate(line.cells):
                page.write_string(number, place, text, style)

    def _sheet(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(sheet.name)
        self._head(page, sheet)
        number = 0
        for item in self.items:
            for row in rows(sheet, item.document, item.stamp):
                number += 1
                for place, column in enumerate(sheet.columns):
                    put_cell(page, number, place, row[column.head], self._style(column))
        last = max(number + 500, ROOM)
        page.autofilter(0, 0, max(number, 1), len(sheet.columns) - 1)
        for place, column in enumerate(sheet.columns):
            self._choices(page, sheet, column, place, last)

    def _head(self, page: Any, sheet: Sheet) -> None:
        frozen = 2 if sheet is ITEMS else 1 + any(column.path == ("#",) for column in sheet.columns[:2])
        page.freeze_panes(1, frozen)
        page.set_tab_color("#1D4F91" if sheet is ITEMS else "#8CA9CF")
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width, self._style(column))
        page.set_row(0, HEAD_HEIGHT)
        for place, column in enumerate(sheet.columns):
            page.write_string(0, place, column.title, self.styles["needed" if column.needed else "head"])
            page.write_comment(0, place, comment(column), {"x_scale": 2, "y_scale": 1.2, "font_size": 10})

    def _style(self, column: Column) -> Any:
        if column.path == ("~",):
            return self.styles["locked"]
        if not column.codec.as_text:
            return self.styles["date" if column.head.endswith("日期") else "number"]
        return self.styles["long" if column.wraps else "text"]

    def _choices(self, page: Any, sheet: Sheet, column: Column, place: int, last: int) -> None:
        """A drop-down where one chooses. Codes of the city may be typed although the list doesn't have them yet."""
        source = self._source(sheet, column)
        if source:
            strict = bool(column.options)
            page.data_validation(
                1, place, last, place,
                {
                    "validate": "list",
                    "source": source,
                    "error_type": "stop" if strict else "warning",
                    "error_title": column.head[:32],
                    "error_message": "请从下拉列表中选择。" if strict else "列表中没有这个内容，请核对。",
                },
            )  # fmt: skip

    def _source(self, sheet: Sheet, column: Column) -> str:
        if column.path == SLUG.path and sheet is not ITEMS:
            return f"={ITEMS.name}!$A$2:$A${max(len(self.items) + 500, ROOM)}"
        lists = code_lists(self.codes)
        name = column.listed or (column.head if column.options else "")
        names = [each for each, _values in lists]
        key = name if column.listed else option_list(sheet, column)
        if key not in names:
            return ""
        place = names.index(key) * 2
        length = len(lists[names.index(key)][1])
        letter = xl_col_to_name(place)
        return f"={CODES}!${letter}$2:${letter}${length + 1}" if length else ""

    def _codes(self) -> None:
        """Columns in pairs: what one chooses, and its name where that says more."""
        page = self.book.add_worksheet(CODES)
        page.freeze_panes(1, 0)
        lists = code_lists(self.codes)
        for place, (name, _values) in enumerate(lists):
            page.set_column(place * 2, place * 2 + 1, 24, self.styles["text"])
            page.write_string(0, place * 2, name, self.styles["head"])
            page.write_string(0, place * 2 + 1, "名称", self.styles["head"])
        for number in range(max((len(values) for _name, values in lists), default=0)):
            for place, (_name, values) in enumerate(lists):
                if number < len(values):
                    page.write_string(number + 1, place * 2, values[number][0], self.styles["text"])
                    page.write_string(number + 1, place * 2 + 1, values[number][1], self.styles["text"])


def option_list(sheet: Sheet, column: Column) -> str:
    """The name of a closed list among the codes; yes and no are one list for all."""
    return "是否" if column.options == ("是", "否") else f"{sheet.name}·{column.head}"


def code_lists(codes: Codes) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """All lists of the sheet of codes: the city's, then the closed ones."""
    lists: dict[str, Sequence[tuple[str, str]]] = dict(codes)
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.options:
                lists.setdefault(option_list(sheet, column), [(word, "") for word in column.options])
    return list(lists.items())


def comment(column: Column) -> str:
    """What a head says when one points at it."""
    parts = [column.note, "必须填写" if column.needed else "选填"]
    if column.options:
        parts.append(f"只能是：{'、'.join(column.options)}")
    if column.number:
        parts.append(f"GB/T 39046 表 4 第 {column.number} 项")
    return "。\n".join(parts) + "。"


def put_cell(page: Any, row: int, place: int, value: Any, style: Any = None) -> None:
    """Write one cell as what it is; a text always as a text."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value, style)
    elif isinstance(value, int | float):
        page.write_number(row, place, value, style)
    elif isinstance(value, date | time | timedelta):
        page.write_datetime(row, place, value, style)
    else:
        page.write_string(row, place, value, style)


def styles(book: Any) -> dict[str, Any]:
    """The looks of cells, by name."""
    base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
    head = base | {"bold": True, "valign": "vcenter", "text_wrap": True, "border": 1, "border_color": "#B7C6DA"}
    looks: dict[str, dict[str, Any]] = {
        "head": head | {"bg_color": "#E8EEF7"},
        "needed": head | {"bg_color": "#1D4F91", "font_color": "#FFFFFF"},
        "text": base | {"num_format": "@"},
        "long": base | {"num_format": "@", "text_wrap": True},
        "number": base | {"align": "left"},
        "date": base | {"num_format": "yyyy-mm-dd", "align": "left"},
        "locked": base | {"num_format": "@", "font_color": "#7A7A7A", "bg_color": "#F2F2F2"},
        "wrong": base | {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1, "border_color": "#C00000",
                         "text_wrap": True},
        "title": base | {"bold": True, "font_size": 16, "font_color": "#1D4F91"},
        "section": base | {"bold": True, "font_size": 12},
        "plain": base,
    }  # fmt: skip
    return {name: book.add_format(look) for name, look in looks.items()}
