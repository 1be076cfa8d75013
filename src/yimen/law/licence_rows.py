"""What stands in the cells of an old register: numbers and dates as people wrote them over the years.

Rule in words: docs/rules/digitising.md
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

LONGEST_NUMBER, LONGEST_VALUE = 60, 1000
FIRST_DAY = date(1900, 1, 1)
FOR_EVER = frozenset({"长期", "长期有效", "永久", "永久有效", "无固定期限", "不限", "无限期"})
"""What stands in the place of a last day where there is none."""

_NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff()（）\[\]〔〕【】#·./\-—_]{1,60}")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+0?0:00(?::00)?(?:\.0+)?)?")
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
# The signs of a mask, and what may stand in their places.
_SIGNS = {"9": "[0-9]", "A": "[A-Z]", "N": "[0-9A-Z]", "字": "[\u4e00-\u9fff]"}


def number_of(text: str) -> str:
    """The number as the library keeps it: no blanks, one width of digits and letters; brackets stay as they are."""
    tight = "".join(text.split())
    if tight.isascii():
        return tight
    return "".join(sign if sign in "（）【】〔〕" else unicodedata.normalize("NFKC", sign) for sign in tight)


def number_wrong(number: str, mask: str = "") -> str:
    """Why this can't be the number of a licence; "" when it can. mask: how numbers of this kind look; "": any way."""
    if len(number) > LONGEST_NUMBER:
        return "编号超过60个字"
    if not _NUMBER.fullmatch(number):
        return "编号含有不应有的符号"
    if mask and not _pattern(mask).fullmatch(number):
        return "编号格式不对"
    return ""


@lru_cache(maxsize=20_000)
def day_of(text: str) -> date | None:
    """2015-03-02, 2015/3/2, 2015.3.2, 20150302, 2015年3月2日; None where that is no day."""
    found = _DAY.fullmatch(text.strip()) or _DIGITS.fullmatch(text.strip())
    if not found:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def mask_wrong(mask: str) -> str:
    """Why this is no mask of numbers; "" when it is one."""
    return number_wrong(mask) if mask else ""


@lru_cache(maxsize=64)
def _pattern(mask: str) -> re.Pattern[str]:
    """9: a digit; A: a capital; N: either; 字: a Chinese character; everything else stands for itself."""
    return re.compile("".join(_SIGNS.get(sign, re.escape(sign)) for sign in mask))
