"""A condition (`show_if`) as three choices for the common case: which field, is or is not, which values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yimen.catalog.queries.editing.entries import Entries
from yimen.law.condition_tree import Condition, Differs, Equals, Not, OneOf
from yimen.law.conditions import ConditionError, parse

ALWAYS, PICKED, WRITTEN = "always", "pick", "text"
YES, NO = "true", "false"


@dataclass(frozen=True)
class Picked:
    """mode: always, pick, text. field: a name; apart: is it “is not”? values: as typed; text: the expression itself."""

    mode: str = ALWAYS
    field: str = ""
    apart: bool = False
    values: tuple[str, ...] = ()
    text: str = ""


def picked(raw: Any) -> Picked:
    """How a stored condition is shown. What three choices can't say is shown as text."""
    text = raw if isinstance(raw, str) else ""
    if not text.strip():
        return Picked()
    try:
        found = _simple(parse(text))
    except ConditionError:
        found = None
    return Picked(PICKED, *found, text) if found else Picked(WRITTEN, text=text)


def posted(entries: Entries, name: str) -> Picked:
    """What was chosen on the page."""
    mode = entries.one(f"{name}.mode")
    return Picked(
        mode if mode in (PICKED, WRITTEN) else ALWAYS,
        entries.one(f"{name}.field"),
        entries.one(f"{name}.apart") == "1",
        tuple(value for value in entries.all(f"{name}.values") if value),
        entries.one(f"{name}.text").strip(),
    )


def same(one: Picked, other: Picked) -> bool:
    """Do both say the same? What lies unused in the other parts of the widget doesn't count."""
    if one.mode != other.mode or one.mode == ALWAYS:
        return one.mode == other.mode
    if one.mode == WRITTEN:
        return one.text == other.text
    return (one.field, one.apart, set(one.values)) == (other.field, other.apart, set(other.values))


def written(choice: Picked, fields: Sequence[Mapping[str, Any]]) -> str | None:
    """The condition as the document keeps it."""
    if choice.mode == WRITTEN:
        return choice.text or None
    if choice.mode == ALWAYS or not choice.field:
        return None
    kind = next((str(field.get("type")) for field in fields if field.get("name") == choice.field), "")
    values = [_value(value, kind) for value in choice.values] or ["''"]
    if len(values) == 1:
        return f"{choice.field} {'!=' if choice.apart else '=='} {values[0]}"
    one_of = f"{choice.field} in [{', '.join(values)}]"
    return f"not {one_of}" if choice.apart else one_of


def _value(value: str, kind: str) -> str:
    if kind == "boolean" and value in (YES, NO):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _simple(condition: Condition) -> tuple[str, bool, tuple[str, ...]] | None:
    match condition:
        case Equals(field, value):
            return field, False, (_shown(value),)
        case Differs(field, value):
            return field, True, (_shown(value),)
        case OneOf(field, values):
            return field, False, tuple(_shown(value) for value in values)
        case Not(OneOf(field, values)):
            return field, True, tuple(_shown(value) for value in values)
        case _:
            return None


def _shown(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value
