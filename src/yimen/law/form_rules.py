"""What must hold between the fields of a form: end after start, rows that add up.

Rule in words: docs/rules/form-rules.md. A rule is silent while something that it looks at is not asked or not answered,
so that nobody is told of an error in what is still to come. Only `one_of` speaks of blanks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import reduce
from itertools import pairwise

from .completeness import is_blank
from .said import said, several

NUMBERS = frozenset({"number", "money"})
DAYS = frozenset({"date", "period"})
SIGNS = {"<": "小于", "<=": "不大于", ">": "大于", ">=": "不小于", "==": "等于"}


class RuleKind(StrEnum):
    """What sort of a rule."""

    ORDER = "order"
    ONE_OF = "one_of"
    EQUAL = "equal"
    DIFFER = "differ"
    COMPARE = "compare"
    SUM = "sum"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Rule:
    """fields: names, in the order that matters; a column of a table as `table.column`.

    order: days, none before the one before it (op "<": each later). compare: the first op the second, or op value. sum:
    the first is what the others add up to. distance: days from the first to the second, op value. one_of: at least one
    is answered. equal, differ: all, no two say the same. message: instead of the sentence that the rule makes.
    """

    kind: RuleKind
    fields: tuple[str, ...]
    op: str = ""
    value: float | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as rules see it. kind: its kind; columns: kinds of its columns by name."""

    name: str
    label: str
    kind: str
    columns: Mapping[str, str]
    column_labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold. fields: the form's fields that it looked at; message: Chinese."""

    rule: Rule
    fields: tuple[str, ...]
    message: str


def broken(
    rules: Sequence[Rule], fields: Sequence[Asked], answers: Mapping[str, object], shown: Collection[str]
) -> list[Broken]:
    """The rules that do not hold. shown: names of the fields that are asked now; answers: plain values."""
    known = {field.name: field for field in fields}
    found = []
    for rule in rules:
        names = owners(rule)
        judged = [name for name in names if name in shown] if rule.kind is RuleKind.ONE_OF else names
        if judged and all(name in known and name in shown for name in judged) and not _holds(rule, judged, answers):
            found.append(Broken(rule, tuple(judged), rule.message or sentence(rule, known, judged)))
    return found


def owners(rule: Rule) -> list[str]:
    """The form's fields that a rule looks at, each once: of `rows.amount` the table."""
    return list(dict.fromkeys(name.partition(".")[0] for name in rule.fields))


def unfit(rule: Rule, fields: Sequence[Asked]) -> str:
    """Why a rule can't be judged over a form, in Chinese; "" when it can."""
    known = {field.name: field for field in fields}
    for name in rule.fields:
        owner, _dot, column = name.partition(".")
        if owner not in known or (column and column not in known[owner].columns):
            return said("表单里没有“{name}”", name=name)
    kinds = [_kind(name, known) for name in rule.fields]
    least = 1 if rule.kind is RuleKind.COMPARE and rule.value is not None else 2
    if len(rule.fields) < least or len(set(rule.fields)) < len(rule.fields):
        return said("规则至少涉及 {least} 个不同的字段", least=least)
    if rule.kind in (RuleKind.COMPARE, RuleKind.DISTANCE) and rule.op not in SIGNS:
        return said("请写明怎样比较（op）：{signs}", signs=several(SIGNS))
    if rule.kind is RuleKind.DISTANCE and (rule.value is None or len(rule.fields) != 2):
        return said("相隔天数要写两个日期和天数（value）")
    wanted = NUMBERS if rule.kind in (RuleKind.COMPARE, RuleKind.SUM) else DAYS
    if rule.kind in (RuleKind.COMPARE, RuleKind.SUM, RuleKind.ORDER, RuleKind.DISTANCE) and not wanted.issuperset(
        kinds
    ):
        return said("规则只能用于数字或者金额") if wanted is NUMBERS else said("规则只能用于日期或者起止日期")
    return ""


def sentence(rule: Rule, known: Mapping[str, Asked], names: Sequence[str]) -> str:
    """What a rule asks for, in Chinese."""
    labels = [_label(name, known) for name in rule.fields]
    first, rest = labels[0], labels[1:]
    match rule.kind:
        case RuleKind.ORDER:
            pairs = [said("“{after}”不能早于“{before}”", before=a, after=b) for a, b in zip(labels, rest, strict=False)]
            if rule.op == "<":
                pairs = [
                    said("“{after}”必须晚于“{before}”", before=a, after=b) for a, b in zip(labels, rest, strict=False)
                ]
            return said("{what}。", what=several(pairs))
        case RuleKind.ONE_OF:
            return said("请至少填写其中一项：{fields}。", fields=several([known[name].label for name in names]))
        case RuleKind.EQUAL:
            return said("{fields}应当一致。", fields=several([f"“{each}”" for each in labels]))
        case RuleKind.DIFFER:
            return said("{fields}不能相同。", fields=several([f"“{each}”" for each in labels]))
        case RuleKind.SUM:
            return said("“{total}”应当等于{parts}之和。", total=first, parts=several([f"“{each}”" for each in rest]))
        case RuleKind.DISTANCE:
            return said(
                "从“{first}”到“{last}”的天数应当{sign} {value} 天。",
                first=first, last=rest[0], sign=said(SIGNS[rule.op]), value=f"{rule.value:g}",
            )  # fmt: skip
    other = f"“{rest[0]}”" if rest else f" {rule.value:g}"
    return said("“{first}”应当{sign}{other}。", first=first, sign=said(SIGNS[rule.op]), other=other)


def _holds(rule: Rule, names: Sequence[str], answers: Mapping[str, object]) -> bool:
    """Does it hold, or is it too early to say?"""
    if rule.kind is RuleKind.ONE_OF:
        return any(not is_blank(answers.get(name)) for name in names)
    if any(is_blank(answers.get(name)) for name in names):
        return True
    match rule.kind:
        case RuleKind.EQUAL:
            return len({_comparable(answers[name]) for name in names}) == 1
        case RuleKind.DIFFER:
            return len({_comparable(answers[name]) for name in names}) == len(names)
        case RuleKind.ORDER:
            return _ordered(rule, answers)
        case RuleKind.DISTANCE:
            first, last = _days(rule.fields[0], answers), _days(rule.fields[1], answers)
            return not (first and last) or _compares((last[0] - first[-1]).days, rule.op, Decimal(str(rule.value)))
    totals = [_number(name, answers) for name in rule.fields]
    if any(each is None for each in totals):
        return True
    told = [each for each in totals if each is not None]
    if rule.kind is RuleKind.SUM:
        return told[0] == reduce(lambda one, other: one + other, told[1:])
    return _compares(told[0], rule.op, told[1] if len(told) > 1 else Decimal(str(rule.value)))


def _ordered(rule: Rule, answers: Mapping[str, object]) -> bool:
    """A period comes after a day when it begins after it."""
    spans = [_days(name, answers) for name in rule.fields]
    told = [span for span in spans if span]
    pairs = pairwise(told)
    return all(before[-1] < after[0] if rule.op == "<" else before[-1] <= after[0] for before, after in pairs)


def _days(name: str, answers: Mapping[str, object]) -> list[date]:
    """The day, or first and last day, of an answer; of a column nothing, for it has many."""
    value = answers.get(name)
    parts = [value.get("from"), value.get("to")] if isinstance(value, Mapping) else [value]
    try:
        return [date.fromisoformat(str(part)) for part in parts]
    except ValueError:
        return []


def _number(name: str, answers: Mapping[str, object]) -> Decimal | None:
    """A number, money in yuan, or the sum of a table's column; None where something isn't a number."""
    owner, _dot, column = name.partition(".")
    value = answers.get(owner)
    if column:
        rows = value if isinstance(value, list) else []
        cells = [_plain(row.get(column)) for row in rows if isinstance(row, Mapping) and not is_blank(row.get(column))]
        return None if any(cell is None for cell in cells) else sum((c for c in cells if c is not None), Decimal(0))
    return _plain(value)


def _plain(value: object) -> Decimal | None:
    if isinstance(value, Mapping) and isinstance(value.get("cents"), int):
        return Decimal(int(value["cents"])) / 100
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _compares(one: Decimal | int, op: str, other: Decimal) -> bool:
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other, "==": one == other}[op]


def _comparable(value: object) -> object:
    return repr(sorted(value.items())) if isinstance(value, Mapping) else repr(value)


def _kind(name: str, known: Mapping[str, Asked]) -> str:
    owner, _dot, column = name.partition(".")
    return known[owner].columns.get(column, "") if column else known[owner].kind


def _label(name: str, known: Mapping[str, Asked]) -> str:
    owner, _dot, column = name.partition(".")
    field = known[owner]
    return f"{field.label} · {field.column_labels.get(column, column)}" if column else field.label
