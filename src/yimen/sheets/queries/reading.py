"""Liberal reading of one value: what people and programs really write becomes one plain form, or a reason why not.

Plain forms: text str; choice str; multi list[str]; boolean bool; number int or float; date "2026-03-02"; phone, idcard,
uscc str; address {"division": code or "", "detail": str}; table list of {column: value}; period {"from": date, "to":
date}; money {"cents": int}; declaration True; file {"file": id, "name": str}; signature {"name": str} (who signs and
when is added where it is kept). Nothing written: None.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from yimen.law import identifiers
from yimen.law.said import said, several
from yimen.sheets.choices import MAX_ROWS, MAX_TEXT, Column, ColumnKind, FormField, Kind
from yimen.sheets.queries.compound import declaration, money, period, require_format, signature
from yimen.sheets.queries.values import GivenFile, Unreadable, empty, half_width, read_date, tidy, words

__all__ = ["FALSE", "PARTS", "TRUE", "Unreadable", "empty", "read", "tidy"]

TRUE = frozenset({"true", "yes", "y", "1", "on", "是", "有", "对", "同意"})
FALSE = frozenset({"false", "no", "n", "0", "off", "否", "无", "没有", "不", "不同意"})
FURTHEST = 1e15
LONG_LIST = 20

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,8})?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3})-?([2-9]\d{6,7})(?:-(\d{1,6}))?")
_OTHER_PHONE = re.compile(r"[48]00\d{7}|[19]\d{4}|\+?00?\d{7,15}|\+\d{7,15}|[2-9]\d{6,7}")
_UUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONGEST_FILE_NAME = 160
_DIVISION = re.compile(r"\d{6}(\d{3}(\d{3})?)?")


def read(field: FormField, raw: Any, today: date = date.max) -> Any:
    """The plain form of a raw value; None when nothing was written. Raises Unreadable."""
    if empty(raw):
        return None
    value = READERS[field.kind](field, raw)
    if field.format is not None:
        require_format(field, value)
    if field.kind is Kind.IDCARD:
        _require(identifiers.citizen_id(value, today=today), "bad_citizen_id")
    return value


def _text(field: FormField, raw: Any) -> str:
    if not isinstance(raw, str):
        raw = words(raw)
    text = tidy(raw, lines=field.kind is Kind.TEXTAREA)
    if len(text) > field.max_length:
        why = said("最多 {most} 个字，现在有 {count} 个字。", most=field.max_length, count=len(text))
        raise Unreadable("too_long", why)
    return text


def _choice(field: FormField, raw: Any) -> str:
    choices = field.options
    if isinstance(raw, bool):
        raw = "是" if raw else "否"
    if isinstance(raw, list) and len(raw) == 1:
        raw = raw[0]
    wanted = _fold(words(raw))
    found = next((choice for choice in choices if _fold(choice) == wanted), None)
    if found is None and len(choices) > LONG_LIST:
        raise Unreadable("not_a_choice", "请从列表中选择一项，可以先输入几个字查找。")
    if found is None:
        raise Unreadable("not_a_choice", said("请从以下选项中选择：{choices}。", choices=several(choices)))
    return found


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _multi(field: FormField, raw: Any) -> list[str]:
    parts = raw if isinstance(raw, list | tuple) else re.split(r"[、,，;；\n]", words(raw))
    picked = {_choice(field, part) for part in parts if not empty(part)}
    return [choice for choice in field.options if choice in picked]


def _boolean(field: FormField, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = half_width(raw).casefold()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise Unreadable("not_yes_or_no", "请选择“是”或者“否”。")


def _number(field: FormField | Column, raw: Any) -> int | float:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        number: float = raw
    else:
        text = re.sub(r"[,，\s]", "", half_width(raw))
        if field.unit and text.endswith(field.unit):
            text = text.removesuffix(field.unit)
        if not _NUMBER.fullmatch(text):
            raise Unreadable("not_a_number", "请填写数字，例如 120 或者 36.5。")
        number = float(text)
    # In this order: a whole number may be too big for a float.
    if abs(number) >= FURTHEST or not math.isfinite(number):
        raise Unreadable("not_a_number", "数字过大，请核对。")
    return int(number) if float(number).is_integer() else float(number)


def _phone(field: FormField | Column, raw: Any) -> str:
    text = re.sub(r"[\s()]", "", half_width(raw)).replace("—", "-").replace("–", "-")
    digits = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", text).replace("-", "")
    if _MOBILE.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch(re.sub(r"^(\+86|0086)-?", "", text))
    if landline:
        return "-".join(part for part in landline.groups() if part)
    if _OTHER_PHONE.fullmatch(digits):
        return digits
    raise Unreadable("not_a_phone", "请填写 11 位手机号码，或者带区号的座机号码，例如 0753-2345678。")


def _idcard(field: FormField | Column, raw: Any) -> str:
    value = identifiers.normalise(half_width(raw))
    _require(identifiers.citizen_id(value, today=date.max), "bad_citizen_id")
    return value


def _uscc(field: FormField, raw: Any) -> str:
    value = identifiers.normalise(half_width(raw))
    _require(identifiers.uscc(value), "bad_uscc")
    return value


def _require(verdict: identifiers.Verdict, code: str) -> None:
    if not verdict:
        raise Unreadable(code, verdict.why)


def _address(field: FormField, raw: Any) -> dict[str, str]:
    if isinstance(raw, str):
        parts: Mapping[str, Any] = {"detail": raw}
    elif isinstance(raw, Mapping):
        parts = raw
    else:
        raise Unreadable("bad_address", "请填写地址。")
    _nothing_else(parts, {"division", "detail", *PARTS})
    deepest = next((parts[name] for name in (*reversed(PARTS), "division") if not empty(parts.get(name))), "")
    code = re.sub(r"(000){1,2}$", "", half_width(deepest)) if len(str(deepest)) == 12 else half_width(deepest)
    if code and not _DIVISION.fullmatch(code):
        raise Unreadable("no_such_division", "请从列表中选择所在的区划。")
    detail = tidy(str(parts.get("detail") or ""))
    if len(detail) > 300:
        raise Unreadable("too_long", "详细地址最多 300 个字。")
    return {"division": code, "detail": detail}


def _file(field: FormField, raw: Any) -> dict[str, str]:
    """What was kept, by its number; what was only just sent has none yet."""
    if isinstance(raw, GivenFile):
        return {"file": "", "name": tidy(raw.name)}
    if not isinstance(raw, Mapping) or not isinstance(raw.get("file"), str) or not _UUID.fullmatch(raw["file"]):
        raise Unreadable("not_a_file", "请上传文件。")
    _nothing_else(raw, {"file", "name"})
    return {"file": raw["file"].lower(), "name": tidy(str(raw.get("name") or ""))[:LONGEST_FILE_NAME]}


PARTS = ("county", "town", "village")


def _nothing_else(parts: Mapping[str, Any], known: set[str]) -> None:
    unknown = [str(name) for name in parts if name not in known]
    if unknown:
        raise Unreadable("unknown_part", said("不认识的内容：{names}。", names="、".join(unknown)[:80]))


def _table(field: FormField, raw: Any) -> list[dict[str, Any]]:
    lines = raw.splitlines() if isinstance(raw, str) else raw
    if isinstance(lines, Mapping):
        lines = [lines]
    if not isinstance(lines, list | tuple):
        raise Unreadable("not_a_table", "请逐行填写表格。")
    rows = [(place, line) for place, line in enumerate(lines, 1) if not empty(line)]
    if len(rows) > MAX_ROWS:
        raise Unreadable("too_many_rows", said("最多 {most} 行，现在有 {count} 行。", most=MAX_ROWS, count=len(rows)))
    return [_row(field.table, place, line) for place, line in rows]


def _row(columns: tuple[Column, ...], place: int, line: Any) -> dict[str, Any]:
    """One row. A bare value is the first text column; what a program sends beyond the columns is kept as text."""
    if not isinstance(line, Mapping):
        line = {next((each.name for each in columns if each.type is ColumnKind.TEXT), columns[0].name): line}
    names = {column.label: column.name for column in columns} | {column.name: column.name for column in columns}
    if len(line) > len(columns) + MAX_EXTRA_CELLS:
        raise Unreadable("too_many_columns", said("第 {place} 行的列过多。", place=place))
    cells = {names[name]: value for name, value in line.items() if name in names}
    row = {column.name: _cell(column, place, cells.get(column.name)) for column in columns}
    extra = {tidy(str(name))[:64]: _cell(EXTRA, place, value) for name, value in line.items() if name not in names}
    return row | {name: value for name, value in extra.items() if name and value is not None}


MAX_EXTRA_CELLS = 20
EXTRA = Column(name="extra", label="其他")


def _cell(column: Column, place: int, raw: Any) -> Any:
    if empty(raw):
        return None
    try:
        return CELLS[column.type](column, raw)
    except Unreadable as wrong:
        told = said("第 {place} 行“{column}”：{why}", place=place, column=column.label, why=wrong.message)
        raise Unreadable(wrong.code, told) from None


def _cell_text(column: Column, raw: Any) -> str:
    text = words(raw)
    if len(text) > MAX_TEXT:
        raise Unreadable("too_long", said("最多 {most} 个字。", most=MAX_TEXT))
    return text


def _cell_choice(column: Column, raw: Any) -> str:
    return _choice(FormField(name="cell", label=column.label, type=Kind.CHOICE, choices=column.choices or ("",)), raw)


CELLS: dict[ColumnKind, Callable[[Column, Any], Any]] = {
    ColumnKind.TEXT: _cell_text,
    ColumnKind.NUMBER: _number,
    ColumnKind.CHOICE: _cell_choice,
    ColumnKind.DATE: read_date,
    ColumnKind.PHONE: _phone,
    ColumnKind.IDCARD: _idcard,
}
READERS: dict[Kind, Callable[[FormField, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.TEXTAREA: _text,
    Kind.CHOICE: _choice,
    Kind.MULTI: _multi,
    Kind.BOOLEAN: _boolean,
    Kind.NUMBER: _number,
    Kind.DATE: read_date,
    Kind.PHONE: _phone,
    Kind.IDCARD: _idcard,
    Kind.USCC: _uscc,
    Kind.ADDRESS: _address,
    Kind.TABLE: _table,
    Kind.FILE: _file,
    Kind.PERIOD: period,
    Kind.MONEY: money,
    Kind.DECLARATION: declaration,
    Kind.SIGNATURE: signature,
}
