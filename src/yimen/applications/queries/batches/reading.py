"""A filled-in workbook: every line checked with the form's own rules, every fault at once and with its cell."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from yimen.applications.queries.batches.layout import (
    CHOICES,
    FIRST,
    NOTES,
    NUMBER,
    ROWS_AT_MOST,
    SHEET,
    Head,
    Layout,
    column_letter,
    layout,
)
from yimen.applications.queries.batches.sent import Files, NoSuchFile, asks_files
from yimen.applications.queries.reading import field_needs
from yimen.city.queries import address_parts
from yimen.kit.errors import Refusal
from yimen.kit.workbooks import Row, Unreadable, cells, require_workbook, sheets
from yimen.law.completeness import missing
from yimen.law.said import AND, packed, said, several
from yimen.sheets import queries as forms
from yimen.sheets.choices import FormField, Kind

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument
    from yimen.law.completeness import Missing

log = logging.getLogger(__name__)
MAX_COLUMNS, MAX_LINES, LARGEST_EXACT = 400, 20_000, 10**15


class NoApplications(Refusal):
    code = "batch_empty"
    sentence = "工作簿里没有申请：请从第 {first} 行起填写，每行一件。"
    status = 422


class TooManyApplications(Refusal):
    code = "batch_too_long"
    sentence = "一个工作簿最多 {most} 件申请，请分成几个。"
    status = 422


class NotThisForm(Refusal):
    code = "batch_other_form"
    sentence = "这不是“{item}”的工作簿，或者表头被改动过。请下载最新的工作簿填写。"
    status = 422


@dataclass(frozen=True)
class Fault:
    """What is wrong: where (申请!C5; every cell that a rule between fields reads), which questions, why in words."""

    cell: str
    head: str
    message: str
    code: str = ""

    def stored(self) -> dict[str, Any]:
        told = {"cell": self.cell, "head": self.head, "message": self.message, "code": self.code}
        return told | {"said": packed(self.message)}


@dataclass
class Line:
    """One application of a workbook: raw as written, answers as the form keeps them."""

    place: int
    number: str
    raw: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)


def read(
    content: bytes, document: EditionDocument, known: Mapping[str, Any], *, today: date, files: Files | None = None
) -> list[Line]:
    """Every line with its answers and faults. known: what is filled in where a cell is left empty; files: what cells

    may name, and stands in the answers by its key.

    Raises Unreadable (what the file is instead), NotThisForm, NoApplications, TooManyApplications.
    """
    plan, pages = layout(document), _pages(content)
    lines = _lines(pages, plan, document)
    _tables(pages, plan, lines)
    for line in lines:
        _name_files(line, plan, document, files or Files())
        _check(line, plan, document, known, today)
    return lines


def _pages(content: bytes) -> dict[str, dict[int, Row]]:
    source = io.BytesIO(content)
    require_workbook(source)
    found: dict[str, dict[int, Row]] = {}
    try:
        for sheet in sheets(source):
            if sheet.name != CHOICES:
                with sheet.open() as opened:
                    found[sheet.name] = dict(_rows(sheet.parser(opened).parse()))
    except Refusal:
        raise
    except Exception as broken:  # openpyxl raises whatever a broken part happens to cause
        log.info("a workbook of applications could not be read: %r", broken)
        raise Unreadable from broken
    return found


def _rows(parsed: Iterator[tuple[int, list[dict[str, Any]]]]) -> Iterator[tuple[int, Row]]:
    for count, (number, row) in enumerate(parsed):
        if count > MAX_LINES:
            raise TooManyApplications(most=ROWS_AT_MOST)
        found = {column: cell for column, cell in cells(row) if column <= MAX_COLUMNS}
        if found:
            yield number, found


def _columns(rows: Mapping[int, Row], heads: tuple[Head, ...]) -> dict[int, Head]:
    """By what stands in the first line; columns may have been moved, their heads not changed."""
    titles = {head.title: head for head in heads}
    first = {place: " ".join(str(value).replace("*", "").split()) for place, (value, _kind) in rows.get(1, {}).items()}
    return {place: titles[title] for place, title in first.items() if title in titles}


def _lines(pages: Mapping[str, Mapping[int, Row]], plan: Layout, document: EditionDocument) -> list[Line]:
    rows = pages.get(SHEET, {})
    columns = _columns(rows, plan.heads)
    if len(columns) != len(plan.heads) or _text(rows.get(1, {}).get(1)) != NUMBER:
        raise NotThisForm(item=document.name)
    lines: list[Line] = []
    for place, row in rows.items():
        if place == 1 or (place < FIRST and _text(row.get(1)) == NOTES) or not (row.keys() & columns.keys()):
            continue
        line = Line(place, _text(row.get(1)) or str(place))
        _take(row, columns, line, SHEET, place, line.raw)
        lines.append(line)
    if not lines:
        raise NoApplications(first=FIRST)
    if len(lines) > ROWS_AT_MOST:
        raise TooManyApplications(most=ROWS_AT_MOST)
    _require_own_numbers(lines)
    return lines


def _require_own_numbers(lines: list[Line]) -> None:
    seen: dict[str, int] = {}
    for line in lines:
        if line.number in seen:
            why = said("序号和第 {line} 行相同。", line=seen[line.number])
            line.faults.append(Fault(f"{SHEET}!A{line.place}", NUMBER, why, "number_twice"))
        seen.setdefault(line.number, line.place)


def _tables(pages: Mapping[str, Mapping[int, Row]], plan: Layout, lines: list[Line]) -> None:
    by_number = {line.number: line for line in reversed(lines)}
    for name, (asked, heads) in plan.tables.items():
        rows = pages.get(name, {})
        columns = _columns(rows, heads)
        for place, row in rows.items():
            if place == 1 or (place < FIRST and _text(row.get(1)) == NOTES) or not (row.keys() & columns.keys()):
                continue
            line = by_number.get(_text(row.get(1)))
            if line is None:
                why = said("序号“{number}”在“{sheet}”表中没有。", number=_text(row.get(1)), sheet=SHEET)
                lines[0].faults.append(Fault(f"{name}!A{place}", NUMBER, why, "no_such_number"))
                continue
            cellsof: dict[str, Any] = {}
            _take(row, columns, line, name, place, cellsof)
            line.raw.setdefault(asked.name, []).append(cellsof)


def _take(row: Row, columns: Mapping[int, Head], line: Line, sheet: str, place: int, into: dict[str, Any]) -> None:
    for column, head in columns.items():
        if column in row:
            where = f"{sheet}!{column_letter(column)}{place}"
            try:
                into[head.field.name] = _value(*row[column], head)
            except ValueError as wrong:
                line.faults.append(Fault(where, head.title, str(wrong), "bad_cell"))
                line.wrong.add(head.field.name)


def _value(value: Any, kind: str, head: Head) -> Any:
    """What the form's reader is given. Raises ValueError with the reason."""
    if kind == "f":
        raise ValueError("这一格是公式，请复制后选择性粘贴为数值。")
    if kind == "e":
        raise ValueError("这一格是错误值（如 #N/A），请改正。")
    asked = head.field
    if isinstance(asked, FormField) and asked.kind is Kind.ADDRESS:
        return address_parts(_plain(value))
    if isinstance(value, bool) or (asked.type.value == "number" and isinstance(value, int | float)):
        return value
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if abs(value) >= LARGEST_EXACT:
            raise ValueError("Excel 把这一格当作数字，超过 15 位的部分已经丢失：请设为“文本”后重新填写。")
        return str(int(value)) if float(value).is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _text(cell: tuple[Any, str] | None) -> str:
    try:
        return _plain(cell[0]).strip() if cell else ""
    except ValueError:
        return ""


def _name_files(line: Line, plan: Layout, document: EditionDocument, files: Files) -> None:
    """What a cell calls a file becomes the file."""
    for name in asks_files(document):
        if name in line.raw:
            try:
                line.raw[name] = files.answer(str(line.raw[name]).strip())
            except NoSuchFile as wrong:
                del line.raw[name]
                line.wrong.add(name)
                line.faults.append(_fault(line, plan, document, name, wrong.args[0], wrong.code))


def _check(line: Line, plan: Layout, document: EditionDocument, known: Mapping[str, Any], today: date) -> None:
    """The form's own rules: each answer, what is missing given all of them, what must hold between them."""
    clean, errors = forms.check(document, line.raw, today=today)
    line.answers = {name: value for name, value in clean.items() if value is not None}
    for error in errors:
        line.wrong.add(error["field"])
        line.faults.append(_fault(line, plan, document, error["field"], error["message"], error["code"]))
    answers = {**known, **line.answers}
    later = {each.name for each in plan.signed}
    lacks = missing(fields=field_needs(document), materials=[], answers=answers, documents=set())
    for each in lacks:
        if each.key not in line.wrong | later:
            line.faults.append(_fault(line, plan, document, each.key, each.message, "missing"))
    for rule in forms.broken_rules(document, answers):
        if not line.wrong.intersection(rule.places):
            line.faults.append(_of_rule(line, plan, document, rule))


def _of_rule(line: Line, plan: Layout, document: EditionDocument, rule: Missing) -> Fault:
    """Said once, with every cell that the rule reads, in the form's order."""
    order = [each.name for each in document.form_fields if each.name in rule.places]
    parts = [_fault(line, plan, document, name, "", "") for name in order]
    heads = several(part.head for part in parts)
    return Fault(AND.join(part.cell for part in parts), heads, rule.message, rule.code)


def _fault(line: Line, plan: Layout, document: EditionDocument, name: str, message: str, code: str) -> Fault:
    asked = document.field(name)
    where = plan.letter(name)
    cell = where if where in plan.tables else f"{SHEET}!{where}{line.place}" if where else f"{SHEET}!{line.place}"
    return Fault(cell, asked.label if asked else name, message, code)
