"""The workbook of an item's form: Chinese heads, lists of choices, how to fill in; tables on sheets of their own."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import xlsxwriter

from yimen.applications.queries.batches.layout import (
    CHOICES,
    FIRST,
    NOTES,
    NUMBER,
    ROWS_AT_MOST,
    SHEET,
    Head,
    column_letter,
    layout,
)
from yimen.law.masking import mask_numbers_in
from yimen.sheets.choices import Column, FormField, Kind
from yimen.sheets.ports import Prefilled
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.wording import text

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
HOW = {
    "date": "日期，如 2026-03-02",
    "period": "起止日期，如 2026-03-02 至 2026-12-31",
    "number": "数字",
    "money": "金额（元），如 1280.50",
    "phone": "手机号码，或者带区号的座机号码",
    "idcard": "18 位公民身份号码",
    "uscc": "18 位统一社会信用代码",
    "address": "从区县写起，如 梅江区江南街道江南路 1 号",
    "multi": "可以选几个，用顿号分开",
    "file": "写文件名，如 图纸.pdf；文件和工作簿一起上传，可以打成一个 zip",
}


def write(document: EditionDocument, known: Mapping[str, Prefilled]) -> bytes:
    """known: what is filled in by itself where a cell is left empty; the notes say so."""
    return _Writing(document, known).content()


class _Writing:
    def __init__(self, document: EditionDocument, known: Mapping[str, Prefilled]) -> None:
        self.document, self.known, self.layout = document, known, layout(document)
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, OPTIONS)
        base = {"font_name": "Microsoft YaHei", "font_size": 11, "valign": "vcenter"}
        self.head = self.book.add_format({**base, "bold": True, "bg_color": "#DCE6F4", "text_wrap": True, "border": 1})
        self.note = self.book.add_format({**base, "font_size": 9, "font_color": "#5A6675", "text_wrap": True})
        self.cell = self.book.add_format({**base, "num_format": "@"})
        self.number = self.book.add_format({**base, "num_format": "General"})
        self.lists: list[tuple[str, ...]] = []
        self.places = Places()

    def content(self) -> bytes:
        self.book.set_properties({"title": self.document.name})
        main = self._sheet(SHEET, self.layout.heads, [self._note(head.field) for head in self.layout.heads])
        main.activate()
        for name, (field, heads) in self.layout.tables.items():
            notes = [_note_of_column(head.field) for head in heads]
            page = self._sheet(name, heads, notes)
            page.write_comment(0, 0, f"“{SHEET}”表中是哪一行的{field.label}，写那一行的序号；一行写一条。")
        self._write_lists()
        self.book.close()
        return self.buffer.getvalue()

    def _sheet(self, name: str, heads: tuple[Head, ...], notes: list[str]) -> Any:
        page = self.book.add_worksheet(name)
        page.freeze_panes(FIRST - 1, 1)
        page.set_column(0, 0, 8, self.cell)
        page.set_row(0, 34)
        page.set_row(1, 64)
        page.write_string(0, 0, NUMBER, self.head)
        page.write_string(1, 0, NOTES, self.note)
        for place, (head, note) in enumerate(zip(heads, notes, strict=True), 1):
            numeric = head.field.type.value in ("number", "money")
            page.set_column(place, place, _width(head), self.number if numeric else self.cell)
            page.write_string(0, place, head.written, self.head)
            page.write_string(1, place, note, self.note)
            self._choices(page, place, head.field)
        return page

    def _note(self, field: FormField | Column) -> str:
        assert isinstance(field, FormField)  # noqa: S101 - the main sheet's columns are questions
        needed = "必填" if field.required and not field.show_if and field.name not in self.known else ""
        parts = [
            needed,
            HOW.get(field.kind.value, ""),
            _chosen(field),
            field.hint,
            self._when(field),
            self._known(field),
        ]
        return "；".join(part.rstrip("。；") for part in parts if part)

    def _known(self, field: FormField) -> str:
        found = self.known.get(field.name)
        return f"留空则用“{self._shown(field, found.value)}”（{found.note}）" if found else ""

    def _shown(self, field: FormField, value: Any) -> str:
        """Numbers of people are masked: a workbook goes from hand to hand."""
        return mask_numbers_in(text(field, value, self.places))

    def _when(self, field: FormField) -> str:
        return "只在需要时填写，其他行留空" if field.show_if else ""

    def _choices(self, page: Any, place: int, field: FormField | Column) -> None:
        """A drop-down; what one may choose several of is typed."""
        options = _options(field)
        if not options or (isinstance(field, FormField) and field.kind is Kind.MULTI):
            return
        if options not in self.lists:
            self.lists.append(options)
        letter = column_letter(self.lists.index(options) + 1)
        page.data_validation(
            FIRST - 1, place, FIRST + ROWS_AT_MOST, place,
            {
                "validate": "list",
                "source": f"={CHOICES}!${letter}$1:${letter}${len(options)}",
                "error_title": "请从列表中选择",
                "error_message": "请从下拉列表中选择。",
            },
        )  # fmt: skip

    def _write_lists(self) -> None:
        page = self.book.add_worksheet(CHOICES)
        for place, options in enumerate(self.lists):
            page.set_column(place, place, 24)
            for line, option in enumerate(options):
                page.write_string(line, place, option)


def _note_of_column(column: FormField | Column) -> str:
    return "；".join(part for part in (HOW.get(column.type.value, ""), _chosen(column)) if part)


def _chosen(field: FormField | Column) -> str:
    if isinstance(field, FormField) and field.kind is Kind.MULTI:
        return "可选：" + "、".join(_options(field))
    return "从列表中选择" if _options(field) else ""


def _options(field: FormField | Column) -> tuple[str, ...]:
    """A question's own choices, or those of its code list; yes and no of a yes-or-no question."""
    if field.type.value == "boolean":
        return ("是", "否")
    return field.options if isinstance(field, FormField) else tuple(field.choices or ())


def _width(head: Head) -> int:
    return min(40, max(12, len(head.title) * 2 + 2, 30 if head.field.type.value in ("address", "text") else 0))
