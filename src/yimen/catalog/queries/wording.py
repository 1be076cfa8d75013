"""Two wordings of one text: which words went, which came, which stayed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import jieba

# Less than this in common, and it is another text, not another wording.
LEAST = 0.3
# A comma or a 的 between two changes belongs to them.
LINK = re.compile(r"[\W_]*[的地得和或及与、，。；]?[\W_]*")


@dataclass(frozen=True)
class Segment:
    """A stretch of text. same: in both; removed: only before; added: only after."""

    kind: Literal["same", "removed", "added"]
    text: str


def segments(before: str, after: str) -> list[Segment]:
    """Both texts at once: without the added the earlier, without the removed the later one."""
    one, two = _words(before), _words(after)
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    pieces = [("".join(one[a:b]), "".join(two[c:d])) for _tag, a, b, c, d in blocks]
    common = sum(len(first) for first, second in pieces if first == second)
    if common < LEAST * max(len(before), len(after), 1):
        pieces = [(before, after)]
    return list(_told(_joined(pieces)))


def _words(text: str) -> list[str]:
    """By words where there are such; nothing may get lost."""
    found = jieba.lcut(text, HMM=False)
    return found if "".join(found) == text else list(text)


def _joined(pieces: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Changes with nothing but a link between them are one change."""
    open_one: tuple[str, str] | None = None
    link = ""
    for first, second in pieces:
        if first != second:
            before, after = open_one or ("", "")
            open_one, link = (before + link + first, after + link + second), ""
        elif open_one is not None and not link and LINK.fullmatch(first):
            link = first
        else:
            yield from _let_go(open_one, link)
            open_one, link = None, ""
            yield first, second
    yield from _let_go(open_one, link)


def _let_go(change: tuple[str, str] | None, link: str) -> Iterator[tuple[str, str]]:
    if change is not None:
        yield change
    if link:
        yield link, link


def _told(pieces: Iterator[tuple[str, str]]) -> Iterator[Segment]:
    for before, after in pieces:
        if before == after:
            if before:
                yield Segment("same", before)
            continue
        if before:
            yield Segment("removed", before)
        if after:
            yield Segment("added", after)
