"""Catch-all and vague words in names, conditions and standards (rule 10). Rule in words: docs/rules/catalogue.md

The words are data, patterns with a reason, an example and a source each (`data/catalogue_words.json`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from .finding import Hit, Span
from .shapes import Edition

Kind = Literal["catch_all", "vague"]
Where = Literal["name", "condition", "standard"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of saying nothing. where: in which texts it is looked for."""

    kind: Kind
    where: tuple[Where, ...]
    pattern: re.Pattern[str]
    why: str
    example: str
    source: str


def _read() -> tuple[Wording, ...]:
    rows = json.loads(resources.files("yimen.law").joinpath("data/catalogue_words.json").read_text("utf-8"))
    return tuple(
        Wording(**{**row, "where": tuple(row["where"]), "pattern": re.compile(row["pattern"])}) for row in rows
    )


WORDINGS: Sequence[Wording] = _read()
NAMES: dict[Where, str] = {"name": "材料名称", "condition": "受理条件", "standard": "受理标准"}


@dataclass(frozen=True, slots=True)
class Found:
    """Offending words of one kind in a text, and why."""

    kind: Kind
    marks: tuple[Span, ...]
    why: str


@lru_cache(maxsize=20_000)
def offences(text: str, where: Where) -> tuple[Found, ...]:
    """What a text says without saying it: catch-all words first, vague ones only where no catch-all words stand."""
    catch_all = _found("catch_all", text, where, ())
    vague = _found("vague", text, where, catch_all.marks)
    return tuple(found for found in (catch_all, vague) if found.marks)


def hits(document: Edition) -> Iterator[Hit]:
    """Everything that is worded so."""
    for place, material in enumerate(document.materials):
        yield from _hits(material.name, "name", f"materials[{place}].name")
        yield from _hits(material.standard or "", "standard", f"materials[{place}].standard")
    for place, condition in enumerate(document.conditions):
        yield from _hits(condition, "condition", f"conditions[{place}]")


def _hits(text: str, where: Where, place: str) -> Iterator[Hit]:
    for found in offences(text, where):
        words = "、".join(f"“{text[begin:end]}”" for begin, end in found.marks)
        if found.kind == "catch_all":
            rule = "catch_all_name" if where == "name" else "catch_all_text"
            sentence = f"{NAMES[where]}中的{words}是兜底的话：{found.why}。"
            yield Hit(rule, place, sentence, "逐项写明，写不出来的删去。", text, found.marks)
        else:
            sentence = f"{NAMES[where]}中的{words}是模糊的话：{found.why}。"
            yield Hit("vague_words", place, sentence, "写明名称、数量、期限，或者依据的名称和条款。", text, found.marks)


def _found(kind: Kind, text: str, where: Where, taken: tuple[Span, ...]) -> Found:
    """The spans of all patterns of a kind, joined where they touch; the reason of the first."""
    spans: list[tuple[Span, str]] = []
    for wording in WORDINGS:
        if wording.kind == kind and where in wording.where:
            spans += [(match.span(), wording.why) for match in wording.pattern.finditer(text) if match.group()]
    free = sorted(each for each in spans if not any(_touch(each[0], other) for other in taken))
    joined: list[Span] = []
    for (begin, end), _why in free:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return Found(kind, tuple(joined), free[0][1] if free else "")


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
