"""Catch-all and vague words in names, conditions and standards (rule 10). Rule in words: docs/rules/catalogue.md

The words are data, patterns with a reason, an example and a source each (`data/catalogue_words.json`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from yimen.law.said import said, several

from .finding import Hit, Span
from .levelling import Level, levelled
from .shapes import Edition

Kind = Literal["catch_all", "vague"]
Where = Literal["name", "condition", "standard"]

WHERES = ("name", "condition", "standard")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of saying nothing. where: in which texts it is looked for."""

    kind: Kind
    where: tuple[Where, ...]
    pattern: re.Pattern[str]
    why: str
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """Offending words of one kind in a text, and why."""

    kind: Kind
    marks: tuple[Span, ...]
    why: str


class BadWording(ValueError):
    """A row of a city's word list that can't be read."""


class WordList:
    """The words that are looked for, and what was found in texts that come again and again."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self.wordings = tuple(wordings)
        self.offences = lru_cache(maxsize=20_000)(self._offences)

    def and_also(self, rows: Sequence[Mapping[str, Any]]) -> WordList:
        """The same with a city's own wordings, rows as in the data file. Raises BadWording."""
        return WordList([*self.wordings, *(wording(row) for row in rows)])

    def _offences(self, text: str, where: Where) -> tuple[Found, ...]:
        if not text:
            return ()
        level = levelled(text)
        catch_all = self._found("catch_all", level, where, ())
        vague = self._found("vague", level, where, catch_all.marks)
        return tuple(
            replace(found, marks=tuple(level.span(*mark) for mark in found.marks))
            for found in (catch_all, vague)
            if found.marks
        )

    def _found(self, kind: Kind, level: Level, where: Where, taken: tuple[Span, ...]) -> Found:
        """The spans of all patterns of a kind, joined where they touch; the reason of the first."""
        spans = [
            (match.span(), wording.why)
            for wording in self.wordings
            if wording.kind == kind and where in wording.where
            for match in wording.pattern.finditer(level.plain)
            if match.group()
        ]
        free = sorted(each for each in spans if not any(_touch(each[0], other) for other in taken))
        joined: list[Span] = []
        for (begin, end), _why in free:
            if joined and begin <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((begin, end))
        return Found(kind, tuple(joined), free[0][1] if free else "")


def wording(row: Mapping[str, Any]) -> Wording:
    """A row of a word list, read. Raises BadWording."""
    try:
        made = Wording(**{**row, "where": tuple(row["where"]), "pattern": re.compile(row["pattern"])})
    except (KeyError, TypeError, re.error) as wrong:
        raise BadWording(said("词表有误：{row}（{why}）", row=row, why=wrong)) from wrong
    if made.kind not in ("catch_all", "vague") or not set(made.where) <= set(WHERES):
        raise BadWording(said("词表有误：{row}", row=row))
    return made


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


STANDARD = WordList(
    [
        wording(row)
        for row in json.loads(resources.files("yimen.law").joinpath("data/catalogue_words.json").read_text("utf-8"))
    ]
)


def hits(document: Edition, words: WordList = STANDARD) -> Iterator[Hit]:
    """Everything that is worded so: names, conditions, and what materials, officers' checks among it, must be like."""
    for text, where, place, label in _texts(document):
        for found in words.offences(text, where):
            yield _hit(found, text, where, place, label)


def _texts(document: Edition) -> Iterator[tuple[str, Where, str, str]]:
    """Text, what it is, its place, what the place is called."""
    for number, material in enumerate(document.materials):
        place = f"materials[{number}]"
        yield material.name, "name", f"{place}.name", "材料名称"
        yield material.standard or "", "standard", f"{place}.standard", "受理标准"
        yield material.guidance or "", "standard", f"{place}.guidance", "材料办理说明"
        yield material.usage or "", "standard", f"{place}.usage", "使用说明"
        for each, point in enumerate(material.review_points):
            yield point, "standard", f"{place}.review_points[{each}]", "审查要点"
    for number, condition in enumerate(document.conditions):
        yield condition, "condition", f"conditions[{number}]", "受理条件"
    for number, service in enumerate(document.agents):
        yield service.name, "name", f"agents[{number}].name", "中介服务名称"
    for number, row in enumerate(document.fee.rows):
        yield row.name, "name", f"fee.rows[{number}].name", "收费项目名称"


def _hit(found: Found, text: str, where: Where, place: str, label: str) -> Hit:
    words = several(f"“{text[begin:end]}”" for begin, end in found.marks)
    if found.kind == "catch_all":
        rule = "catch_all_name" if where == "name" else "catch_all_text"
        sentence = said("{label}中的{words}是兜底的话：{why}。", label=said(label), words=words, why=said(found.why))
        return Hit(rule, place, sentence, "逐项写明，写不出来的删去。", text, found.marks)
    sentence = said("{label}中的{words}是模糊的话：{why}。", label=said(label), words=words, why=said(found.why))
    return Hit("vague_words", place, sentence, "写明名称、数量、期限，或者依据的名称和条款。", text, found.marks)
