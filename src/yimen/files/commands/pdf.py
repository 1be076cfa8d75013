"""What would run by itself when a PDF is opened: scripts, programs that are started, rich media (ISO 32000-1 12.6.4).

Names may be written with #-codes, and may lie packed in object streams; the streams of pages and pictures hold none.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)(?=[\s/<(\[>]|$)")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST_INFLATED = 32 * 1024 * 1024
DICTIONARY = 4096  # so far back a stream's own dictionary begins
BEGIN, END = b"stream", b"endstream"


def runs(content: bytes) -> bool:
    """Has it a script, a program to start, or rich media?"""
    return any(RUNS.search(ESCAPED.sub(_plain, part)) for part in _parts(content))


def _plain(code: re.Match[bytes]) -> bytes:
    return bytes([int(code[1], 16)])


def _parts(content: bytes) -> Iterator[bytes]:
    """What lies outside streams, and inside object streams."""
    place, left = 0, MOST_INFLATED
    while (begin := content.find(BEGIN, place)) >= 0:
        end = content.find(END, begin)
        if end < 0:
            break
        head = content[place:begin]
        yield head
        if b"ObjStm" in head[-DICTIONARY:]:
            unpacked = _inflated(content[begin + len(BEGIN) : end].lstrip(b"\r\n"), left)
            left -= len(unpacked)
            yield unpacked
        place = end + len(END)
    yield content[place:]


def _inflated(packed: bytes, most: int) -> bytes:
    if most <= 0:
        return b""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return packed  # not packed, or broken: looked at as it is
