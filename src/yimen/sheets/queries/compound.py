"""Values of several parts: periods, money, what one agrees to, signatures; and the format that a field asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from yimen.law.said import said
from yimen.sheets.choices import Format, FormField, Kind
from yimen.sheets.queries.values import Unreadable, empty, half_width, read_date, tidy, words

AGREED = frozenset({"true", "yes", "y", "1", "on", "是", "同意", "已阅读并同意"})
_BETWEEN = re.compile(r"\s*(?:至|到|—|–|~|～|/)\s*")
_AMOUNT = re.compile(r"(?:人民币|￥|¥|CNY)?(\d{1,13}(?:\.\d{1,2})?)(万)?元?", re.IGNORECASE)
LONGEST_NAME = 60


def period(field: FormField, raw: Any) -> dict[str, str]:
    """From a day to a day, both counted."""
    if isinstance(raw, str):
        parts = _BETWEEN.split(raw.strip())
        raw = dict(zip(("from", "to"), parts, strict=False)) if len(parts) == 2 else {}
    if not isinstance(raw, Mapping) or empty(raw.get("from")) or empty(raw.get("to")):
        raise Unreadable("half_a_period", "请填写起止两个日期。")
    first, last = read_date(field, raw["from"]), read_date(field, raw["to"])
    if last < first:
        raise Unreadable("period_reversed", "结束日期早于开始日期，请核对。")
    return {"from": first, "to": last}


def money(field: FormField, raw: Any) -> dict[str, int]:
    """A sum in cents. What one writes is yuan, with a comma, ¥ or 万元; {"cents": n} is taken as it is."""
    if isinstance(raw, Mapping):
        cents = raw.get("cents")
        if set(raw) != {"cents"} or isinstance(cents, bool) or not isinstance(cents, int) or not 0 <= cents < 10**15:
            raise Unreadable("not_money", "请填写金额，例如 1280.50。")
        return {"cents": cents}
    text = re.sub(r"[,，\s]", "", half_width(raw))
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise Unreadable("not_money", "请填写金额，最多两位小数，例如 1280.50。")
    try:
        cents = Decimal(found[1]) * (1_000_000 if found[2] else 100)
    except InvalidOperation:
        raise Unreadable("not_money", "请填写金额，例如 1280.50。") from None
    if cents >= 10**15 or cents != int(cents):
        raise Unreadable("not_money", "金额过大，请核对。")
    return {"cents": int(cents)}


def declaration(field: FormField, raw: Any) -> bool | None:
    """Agreed or nothing: whoever doesn't tick the box has not answered."""
    return True if raw is True or (isinstance(raw, str) and half_width(raw).casefold() in AGREED) else None


def signature(field: FormField, raw: Any) -> dict[str, str]:
    """The name that was signed with. Who that was and when, is added where the answer is kept."""
    name = tidy(words(raw.get("name") if isinstance(raw, Mapping) else raw))
    if not name or len(name) > LONGEST_NAME:
        raise Unreadable("not_a_name", "请填写您的姓名作为签名。")
    return {"name": name}


def require_format(field: FormField, value: Any) -> None:
    """Raises Unreadable where a value isn't what the field's format asks for."""
    asked = field.format
    if asked is None or value is None:
        return
    if isinstance(value, str) and field.kind in (Kind.TEXT, Kind.TEXTAREA):
        if asked.pattern and not re.fullmatch(asked.pattern, value):
            raise Unreadable(
                "bad_format", said("格式不对。{hint}", hint=field.hint) if field.hint else "格式不对，请核对。"
            )
        if asked.min_length and len(value) < asked.min_length:
            raise Unreadable("too_short", said("最少 {least} 个字。", least=asked.min_length))
        if asked.max_length and len(value) > asked.max_length:
            raise Unreadable("too_long", said("最多 {most} 个字。", most=asked.max_length))
    number = value.get("cents", 0) / 100 if field.kind is Kind.MONEY else value
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        _require_number(number, asked, field.unit or ("元" if field.kind is Kind.MONEY else ""))


def _require_number(number: float, asked: Format, unit: str) -> None:
    if asked.precision is not None and round(number, asked.precision) != number:
        why = said("最多 {digits} 位小数。", digits=asked.precision) if asked.precision else "请填写整数。"
        raise Unreadable("too_precise", why)
    if asked.minimum is not None and number < asked.minimum:
        raise Unreadable("too_small", said("不能小于 {least}{unit}。", least=f"{asked.minimum:g}", unit=unit))
    if asked.maximum is not None and number > asked.maximum:
        raise Unreadable("too_big", said("不能大于 {most}{unit}。", most=f"{asked.maximum:g}", unit=unit))
