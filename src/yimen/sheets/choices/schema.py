"""A form as JSON Schema 2020-12, with words of our own (`x-`) for what the standard has none for, and back.

What a program needs to check answers stands in the standard's words; what makes the page stands in ours. docs/forms.md
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from yimen.law.condition_tree import Condition, Differs, Either, Equals, Every, Not, OneOf
from yimen.law.conditions import parse
from yimen.sheets.choices.field_library import LibraryDocument
from yimen.sheets.choices.fields import MAX_ROWS, MAX_TEXT, Column, ColumnKind, FormField, FormRule, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

# Our word for each thing that a field says and the standard has no word for.
WORDS = {
    "required": "x-required", "prefill": "x-prefill", "show_if": "x-show-if", "unit": "x-unit", "section": "x-section",
    "multiple": "x-multiple", "long": "x-long", "max_length": "x-max-length", "element": "x-element",
    "code_list": "x-code-list", "statement": "x-statement", "format": "x-format",
}  # fmt: skip
COLUMN_WORDS = {"unit": "x-unit"}
SAYS = "x-says"
"""What a rule asks for, in words; said, not read."""


def to_schema(
    fields: Sequence[FormField],
    rules: Sequence[FormRule] = (),
    *,
    title: str = "",
    address: str = "",
    elements: Mapping[str, LibraryDocument] | None = None,
) -> Schema:
    """The schema of answers that may be submitted. address: where it is published; elements: what fields ask."""
    known = {each.name: each for each in fields}
    schema: Schema = {"$schema": DIALECT, **({"$id": address} if address else {}), "type": "object"}
    if title:
        schema["title"] = title
    schema["properties"] = {each.name: _property(each, (elements or {}).get(each.name)) for each in fields}
    schema["required"] = [each.name for each in fields if each.required and not each.show_if]
    conditional = [each for each in fields if each.required and each.show_if]
    if conditional:
        schema["allOf"] = [{"if": _shown(each, known, frozenset()), "then": _given(each.name)} for each in conditional]
    schema["additionalProperties"] = False
    if rules:
        schema["x-rules"] = [each.model_dump(mode="json", exclude_defaults=True) for each in rules]
    return schema


def from_schema(schema: Mapping[str, Any]) -> tuple[tuple[FormField, ...], tuple[FormRule, ...]]:
    """The fields and rules that a schema of ours stands for. Raises ValueError (pydantic's too) for what is none."""
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or not all(isinstance(each, Mapping) for each in properties.values()):
        raise ValueError("不是表单的定义：缺少 properties")
    rules = [_rule(each) for each in schema.get("x-rules") or ()]
    fields = tuple(FormField.model_validate(_read(name, each)) for name, each in properties.items())
    return fields, tuple(FormRule.model_validate(each) for each in rules)


def _rule(said: Any) -> Any:
    return {word: each for word, each in said.items() if word != SAYS} if isinstance(said, Mapping) else said


def _property(field: FormField, element: LibraryDocument | None) -> Schema:
    found: Schema = {"title": field.label, "x-kind": field.type.value}
    if field.hint:
        found["description"] = field.hint
    said = field.model_dump(mode="json", exclude_defaults=True)
    found |= {word: said[name] for name, word in WORDS.items() if name in said}
    if element is not None:
        found["x-sensitivity"] = element.sensitivity.value
        if element.sources:
            found["x-sources"] = list(element.sources)
        found.setdefault("x-element", element.code) if field.element else found.setdefault("x-asks", element.code)
    if field.choices is not None:
        found["x-choices"] = list(field.choices)
    if field.columns is not None:
        found["x-columns"] = [_column(each) for each in field.columns]
    return found | _nullable(SHAPES[field.kind](field), needed=field.required and not field.show_if)


def _read(name: str, said: Mapping[str, Any]) -> dict[str, Any]:
    raw: dict[str, Any] = {"name": name, "label": said.get("title", name), "type": said.get("x-kind", "text")}
    raw |= {own: said[word] for own, word in WORDS.items() if word in said}
    if "description" in said:
        raw["hint"] = said["description"]
    if "x-choices" in said:
        raw["choices"] = said["x-choices"]
    if "x-columns" in said:
        raw["columns"] = [
            {
                "name": each["name"], "label": each["title"], "type": each["x-kind"],
                **({"choices": each["x-choices"]} if "x-choices" in each else {}),
                **({"unit": each["x-unit"]} if "x-unit" in each else {}),
            }
            for each in said["x-columns"]
        ]  # fmt: skip
    return raw


def _column(column: Column) -> Schema:
    found: Schema = {"name": column.name, "title": column.label, "x-kind": column.type.value}
    if column.unit:
        found["x-unit"] = column.unit
    if column.choices is not None:
        found["x-choices"] = list(column.choices)
    return found


def _nullable(shape: Schema, *, needed: bool) -> Schema:
    """What may be left empty may be null; so may a cell, for an emptied one is kept as null. What is needed is not

    blank either.
    """
    if needed:
        return {**shape, "not": BLANK}
    if "type" in shape:
        shape = {**shape, "type": [shape["type"], "null"]}
    return {**shape, "enum": [*shape["enum"], None]} if "enum" in shape else shape


def _text(field: FormField) -> Schema:
    asked = field.format
    longest = min(field.max_length, (asked and asked.max_length) or MAX_TEXT)
    found: Schema = {"type": "string", "maxLength": longest}
    if asked and asked.pattern:
        found["pattern"] = f"^(?:{asked.pattern})$"
    if asked and asked.min_length:
        found["minLength"] = asked.min_length
    return found


def _number(field: FormField) -> Schema:
    asked, found = field.format, dict(CELLS[ColumnKind.NUMBER])
    bounds = {"minimum": asked.minimum, "maximum": asked.maximum} if asked else {}
    return found | {word: bound for word, bound in bounds.items() if bound is not None}


def _money(field: FormField) -> Schema:
    asked = field.format
    cents: Schema = {"type": "integer", "minimum": 0, "exclusiveMaximum": TOO_MUCH}
    if asked and asked.minimum is not None:
        cents["minimum"] = max(0, asked.minimum * 100)
    if asked and asked.maximum is not None:
        cents["maximum"] = asked.maximum * 100
    return _object({"cents": cents}, ("cents",))


def _object(properties: Schema, required: Sequence[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _table(field: FormField) -> Schema:
    cells = {each.name: {"title": each.label, **_nullable(_cell(each), needed=False)} for each in field.table}
    extra = {"type": ["string", "null"]}
    rows = {"type": "object", "properties": cells, "additionalProperties": extra}
    return {"type": "array", "maxItems": MAX_ROWS, "items": rows}


def _cell(column: Column) -> Schema:
    if column.type is ColumnKind.CHOICE:
        return {"type": "string", "enum": list(column.choices or ())}
    return dict(CELLS[column.type])


_NOTHING: Schema = {"anyOf": [{"type": "null"}, {"type": "string", "pattern": r"^\s*$"}]}
_PARTS_OF_NOTHING: Schema = {"type": "object", "additionalProperties": _NOTHING}
BLANK: Schema = {
    "anyOf": [
        *_NOTHING["anyOf"],
        _PARTS_OF_NOTHING,
        {"type": "array", "items": {"anyOf": [*_NOTHING["anyOf"], _PARTS_OF_NOTHING]}},
    ]
}
"""What counts as no answer."""
TOO_MUCH = 10**15
_DAY = {"type": "string", "format": "date"}
_PLAIN = {"type": "string"}
_PHONE = {
    "type": "string",
    "pattern": r"^(1[3-9][0-9]{9}|0[0-9]{2,3}-[2-9][0-9]{6,7}(-[0-9]{1,6})?|[48]00[0-9]{7}|[19][0-9]{4}"
    r"|\+?00?[0-9]{7,15}|\+[0-9]{7,15}|[2-9][0-9]{6,7})$",
}
_CITIZEN = {"type": "string", "pattern": "^[0-9]{17}[0-9X]$"}
_DIVISION = {"type": "string", "pattern": "^([0-9]{6}([0-9]{3}([0-9]{3})?)?)?$"}
_DETAIL = {"type": "string", "maxLength": 300}
CELLS: dict[ColumnKind, Schema] = {
    ColumnKind.TEXT: {"type": "string", "maxLength": MAX_TEXT},
    ColumnKind.NUMBER: {"type": "number", "exclusiveMinimum": -TOO_MUCH, "exclusiveMaximum": TOO_MUCH},
    ColumnKind.DATE: _DAY,
    ColumnKind.PHONE: _PHONE,
    ColumnKind.IDCARD: _CITIZEN,
}
SHAPES: dict[Kind, Callable[[FormField], Schema]] = {
    Kind.TEXT: _text,
    Kind.TEXTAREA: _text,
    Kind.CHOICE: lambda field: {"type": "string", "enum": list(field.options)},
    Kind.MULTI: lambda field: {
        "type": "array", "uniqueItems": True, "items": {"type": "string", "enum": list(field.options)},
    },
    Kind.BOOLEAN: lambda field: {"type": "boolean"},
    Kind.NUMBER: _number,
    Kind.DATE: lambda field: dict(_DAY),
    Kind.PHONE: lambda field: dict(_PHONE),
    Kind.IDCARD: lambda field: dict(_CITIZEN),
    Kind.USCC: lambda field: {"type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$"},
    Kind.ADDRESS: lambda field: _object({"division": _DIVISION, "detail": _DETAIL}, ("division", "detail")),
    Kind.TABLE: _table,
    Kind.FILE: lambda field: _object({"file": {"type": "string", "format": "uuid"}, "name": _PLAIN}, ("file",)),
    Kind.PERIOD: lambda field: _object({"from": dict(_DAY), "to": dict(_DAY)}, ("from", "to")),
    Kind.MONEY: _money,
    Kind.DECLARATION: lambda field: {"type": "boolean", "enum": [True]},
    Kind.SIGNATURE: lambda field: _object(
        {
            "name": {"type": "string", "maxLength": 60}, "at": {"type": "string", "format": "date-time"},
            **dict.fromkeys(("way", "of", "whole"), _PLAIN),
        },
        ("name",),
    ),
}  # fmt: skip


def _given(name: str) -> Schema:
    return {"required": [name], "properties": {name: {"not": BLANK}}}


def _shown(field: FormField, known: Mapping[str, FormField], above: frozenset[str]) -> Schema:
    """Where a field is asked: its condition holds over answers that are themselves asked."""
    if not field.show_if or field.name in above:
        return {}
    return _holds(parse(field.show_if), known, above | {field.name})


def _holds(condition: Condition, known: Mapping[str, FormField], above: frozenset[str]) -> Schema:
    match condition:
        case Equals(field=name, value=value):
            return _is(name, [value], known, above)
        case OneOf(field=name, values=values):
            return _is(name, list(values), known, above)
        case Differs(field=name, value=value):
            return {"not": _is(name, [value], known, above)}
        case Not(part=part):
            return {"not": _holds(part, known, above)}
        case Every(parts=parts):
            return {"allOf": [_holds(part, known, above) for part in parts]}
        case Either(parts=parts):
            return {"anyOf": [_holds(part, known, above) for part in parts]}
    raise TypeError(f"no schema for {condition}")


def _is(name: str, values: list[Any], known: Mapping[str, FormField], above: frozenset[str]) -> Schema:
    """The answer is one of the values, or one of several answers is; and it is asked at all."""
    one = {"anyOf": [{"enum": values}, {"type": "array", "contains": {"enum": values}}]}
    held: Schema = {"required": [name], "properties": {name: one}}
    shown = _shown(known[name], known, above) if name in known else {}
    return {"allOf": [shown, held]} if shown else held
