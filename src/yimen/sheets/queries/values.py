"""What every value of a form is read with: blanks, half-width signs, dates; and why one can't be taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.law.said import said

_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?(?:[T ].*)?")
_DATE_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class GivenFile:
    """A file as it was sent for a field, not kept yet. content: bytes or an open file."""

    name: str
    content: Any


class Unreadable(Exception):
    """Why a value can't be taken."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, said(message)


def empty(raw: Any) -> bool:
    """Is nothing written? False and 0 are something."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Mapping):
        return all(empty(part) for part in raw.values())
    if isinstance(raw, Sequence):
        return all(empty(part) for part in raw)
    return raw is None


def tidy(text: str, *, lines: bool = False) -> str:
    """Without control and direction characters, surrogates and outer blanks; in one line unless lines are allowed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return kept.strip() if lines else " ".join(kept.split())


def words(raw: Any) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Unreadable("not_text", "请填写文字。")
    return tidy(str(raw))


def half_width(raw: Any) -> str:
    return unicodedata.normalize("NFKC", words(raw)).strip()


def read_date(field: object, raw: Any) -> str:
    text = half_width(raw)
    parts = _DATE_DIGITS.fullmatch(text) or _DATE.fullmatch(text)
    if not parts:
        raise Unreadable("not_a_date", "请填写日期，例如 2026-03-02。")
    year, month, day = (int(part) for part in parts.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        why = said("{year}年{month}月{day}日不存在，请核对。", year=year, month=month, day=day)
        raise Unreadable("no_such_day", why) from None
    if not 1800 <= year <= 2300:
        raise Unreadable("no_such_day", said("年份 {year} 有误，请核对。", year=year))
    return found.isoformat()
