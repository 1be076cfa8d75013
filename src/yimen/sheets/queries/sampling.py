"""Sample answers that fit: what an editor tests a form with. Nobody's data: numbers that only look real."""

from __future__ import annotations

from collections.abc import Callable
from re import _parser as patterns  # type: ignore[attr-defined]
from typing import Any

from yimen.sheets.choices import Column, ColumnKind, FormField, Kind, Sheet
from yimen.sheets.queries.reading import read
from yimen.sheets.queries.values import Unreadable

IDCARD, USCC, PHONE, DAY = "11010519491231002X", "91350100M000100Y43", "13800138000", "2026-03-02"


def sample(sheet: Sheet) -> dict[str, Any]:
    """An answer to every field, as plain values; fields for which none can be thought of are left out."""
    found: dict[str, Any] = {}
    for field in sheet.form_fields:
        try:
            found[field.name] = read(field, SAMPLES[field.kind](field))
        except Unreadable:
            continue
    return found


def _text(field: FormField) -> str:
    asked = field.format
    if asked and asked.pattern:
        return _matching(patterns.parse(asked.pattern))
    longest = min(field.max_length, (asked and asked.max_length) or field.max_length)
    text = f"示例{field.label}"
    least = (asked and asked.min_length) or 0
    return (text * (least // len(text) + 1))[: max(least, min(longest, len(text)))]


def _number(field: FormField) -> float:
    asked = field.format
    low = asked.minimum if asked and asked.minimum is not None else None
    high = asked.maximum if asked and asked.maximum is not None else None
    if low is None:
        return high if high is not None and high < 12 else 12
    return low if high is not None and low + 1 > high else low + 1


def _table(field: FormField) -> list[dict[str, Any]]:
    return [{column.name: _cell(column) for column in field.table}]


def _cell(column: Column) -> Any:
    plain = {ColumnKind.NUMBER: 1, ColumnKind.DATE: DAY, ColumnKind.PHONE: PHONE, ColumnKind.IDCARD: IDCARD}
    if column.type is ColumnKind.CHOICE:
        return (column.choices or ("",))[0]
    return plain.get(column.type, f"示例{column.label}")


SAMPLES: dict[Kind, Callable[[FormField], Any]] = {
    Kind.TEXT: _text,
    Kind.TEXTAREA: _text,
    Kind.CHOICE: lambda field: field.options[0],
    Kind.MULTI: lambda field: [field.options[0]],
    Kind.BOOLEAN: lambda field: True,
    Kind.NUMBER: _number,
    Kind.DATE: lambda field: DAY,
    Kind.PHONE: lambda field: PHONE,
    Kind.IDCARD: lambda field: IDCARD,
    Kind.USCC: lambda field: USCC,
    Kind.ADDRESS: lambda field: {"detail": "示例路 1 号"},
    Kind.TABLE: _table,
    Kind.FILE: lambda field: {"file": "00000000-0000-4000-8000-000000000000", "name": "示例.pdf"},
    Kind.PERIOD: lambda field: {"from": DAY, "to": "2026-06-30"},
    Kind.MONEY: lambda field: str(_number(field)),
    Kind.DECLARATION: lambda field: True,
    Kind.SIGNATURE: lambda field: "张三",
}


def _matching(parsed: Any) -> str:
    """The shortest text that a plain pattern matches."""
    return "".join(_piece(str(operator), value) for operator, value in parsed)


def _piece(operator: str, value: Any) -> str:
    match operator:
        case "LITERAL":
            return chr(value)
        case "ANY" | "NOT_LITERAL":
            return "x"
        case "IN":
            return _one_of(value)
        case "MAX_REPEAT" | "MIN_REPEAT":
            return _matching(value[2]) * int(value[0])
        case "SUBPATTERN":
            return _matching(value[3])
        case "BRANCH":
            return _matching(value[1][0])
    return ""


def _one_of(members: Any) -> str:
    operator, value = members[0]
    if str(operator) == "NEGATE":
        return "x"
    if str(operator) == "RANGE":
        return chr(value[0])
    if str(operator) == "CATEGORY":
        return "1" if str(value) == "CATEGORY_DIGIT" else " " if str(value) == "CATEGORY_SPACE" else "x"
    return chr(value)
