"""裁量标准: tables that propose an outcome with its grounds, evaluated by the engine `zen` as a decision table.

The engine passes over a cell that it can't read or compare, as if it didn't hold: the next row would win. A table with
such a cell therefore proposes nothing and says why; so does one whose facts aren't all known. It never decides: a
person does (行政许可法 38), and reads the grounds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zen
from django.utils.translation import gettext as _

from yimen.catalog.choices import Discretion, EditionDocument
from yimen.catalog.choices.elements import DiscretionInput
from yimen.catalog.queries.problems import Problem
from yimen.law.completeness import answers_that_count, is_blank
from yimen.law.said import said
from yimen.sheets.choices import FormField, Kind
from yimen.sheets.queries import needs

LARGEST = 1e15
COMPARABLE = frozenset({Kind.TEXT, Kind.CHOICE, Kind.MULTI, Kind.BOOLEAN, Kind.NUMBER, Kind.DATE})
KNOWN_WORDS = frozenset({"true", "false", "and", "or", "not", "in", "len", "contains", "startsWith", "endsWith"})
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_PLAIN = re.compile(r"^\s*('[^']*'|\"[^\"]*\")(\s*,\s*('[^']*'|\"[^\"]*\"))*\s*$")
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Proposal:
    """What a table proposes. outcome "": nothing, and why says for what reason; facts: (label, words) it looked at.

    row: the number of the row that holds, from 1; missing: labels of facts that nobody has entered.
    """

    table: str
    basis: str
    outcome: str
    grounds: str
    row: int
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()
    why: str = ""


def proposals(document: EditionDocument, answers: Mapping[str, Any]) -> list[Proposal]:
    """What each table of the edition proposes for these answers of its form."""
    counting = answers_that_count(needs(document), answers)
    fields = {field.name: field for field in document.form_fields}
    found = []
    for table in document.manual.discretion:
        known = {
            each.name: fact(fields[each.field], counting.get(each.field))
            for each in table.inputs
            if each.field in fields and not is_blank(counting.get(each.field))
        }
        found.append(propose(table, known))
    return found


def try_out(table: Discretion, document: EditionDocument, typed: Mapping[str, str]) -> Proposal:
    """The same for facts that somebody types in, by input name."""
    fields = {field.name: field for field in document.form_fields}
    given = {each.name: typed.get(each.name, "").strip() for each in table.inputs}
    known = {
        each.name: fact(fields.get(each.field or ""), given[each.name]) for each in table.inputs if given[each.name]
    }
    return propose(table, known)


def propose(table: Discretion, known: Mapping[str, Any]) -> Proposal:
    """What the table proposes for these facts, by input name."""
    looked_at = [each for each in table.inputs if any(each.name in row.when for row in table.rows)]
    missing = tuple(each.label for each in looked_at if known.get(each.name) is None)
    facts = tuple(
        (each.label, _words(each, known[each.name])) for each in looked_at if known.get(each.name) is not None
    )
    row, why = (0, "") if missing else _matching(table, known)
    if missing:
        why = _("还不知道%(names)s，请查明以后对照裁量标准。") % {"names": "、".join(missing)}
    held = table.rows[row - 1] if row else None
    return Proposal(
        table=table.name,
        basis=table.basis or "",
        outcome=held.outcome if held else "",
        grounds=held.grounds if held else "",
        row=row,
        facts=facts,
        missing=missing,
        why=why,
    )


def fact(field: FormField | None, value: Any) -> Any:
    """An answer as the table compares it: numbers as numbers, yes and no as such; without a field, as it looks."""
    if isinstance(value, bool | list):
        return value
    text = str(value).strip()
    if field is None or field.kind is Kind.NUMBER:
        number = _number(text)
        if number is not None or field is not None:
            return number
    if text in ("true", "false") and (field is None or field.kind is Kind.BOOLEAN):
        return text == "true"
    return [text] if field is not None and field.kind is Kind.MULTI else text


def _number(text: str) -> float | None:
    """What the engine can reckon with: no NaN, nothing beyond all measure."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < LARGEST else None


def discretion_problems(document: EditionDocument) -> list[Problem]:
    """Everything in the document's tables that would keep them from proposing, each with its place."""
    found: list[Problem] = []
    for place, table in enumerate(document.manual.discretion):
        found += _table_problems(table, document, f"manual.discretion[{place}]")
    return found


def _table_problems(table: Discretion, document: EditionDocument, where: str) -> Iterator[Problem]:
    fields = {field.name: field for field in document.form_fields}
    names = [each.name for each in table.inputs]
    for place, each in enumerate(table.inputs):
        if names.index(each.name) != place:
            yield Problem(f"{where}.inputs[{place}].name", said("裁量因素“{name}”重复", name=each.name))
        if each.field and each.field not in fields:
            yield Problem(f"{where}.inputs[{place}].field", said("表单没有字段“{name}”", name=each.field))
        elif each.field and fields[each.field].kind not in COMPARABLE:
            yield Problem(
                f"{where}.inputs[{place}].field", said("“{label}”不能用来比较", label=fields[each.field].label)
            )
    inputs = {each.name: each for each in table.inputs}
    caught_all = 0
    for number, row in enumerate(table.rows):
        if caught_all:
            yield Problem(
                f"{where}.rows[{number}]", said("第 {row} 行适用于一切情形，这一行永远用不到", row=caught_all)
            )
        for name, cell in row.when.items():
            spot = f"{where}.rows[{number}].when.{name}"
            if name not in inputs:
                yield Problem(spot, said("没有裁量因素“{name}”", name=name))
            else:
                yield from (Problem(spot, why) for why in _cell_problems(cell, fields.get(inputs[name].field or "")))
        caught_all = caught_all or (0 if row.when else number + 1)


def _cell_problems(cell: str, field: FormField | None) -> Iterator[str]:
    """Chinese. Names are refused: the engine would look for a fact of that name and find nothing."""
    strange = [word for word in _WORD.findall(_QUOTED.sub(" ", cell)) if word not in KNOWN_WORDS]
    if strange:
        yield said("无法识别“{word}”，文字要加引号，如 '{word}'", word=strange[0])
        return
    try:
        zen.compile_unary_expression(cell)
    except Exception:
        yield said("条件“{cell}”不符合裁量表的写法，可以写 > 100、[50..100]、'文字'、true", cell=cell)
        return
    if field is not None and (why := _other_kind(cell, field.kind)):
        yield why
    if field is not None and field.choices:
        for quoted in _QUOTED.findall(cell):
            if quoted[1:-1] not in field.choices:
                yield said("“{label}”没有选项“{choice}”", label=field.label, choice=quoted[1:-1])


def _other_kind(cell: str, kind: Kind) -> str:
    """A cell that the engine would compare with another kind of thing never holds, and says nothing of it."""
    texts, yes_or_no = bool(_PLAIN.match(cell)), cell.strip() in ("true", "false")
    if kind is Kind.MULTI and texts:
        return said("可以选几项的，要写成 contains($, {cell})", cell=cell.strip())
    if kind is Kind.NUMBER and (texts or yes_or_no):
        return said("“{cell}”不能和数字比较，可以写 > 100、[50..100]", cell=cell.strip())
    if kind is Kind.BOOLEAN and not yes_or_no:
        return said("“{cell}”不能和是、否比较，要写 true 或者 false", cell=cell.strip())
    if kind in (Kind.CHOICE, Kind.TEXT) and yes_or_no:
        return said("“{cell}”不能和文字比较，文字要加引号", cell=cell.strip())
    return ""


def _comparable(cell: str, value: Any) -> bool:
    """The same for a fact that nobody's form asks."""
    if _PLAIN.match(cell):
        return isinstance(value, str)
    if cell.strip() in ("true", "false"):
        return isinstance(value, bool)
    return True


def _matching(table: Discretion, known: Mapping[str, Any]) -> tuple[int, str]:
    """The number of the row that holds (0: none), and why there is none."""
    for number, row in enumerate(table.rows, 1):
        for name, cell in row.when.items():
            if not _readable(cell, known.get(name)):
                return 0, _("裁量表第 %(row)s 行的条件“%(cell)s”不能用，请事项编制人员更正。") % {
                    "row": number,
                    "cell": cell,
                }
    try:
        answer = _engine(json.dumps(_decision(table), ensure_ascii=False)).evaluate(dict(known))
    except Exception:
        return 0, _("裁量表不能用，请事项编制人员更正。")
    result = answer.get("result") or {}
    row_number = int(result["row"]) if "row" in result else 0
    return row_number, "" if row_number else _("没有一行适用，请按法律规定裁量。")


def _readable(cell: str, value: Any) -> bool:
    """Can the engine read the cell, and compare it with such a value?"""
    if any(word not in KNOWN_WORDS for word in _WORD.findall(_QUOTED.sub(" ", cell))):
        return False
    if not _comparable(cell, value):
        return False
    try:
        zen.evaluate_unary_expression(cell, {"$": value})
    except Exception:
        return False
    return True


@lru_cache(maxsize=256)
def _engine(decision: str) -> zen.ZenDecision:
    return zen.ZenEngine().create_decision(decision)


def _decision(table: Discretion) -> dict[str, Any]:
    """The table in the engine's own form (JSON decision model): the first row that holds gives its number."""
    columns = [{"id": f"i{place}", "name": each.label, "field": each.name} for place, each in enumerate(table.inputs)]
    rules = [
        {
            "_id": f"r{number}",
            **{column["id"]: row.when.get(column["field"], "") for column in columns},
            "o": str(number),
        }
        for number, row in enumerate(table.rows, 1)
    ]
    output = [{"id": "o", "name": "row", "field": "row"}]
    content = {"hitPolicy": "first", "inputs": columns, "outputs": output, "rules": rules}
    spot = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "facts", "type": "inputNode", "name": "facts", "position": spot},
            {"id": "table", "type": "decisionTableNode", "name": "table", "position": spot, "content": content},
            {"id": "outcome", "type": "outputNode", "name": "outcome", "position": spot},
        ],
        "edges": [
            {"id": "e1", "type": "edge", "sourceId": "facts", "targetId": "table"},
            {"id": "e2", "type": "edge", "sourceId": "table", "targetId": "outcome"},
        ],
    }


def _words(each: DiscretionInput, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(map(str, value))
    return f"{value:g}{each.unit}" if isinstance(value, float) else f"{value}{each.unit}"
