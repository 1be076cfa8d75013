"""Which characters our fonts can draw, and what to print for those that they can't.

PDF/A forbids a missing glyph, and a rare name must not stop a notice: such a character is printed as its code
point, ［U+2A6D6］, which names it exactly. Invisible and direction-changing characters are left out.
"""

from __future__ import annotations

import functools
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as noto

FONT_FILES = (noto.serif_path(), noto.sans_path())
INVISIBLE = {"Cc", "Cf", "Cs"}
VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def printable(value: Any) -> Any:
    """The same facts with every text (keys too) made safe to set."""
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, Mapping):
        return {_printable_text(str(key)): printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value


def _printable_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_printable_character, text.replace("\r\n", "\n").replace("\r", "\n")))


def _printable_character(character: str) -> str:
    if character in "\n\t":
        return "\n" if character == "\n" else " "
    code = ord(character)
    if unicodedata.category(character) in INVISIBLE or any(code in span for span in VARIATION_SELECTORS):
        return ""
    return character if code in covered() else f"［U+{code:04X}］"


@functools.cache
def covered() -> frozenset[int]:
    """Code points that one of our fonts has; templates name them all, one after the other."""
    return frozenset(code for path in FONT_FILES for code in _code_points(path))


def _code_points(path: Path) -> Iterator[int]:
    """Read the font's cmap table (OpenType: format 12, groups of first, last, glyph)."""
    data = path.read_bytes()
    cmap = _table(data, b"cmap")
    for record in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        (offset,) = struct.unpack_from(">I", data, cmap + 4 + 8 * record + 4)
        form, groups = struct.unpack_from(">H10xI", data, cmap + offset)
        if form == 12:
            for group in range(groups):
                first, last = struct.unpack_from(">II", data, cmap + offset + 16 + 12 * group)
                yield from range(first, last + 1)


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        name, offset = struct.unpack_from(">4s4xI", data, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"font without {tag!r} table")
