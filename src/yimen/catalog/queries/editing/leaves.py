"""A plain value as a field shows it, and what somebody typed as the document keeps it.

What can't be read as what it should be (twelve days written as 十二) is kept as typed: a draft loses nothing, and the
checks say what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.queries.editing.specs import MISSING, Spec

BETWEEN = "："
# Line ends of other systems and of word processors; a hard blank is a blank.
BREAKS = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\xa0": " "})
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def show(spec: Spec, raw: Any) -> str | list[str]:
    """As typed: a text, or a list of chosen values."""
    if raw is MISSING or raw is None:
        raw = spec.default if raw is MISSING else None
    if spec.kind in ("multi", "series"):
        return [str(each) for each in raw] if isinstance(raw, list | tuple) else [str(raw)] if raw else []
    if raw is MISSING or raw is None:
        return ""
    return _text(spec.kind, raw)


def _text(kind: str, raw: Any) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if kind == "money" and isinstance(raw, int):
        return f"{Decimal(raw) / 100:f}"
    if isinstance(raw, float):
        return f"{raw:g}"
    if kind == "pairs" and isinstance(raw, Mapping):
        return "\n".join(f"{name}{BETWEEN}{value}" for name, value in raw.items())
    if kind == "fixed" and isinstance(raw, Mapping):
        return _("{name}，第 {n} 版").format(name=raw.get("slug", ""), n=raw.get("version", ""))
    if isinstance(raw, list | tuple):
        return "\n".join(str(each) for each in raw)
    return str(raw)


def same(one: str | list[str], other: str | list[str]) -> bool:
    """Did nobody change it? A browser's line ends and blanks around are no change."""
    if isinstance(one, list) or isinstance(other, list):
        return list(one) == list(other)
    return tidy(one).strip() == tidy(other).strip()


def tidy(text: str) -> str:
    """As people meant it: what a word processor leaves in a copied text (soft breaks, marks nobody sees) is undone."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").translate(BREAKS))


def read(spec: Spec, typed: str | list[str]) -> Any:
    """What the document keeps of what was typed."""
    if isinstance(typed, list):
        return [each for each in typed if each]
    text = typed.strip()
    if spec.kind == "lines":
        found = [line.strip() for line in text.splitlines() if line.strip()]
        return found or (None if spec.nullable else [])
    if spec.kind == "pairs":
        return _pairs(text)
    if not text:
        return _nothing(spec)
    return _READ.get(spec.kind, str)(text)


def _nothing(spec: Spec) -> Any:
    if spec.nullable:
        return None
    return "" if spec.default is MISSING else spec.default


def _pairs(text: str) -> dict[str, str]:
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        cut = next((place for place, letter in enumerate(line) if letter in "：:"), len(line))
        found[line[:cut].strip()] = line[cut + 1 :].strip()
    return found


def _integer(text: str) -> Any:
    return int(text) if text.isdecimal() and len(text) < 12 else text


def _number(text: str) -> Any:
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() and abs(value) < 1e9 else value if abs(value) < 1e9 else text


def _money(text: str) -> Any:
    try:
        cents = Decimal(text) * 100
    except InvalidOperation:
        return text
    return int(cents) if cents.is_finite() and cents == cents.to_integral_value() and abs(cents) < 10**12 else text


_READ: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "number": _number,
    "money": _money,
    "boolean": lambda text: {"true": True, "false": False}.get(text, text),
}
