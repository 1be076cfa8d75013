"""Buttons that change the rows of a page and save nothing: add, duplicate, take out, put back, move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.queries.editing.entries import FROM, GONE, ORDER, SHOWN, Entries
from yimen.catalog.queries.editing.nodes import Node
from yimen.catalog.queries.editing.taking import take_element
from yimen.catalog.queries.merging import KNOWN_BY

MOST_ROWS = 500


def operate(entries: Entries, op: str, nodes: Mapping[str, Node]) -> str:
    """Do what the button says (`add|materials`, `up|materials.r3`). nodes: the lists of the page, by name.

    Gives the name of the row that is to take the focus, "" where nothing fits.
    """
    verb, _, name = op.partition("|")
    if verb == "clear":
        return _clear(entries, name)
    if verb == "element":
        fields = nodes.get("form_fields")
        return take_element(entries, name, fields) if fields else ""
    held = name if verb == "add" else name.rpartition(".")[0]
    node = nodes.get(held)
    if node is None:
        return ""
    if not entries.has(held + SHOWN):
        entries.set(held + SHOWN, "1")
        entries.set(held + ORDER, *(row.token for row in node.rows))
    focus = _VERBS[verb](entries, held, name.rpartition(".")[2]) if verb in _VERBS else ""
    if verb == "copy" and focus:
        _rename(entries, node, name, focus)
    return str(focus)


def _add(entries: Entries, held: str, _token: str) -> str:
    return _put(entries, held, len(entries.all(held + ORDER)))


def _put(entries: Entries, held: str, place: int) -> str:
    tokens = entries.all(held + ORDER)
    if len(tokens) >= MOST_ROWS:
        return ""
    number = max((int(each[1:]) for each in tokens if each[:1] == "n" and each[1:].isdecimal()), default=0)
    fresh = f"n{number + 1}"
    entries.set(held + ORDER, *tokens[:place], fresh, *tokens[place:])
    return f"{held}.{fresh}"


def _duplicate(entries: Entries, held: str, token: str) -> str:
    tokens = entries.all(held + ORDER)
    if token not in tokens:
        return ""
    old = f"{held}.{token}"
    fresh = _put(entries, held, tokens.index(token) + 1)
    if fresh:
        if not token.startswith("n") or entries.has(old + FROM):
            entries.set(fresh + FROM, entries.one(old + FROM) or token)
        for name, values in entries.inside(old).items():
            entries.set(fresh + name.removeprefix(old), *values)
    return fresh


def _rename(entries: Entries, node: Node, old: str, fresh: str) -> None:
    """Two rows of one name can't be told apart when two editors' savings are merged."""
    known_by = KNOWN_BY.get(node.spec.key, "")
    named = "name" if known_by == "key" else known_by
    row = next((row for row in node.rows if row.name == old), None)
    stored = row.raw.get(named) if row and isinstance(row.raw, Mapping) else ""
    called = entries.one(f"{old}.{named}") or str(stored or "")
    if named and called:
        identifier = called.isascii() and node.spec.key in ("form_fields", "columns", "inputs")
        entries.set(f"{fresh}.{named}", f"{called}_2" if identifier else called + _("（副本）"))


def _gone(entries: Entries, held: str, token: str) -> str:
    entries.set(f"{held}.{token}{GONE}", "1")
    return f"{held}.{token}"


def _back(entries: Entries, held: str, token: str) -> str:
    entries.drop(f"{held}.{token}{GONE}")
    return f"{held}.{token}"


def _move(entries: Entries, held: str, token: str, by: int) -> str:
    tokens = entries.all(held + ORDER)
    if token in tokens:
        place = tokens.index(token)
        there = min(max(place + by, 0), len(tokens) - 1)
        tokens = [each for each in tokens if each != token]
        entries.set(held + ORDER, *tokens[:there], token, *tokens[there:])
    return f"{held}.{token}"


def _clear(entries: Entries, name: str) -> str:
    """A file is taken off again."""
    for part in ("file", "name", "url"):
        entries.set(f"{name}.{part}", "")
    return name


_VERBS: dict[str, Any] = {
    "add": _add,
    "copy": _duplicate,
    "remove": _gone,
    "back": _back,
    "up": lambda entries, held, token: _move(entries, held, token, -1),
    "down": lambda entries, held, token: _move(entries, held, token, 1),
}
