"""One value in words: as papers and desks write it, in the language of the papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from yimen.law.money import in_words
from yimen.sheets.choices import FormField, Kind
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.values import empty

_UNIT = re.compile(r"^(?P<label>.+)（(?P<unit>[^（）]{1,10})）$")


def text(field: FormField, value: Any, places: Places) -> str:
    """One value in words; a value that could not be read is shown as it was written."""
    if empty(value):
        return ""
    if field.kind is Kind.ADDRESS:
        return places.words(value)
    if field.kind is Kind.TABLE and isinstance(value, list):
        return "\n".join(_row(field, place, row) for place, row in enumerate(value, 1))
    if field.kind is Kind.DATE:
        return _day(value)
    if field.kind in COMPOUND and (said := COMPOUND[field.kind](value)):
        return said
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    unit = label_and_unit(field)[1]
    return f"{_number(value)} {unit}" if unit and field.kind is Kind.NUMBER else _number(value)


def _period(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    first, last = str(value.get("from") or ""), str(value.get("to") or "")
    try:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    except ValueError:
        return f"{first} 至 {last}"
    return f"{_day(first)} 至 {_day(last)}（{days} 天）"


def _money(value: Any) -> str:
    """1,280.50 元（人民币壹仟贰佰捌拾元伍角整）: the words are the official ones, whatever language one reads."""
    if not isinstance(value, Mapping) or not isinstance(value.get("cents"), int):
        return str(value)
    cents = value["cents"]
    return f"{yuan(cents)} 元（{in_words(cents)}）"


def yuan(cents: int) -> str:
    """1,280.50; whole yuan without the point."""
    return f"{cents // 100:,}" + (f".{cents % 100:02d}" if cents % 100 else "")


def _signature(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    name, at = str(value.get("name") or ""), str(value.get("at") or "")
    if not at:
        return name
    when = f"{at[:10]} {at[11:16]}"
    if value.get("way") == "counter":
        return f"{name}（{when} 由窗口工作人员录入，纸质材料上有签名）"
    return f"{name}（{when} 用实名账户签名）"


COMPOUND: dict[Kind, Callable[[Any], str]] = {
    Kind.PERIOD: _period,
    Kind.MONEY: _money,
    Kind.SIGNATURE: _signature,
    Kind.DECLARATION: lambda value: "已阅读并同意" if value is True else "",
    Kind.FILE: lambda value: str(value.get("name") or "已上传的文件") if isinstance(value, Mapping) else str(value),
}


def _row(field: FormField, place: int, row: Any) -> str:
    if not isinstance(row, Mapping):
        return f"{place}. {row}"
    labels = {str(name): str(name) for name in row} | {column.name: column.label for column in field.table}
    cells = (f"{labels[name]} {_number(value)}" for name, value in row.items() if not empty(value))
    return f"{place}. {'，'.join(cells)}"


def _day(value: Any) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.year}年{day.month}月{day.day}日"


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) and abs(value) >= 10_000 else str(value)


def label_and_unit(field: FormField) -> tuple[str, str]:
    """A number's unit stands behind its label in the catalogues: 注册资本（万元）."""
    found = _UNIT.match(field.label) if field.kind is Kind.NUMBER and not field.unit else None
    unit = field.unit or ("元" if field.kind is Kind.MONEY else "")
    return (found["label"], found["unit"]) if found else (field.label, unit)
