"""The rules of the catalogue: each with its number, its words, examples, source, and how heavy it weighs by default.

The table itself is data (`data/catalogue_rules.json`). Rules in words: docs/rules/catalogue.md
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from yimen.law.said import said

from .finding import Finding, Hit, Severity

TABLE = resources.files("yimen.law").joinpath("data/catalogue_rules.json")

GROUPS = {
    1: "办件类型", 2: "跑动次数", 3: "不跑的路", 4: "全程网办", 5: "收费", 6: "办理结果", 7: "咨询、地点和时间",
    8: "主题分类", 9: "问答和流程", 10: "时限、委托和用语", 11: "材料要素", 12: "发布审核", 13: "证明",
    14: "已有证照和数据", 15: "中介服务", 16: "循环证明", 17: "设定依据", 18: "国标要素和编码", 19: "四级贯通",
    20: "数据元",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. code: stable; number: its group in GROUPS; says: in words; bad, good: examples; reason: why it weighs

    so by default; firm: a city may not weigh it less.
    """

    code: str
    number: int
    title: str
    says: str
    bad: str
    good: str
    source: str
    severity: Severity
    reason: str
    firm: bool

    @property
    def group(self) -> str:
        """What the rule is about, in a word."""
        return GROUPS[self.number]


def _read(row: Mapping[str, Any]) -> Rule:
    return Rule(**{**row, "severity": Severity(row["severity"])})


RULES: Mapping[str, Rule] = {row["code"]: _read(row) for row in json.loads(TABLE.read_text("utf-8"))}


class BadTable(ValueError):
    """A city's table of severities names a rule that isn't there, or softens one that can't be softened."""


def weights(changes: Mapping[str, str]) -> dict[str, Severity]:
    """The severity of every rule, with a city's changes. Raises BadTable."""
    for code, wanted in changes.items():
        if code not in RULES:
            raise BadTable(said("没有规则“{code}”。", code=code))
        if wanted not in set(Severity):
            raise BadTable(
                said("规则“{code}”的程度只能是 error、warning、off，现在是“{wanted}”。", code=code, wanted=wanted)
            )
        if RULES[code].firm and wanted != Severity.ERROR:
            raise BadTable(said("规则“{title}”出自法律法规，不能降低。", title=said(RULES[code].title)))
    return {code: Severity(changes.get(code, rule.severity)) for code, rule in RULES.items()}


def weighed(hits: Iterator[Hit], severities: Mapping[str, Severity], slug: str = "") -> list[Finding]:
    """Hits as findings: those that are off left out, errors first, else in the order of the rules."""
    found = [
        Finding(
            hit.rule,
            hit.place,
            severities.get(hit.rule, RULES[hit.rule].severity),
            hit.sentence,
            RULES[hit.rule].source,
            hit.remedy,
            hit.text,
            hit.marks,
            hit.slug or slug,
        )
        for hit in hits
    ]
    kept = [each for each in found if each.severity is not Severity.OFF]
    return sorted(kept, key=lambda each: each.severity is not Severity.ERROR)
