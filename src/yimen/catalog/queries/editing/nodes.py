"""The widgets of a page as a tree: built from the document and what was posted, and read back into the document.

What nobody touched comes back exactly as it was, also where the draft doesn't fit the model yet, and what the editor
doesn't know stays in it. Rows that nobody opened are not posted at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yimen.catalog.queries.editing import conditions, leaves
from yimen.catalog.queries.editing.entries import FROM, GONE, ORDER, SHOWN, Entries
from yimen.catalog.queries.editing.specs import MISSING, Spec, specs

TITLES = ("label", "name", "title", "q", "subject", "outcome", "number", "message")
Fields = list[Mapping[str, Any]]


@dataclass
class Node:
    """A field of the page. name: of its inputs; place: in the document (materials[2].name), known after `settle`.

    raw: as stored. shown: as the widget shows it. findings: what the checks say of it.
    """

    spec: Spec
    name: str
    raw: Any
    shown: Any = ""
    posted: bool = False
    children: list[Node] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    place: str = ""
    findings: list[Any] = field(default_factory=list)
    options: list[dict[str, Any]] = field(default_factory=list)
    focus: bool = False

    @property
    def kind(self) -> str:
        return self.spec.kind


@dataclass
class Row:
    """One of several. gone: taken out, but not saved yet. nodes: its fields, empty while it is shut.

    origin: the row that it is a copy of, by token. found: how many findings lie in it; findings: of the whole row.
    """

    token: str
    name: str
    raw: Any
    origin: str = ""
    number: int = 0
    gone: bool = False
    open: bool = False
    nodes: list[Node] = field(default_factory=list)
    place: str = ""
    found: int = 0
    findings: list[Any] = field(default_factory=list)

    @property
    def new(self) -> bool:
        return not self.token.startswith("r")

    @property
    def title(self) -> str:
        """What it is called, as it would be saved now."""
        if isinstance(self.raw, str) and self.nodes:
            return str(self.nodes[0].shown)
        held = {node.spec.field: node.shown for node in self.nodes} if self.nodes else self.raw
        if not isinstance(held, Mapping):
            return str(held or "")
        return next((str(held[name]) for name in TITLES if isinstance(held.get(name), str) and held[name]), "")


def build(spec: Spec, name: str, raw: Any, entries: Entries, opened: frozenset[str] = frozenset()) -> Node:
    """The widget of a field. opened: the rows that are to be shown with their fields."""
    node = Node(_fitting(spec, raw), name, raw)
    if node.kind in ("rows", "texts"):
        node.posted = entries.has(name + SHOWN)
        node.rows = list(_rows(node, entries, opened))
    elif node.kind in ("group", "attachment"):
        held = raw if isinstance(raw, Mapping) else {}
        node.children = _fields(node.spec, name, held, entries, opened)
    elif node.kind == "condition":
        node.posted = entries.has(f"{name}.mode")
        node.shown = conditions.posted(entries, name) if node.posted else conditions.picked(raw)
    else:
        several = node.kind in ("multi", "series")
        node.posted = entries.has(name + SHOWN if several else name)
        typed = [each for each in entries.all(name) if each] if several else entries.one(name)
        node.shown = typed if node.posted else leaves.show(node.spec, raw)
    return node


def value(node: Node, fields: Fields) -> Any:
    """What the document says with what was posted; MISSING: nothing. fields: of the form, for conditions."""
    if node.kind in ("group", "attachment"):
        return _group(node, fields)
    if node.kind in ("rows", "texts"):
        return _list(node, fields) if node.posted else node.raw
    if not node.posted or node.kind == "fixed":
        return node.raw
    if node.kind == "condition":
        untouched = conditions.same(node.shown, conditions.picked(node.raw))
        return node.raw if untouched else conditions.written(node.shown, fields)
    return node.raw if leaves.same(node.shown, leaves.show(node.spec, node.raw)) else leaves.read(node.spec, node.shown)


def walk(nodes: list[Node]) -> Iterator[Node]:
    """Every widget of a tree that is shown."""
    for node in nodes:
        yield node
        yield from walk(node.children)
        for row in node.rows:
            yield from walk(row.nodes)


def settle(nodes: list[Node], fields: Fields, inside: str = "") -> None:
    """Tell every widget and row its place in the document that would be saved now."""
    for node in nodes:
        node.place = f"{inside}.{node.spec.key}".lstrip(".")
        settle(node.children, fields, node.place)
        number = 0
        for row in node.rows:
            row.number = number + 1
            if row.gone:
                continue
            row.place = f"{node.place}[{number}]"
            if node.kind == "texts":
                row.nodes[0].place = row.place
            else:
                settle(row.nodes, fields, row.place)
            number += not dropped(node, row, fields)


def dropped(node: Node, row: Row, fields: Fields) -> bool:
    """Is it a new row into which nobody has written anything?"""
    return row.new and _row(node, row, fields) in ({}, "", MISSING)


def _fitting(spec: Spec, raw: Any) -> Spec:
    """A text of several lines can't be one line of a list: such a list is shown text by text."""
    if spec.kind == "lines" and isinstance(raw, list) and any("\n" in str(each) for each in raw):
        return Spec(**{**vars(spec), "kind": "texts"})
    return spec


def _fields(spec: Spec, name: str, held: Any, entries: Entries, opened: frozenset[str]) -> list[Node]:
    inside = specs(spec.below) if spec.below else ()
    return [build(below, f"{name}.{below.field}", held.get(below.key, MISSING), entries, opened) for below in inside]


def _rows(node: Node, entries: Entries, opened: frozenset[str]) -> Iterator[Row]:
    stored = node.raw if isinstance(node.raw, list | tuple) else []
    tokens = entries.all(node.name + ORDER) if node.posted else [f"r{place}" for place in range(len(stored))]
    for token in dict.fromkeys(each for each in tokens if _known(stored, each)):
        name = f"{node.name}.{token}"
        origin = entries.one(name + FROM)
        row = Row(token, name, _stored(stored, origin or token), origin, gone=entries.has(name + GONE))
        row.open = node.spec.short or row.new or name in opened or entries.speaks_of(name)
        if node.kind == "texts":
            row.nodes = [_text(node, row, entries)]
        elif row.open:
            held = row.raw if isinstance(row.raw, Mapping) else {}
            if origin:
                held = {key: each for key, each in held.items() if key != "key"}
            row.nodes = _fields(node.spec, name, held, entries, opened)
        yield row


def _known(stored: Any, token: str) -> bool:
    """A new row, or one that the revision has."""
    number = token[1:].isdecimal() and len(token) < 6
    return number and (token[0] == "n" or (token[0] == "r" and int(token[1:]) < len(stored)))


def _stored(stored: Any, token: str) -> Any:
    return stored[int(token[1:])] if token.startswith("r") and _known(stored, token) else {}


def _text(node: Node, row: Row, entries: Entries) -> Node:
    spec = Spec(**{**vars(node.spec), "kind": "long", "nullable": False, "required": True, "default": MISSING})
    raw = MISSING if row.new and not row.origin else row.raw
    row.raw = "" if raw is MISSING else str(raw)
    leaf = Node(spec, row.name, raw, posted=entries.has(row.name))
    leaf.shown = entries.one(row.name) if leaf.posted else leaves.show(spec, raw)
    return leaf


def _group(node: Node, fields: Fields) -> Any:
    found = {child.spec.key: value(child, fields) for child in node.children}
    held = node.raw if isinstance(node.raw, Mapping) else {}
    if all((each is MISSING and key not in held) or each == held.get(key, MISSING) for key, each in found.items()):
        return node.raw
    said = {**held, **{key: each for key, each in found.items() if each is not MISSING}}
    nothing = all(each is None or each in ("", [], {}) for each in said.values())
    return None if nothing and node.spec.nullable else said


def _list(node: Node, fields: Fields) -> Any:
    kept = [_row(node, row, fields) for row in node.rows if not row.gone and not dropped(node, row, fields)]
    if node.kind == "texts":
        kept = [each for each in kept if each is not MISSING and each != ""]
    return node.raw if kept == (list(node.raw) if isinstance(node.raw, list | tuple) else []) else kept


def _row(node: Node, row: Row, fields: Fields) -> Any:
    if node.kind == "texts":
        return value(row.nodes[0], fields)
    held = dict(row.raw) if isinstance(row.raw, Mapping) else row.raw
    if not row.nodes:
        return held
    if row.new and isinstance(held, dict):
        held.pop("key", None)
    found = {child.spec.key: value(child, fields) for child in row.nodes}
    said = {key: each for key, each in found.items() if each is not MISSING}
    return {**held, **said} if isinstance(held, Mapping) else said or held
