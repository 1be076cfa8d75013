"""A question of a form taken from the field library: its widgets say what the library says. Nothing is saved by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yimen.catalog.queries.editing import leaves
from yimen.catalog.queries.editing.designing import of_element
from yimen.catalog.queries.editing.entries import Entries
from yimen.catalog.queries.editing.nodes import Node
from yimen.catalog.queries.editing.specs import MISSING, specs
from yimen.sheets.choices import Format, FormField, LibraryDocument
from yimen.sheets.queries import library

OWN = frozenset({"name", "label"})
"""What the item has already called it stays: conditions and answers know it by that."""
COPIED = ("name", "label", "type", "choices", "code_list", "unit", "prefill", "multiple", "long", "element")


def take_element(entries: Entries, field: str, node: Node) -> str:
    """Fill a row of the form's fields with what the library says of the element named in it (`form_fields.r3.element`).

    Gives the row's name, "" where the library has no such field in use.
    """
    row = field.rpartition(".")[0]
    element = _named(entries.one(field).strip())
    if element is None or not any(each.name == row for each in node.rows):
        return ""
    told = of_element(element, _names(entries, node, row))
    for spec in specs(FormField):
        if spec.key in COPIED and not (spec.key in OWN and entries.one(f"{row}.{spec.field}").strip()):
            _set(entries, f"{row}.{spec.field}", leaves.show(spec, told.get(spec.key, MISSING)))
    said = told.get("format") or {}
    for spec in specs(Format):
        _set(entries, f"{row}.format.{spec.field}", leaves.show(spec, said.get(spec.key, MISSING)))
    return row


def _named(written: str) -> LibraryDocument | None:
    """By code, or by its name."""
    fields = library().fields
    found = fields.get(written) or next((each for each in fields.values() if written in each.names), None)
    return None if found is None or found.retired else found


def _names(entries: Entries, node: Node, but: str) -> Iterable[str]:
    for row in node.rows:
        if row.name != but:
            stored: Any = row.raw if isinstance(row.raw, Mapping) else {}
            yield entries.one(f"{row.name}.name") or str(stored.get("name") or "")


def _set(entries: Entries, name: str, shown: str | list[str]) -> None:
    entries.set(name, *(shown if isinstance(shown, list) else [shown]))
