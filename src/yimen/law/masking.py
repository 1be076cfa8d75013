"""What of a personal value may be shown to somebody it does not concern. Rule in words: docs/rules/masking.md

个人信息保护法 51 asks for de-identification; GB/T 35273-2020 for masking on screens. A firm's code is public and stays.
"""

from __future__ import annotations

import re

_PAIRS = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙"
    "宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌"
    "微生公户公玉公仪梁丘公仲公上公门公山公坚左丘公伯西门公祖第五公乘贯丘公皙南荣东里东宫仲长子书子桑即墨达奚褚师"
)
COMPOUND_SURNAMES = frozenset(_PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2))
"""Surnames of two characters."""

_TO_TOWN = re.compile(r"^.*?(?:街道|镇|乡|苏木)")
_TO_COUNTY = re.compile(r"^.*(?:区|县|旗|市|省)")
# Region, birth date of 1800 to 2099, sequence, check: a firm's code of digits alone hardly ever looks like that.
_CITIZEN = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])",
    re.ASCII,
)
HIDDEN = "****"


def mask_name(name: str) -> str:
    """张三 as 张*, 张小三 as 张*三, 欧阳锋 as 欧阳*, 欧阳小锋 as 欧阳*锋; of other names the first letter."""
    name = name.strip()
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]
    given = name[len(surname) :]
    if not given:
        return "*" if name else ""
    if len(given) == 1 or not _is_han(name):
        return surname + "*" * min(len(given), 4)
    return surname + "*" * (len(given) - 1) + given[-1]


def mask_number(number: str) -> str:
    """A citizen number as 4419***********123; any other number of a person keeps at most its first 2 and last 2."""
    if len(number) == 18:
        return _middle(number, 4, 3)
    return _middle(number, 2, 2) if len(number) > 5 else "*" * len(number)


def mask_numbers_in(text: str) -> str:
    """A text with every citizen number in it masked; other digits stay as they are."""
    return _CITIZEN.sub(lambda found: mask_number(found[0]), text)


def mask_phone(phone: str) -> str:
    """13812341234 as 138****1234; a number of another length keeps its last 4 at most."""
    digits = phone.strip()
    if len(digits) == 11:
        return _middle(digits, 3, 4)
    return _middle(digits, 0, 4) if len(digits) > 6 else "*" * len(digits)


def mask_address(address: str) -> str:
    """An address down to the town: 岭东市城东区河口镇****; without a town down to the county, else nothing of it."""
    found = _TO_TOWN.match(address) or _TO_COUNTY.match(address)
    if found is None:
        return HIDDEN if address else ""
    return found.group() + HIDDEN


def _middle(value: str, head: int, tail: int) -> str:
    return value[:head] + "*" * (len(value) - head - tail) + value[len(value) - tail :]


def _is_han(name: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in name)
