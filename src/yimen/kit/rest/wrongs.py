"""What is wrong with a value, in Chinese, with a stable code: nobody should have to read a library's English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yimen.law.said import said, several

# pydantic's word: (our code, sentence)
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("missing", said("缺少这一项。")),
    "string_type": ("not_text", said("应为文字。")),
    "string_unicode": ("not_text", said("含有不能使用的字符。")),
    "string_too_short": ("too_short", said("不能少于 {min_length} 个字。")),
    "string_too_long": ("too_long", said("不能超过 {max_length} 个字。")),
    "string_pattern_mismatch": ("bad_format", said("格式不对。")),
    "int_type": ("not_a_whole_number", said("应为整数。")),
    "int_parsing": ("not_a_whole_number", said("应为整数。")),
    "int_parsing_size": ("out_of_range", said("数字过大。")),
    "int_from_float": ("not_a_whole_number", said("应为整数。")),
    "float_type": ("not_a_number", said("应为数字。")),
    "float_parsing": ("not_a_number", said("应为数字。")),
    "bool_type": ("not_yes_or_no", said("应为 true 或 false。")),
    "bool_parsing": ("not_yes_or_no", said("应为 true 或 false。")),
    "greater_than": ("out_of_range", said("应大于 {gt}。")),
    "greater_than_equal": ("out_of_range", said("不能小于 {ge}。")),
    "less_than": ("out_of_range", said("应小于 {lt}。")),
    "less_than_equal": ("out_of_range", said("不能大于 {le}。")),
    "list_type": ("not_a_list", said("应为列表。")),
    "too_short": ("too_few", said("至少要有 {min_length} 项。")),
    "too_long": ("too_many", said("最多 {max_length} 项。")),
    "dict_type": ("not_an_object", said("应为对象（{…}）。")),
    "model_type": ("not_an_object", said("应为对象（{…}）。")),
    "model_attributes_type": ("not_an_object", said("应为对象（{…}）。")),
    "enum": ("not_a_choice", said("只能是：{expected}。")),
    "literal_error": ("not_a_choice", said("只能是：{expected}。")),
    "json_invalid": ("malformed_body", said("不是有效的 JSON。")),
}
_DATES = ("not_a_date", said("应为日期，例如 2026-03-02。"))
_TIMES = ("not_a_time", said("应为日期或时间，例如 2026-03-02 或 2026-03-02T09:30。"))
_OTHERWISE = ("invalid", said("填写的内容不符合要求。"))


# Where several types are allowed pydantic tells what each of them misses, under its own name.
_BRANCHES = {"constrained-str", "str", "bool", "int", "float"}


def all_in_chinese(errors: Iterable[tuple[Mapping[str, Any], Sequence[int | str]]]) -> list[dict[str, str]]:
    """Every error with its place, each field once."""
    found: dict[str, dict[str, str]] = {}
    for error, place in errors:
        told = in_chinese(error, place[:-1] if place and place[-1] in _BRANCHES else place)
        found.setdefault(told["field"], told)
    return list(found.values())


def in_chinese(error: Mapping[str, Any], place: Sequence[int | str]) -> dict[str, str]:
    """{field, code, message} of one of pydantic's errors; place: where, without the part of the request."""
    kind, facts = str(error["type"]), dict(error.get("ctx") or {})
    if kind == "value_error":
        return _told(place, "invalid", next(iter(getattr(facts.get("error"), "args", ())), _OTHERWISE[1]))
    if "expected" in facts:
        facts["expected"] = several(str(facts["expected"]).replace("'", "").replace(" or ", ", ").split(", "))
    return _told(place, *_words(kind, facts))


def _words(kind: str, facts: dict[str, Any]) -> tuple[str, str]:
    if kind.startswith("datetime_"):
        return _TIMES
    if kind.startswith("date_"):
        return _DATES
    code, sentence = _SENTENCES.get(kind, _OTHERWISE)
    return code, said(sentence, **{name: fact for name, fact in facts.items() if f"{{{name}}}" in sentence})


def _told(place: Sequence[int | str], code: str, message: str) -> dict[str, str]:
    return {"field": field_of(place), "code": code, "message": message}


def field_of(place: Sequence[int | str]) -> str:
    """materials[0].key"""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.lstrip(".") or "body"
