"""The national codes of an item (rule 18). Rule in words: docs/rules/catalogue.md"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yimen.law.said import said

from .finding import Hit
from .shapes import Codes

_BASIC = re.compile(r"[0-9]{10}|[0-9]{12}")
_IMPLEMENTATION = re.compile(r"[0-9A-Z]{18}[1-7][0-9]{12}")
_HANDLING = re.compile(r"[0-9A-Z]{31}[0-9]{2}")
REMEDY = said("按编码规则核对。")


def wrong_codes(codes: Codes) -> Iterator[Hit]:
    """Shapes: 12 (or 10) digits; 18 + level + 12; that + 2. Each contains the one before."""
    basic, implementation, handling = codes.basic, codes.implementation, codes.handling_item
    if basic and not _BASIC.fullmatch(basic):
        yield _wrong("basic", said("基本编码应为 12 位（或 10 位）数字"), basic)
    if implementation and not _IMPLEMENTATION.fullmatch(implementation):
        yield _wrong(
            "implementation", said("实施编码应为 18 位统一社会信用代码、1 位行使层级、12 位基本编码"), implementation
        )
    elif implementation and basic and len(basic) == 12 and not implementation.endswith(basic):
        yield _wrong("implementation", said("实施编码的后 12 位应为基本编码 {code}", code=basic), implementation)
    if handling and not _HANDLING.fullmatch(handling):
        yield _wrong("handling_item", said("业务办理项编码应为实施编码加 2 位数字"), handling)
    elif handling and implementation and not handling.startswith(implementation):
        yield _wrong("handling_item", said("业务办理项编码应以实施编码 {code} 开头", code=implementation), handling)


def _wrong(field: str, why: str, code: str) -> Hit:
    return Hit(
        "code_shape",
        f"codes.{field}",
        said("{why}，现在是“{code}”。", why=why, code=code),
        REMEDY,
        code,
        ((0, len(code)),),
    )
