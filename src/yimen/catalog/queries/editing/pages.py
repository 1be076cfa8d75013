"""A page of the editor: one section of a draft's revision, with what was posted on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from yimen.catalog.queries.editing.entries import Entries
from yimen.catalog.queries.editing.layout import BY_KEY, Section
from yimen.catalog.queries.editing.nodes import Fields, Node, build, settle, value, walk
from yimen.catalog.queries.editing.specs import MISSING, top


@dataclass
class Page:
    """document: what the revision said that the page was made of. opened: rows to be shown with their fields."""

    section: Section
    document: Mapping[str, Any]
    entries: Entries
    opened: frozenset[str] = frozenset()

    @cached_property
    def nodes(self) -> list[Node]:
        """The widgets, each knowing its place in what would be saved."""
        given = [(top(name), self.document.get(top(name).key, MISSING)) for name in self.section.fields]
        nodes = [build(spec, spec.field, raw, self.entries, self.opened) for spec, raw in given]
        settle(nodes, self.fields_of(nodes))
        return nodes

    @cached_property
    def lists(self) -> dict[str, Node]:
        """The widgets that have rows, by name."""
        return {node.name: node for node in walk(self.nodes) if node.kind in ("rows", "texts")}

    @cached_property
    def fields(self) -> Fields:
        """The form's fields as they would be saved: what conditions may look at."""
        return self.fields_of(self.nodes)

    @cached_property
    def mine(self) -> dict[str, Any]:
        """The whole document as this page would save it."""
        said = {node.spec.key: value(node, self.fields) for node in self.nodes}
        return {**self.document, **{key: each for key, each in said.items() if each is not MISSING}}

    def fields_of(self, nodes: list[Node]) -> Fields:
        own = next((node for node in nodes if node.name == "form_fields"), None)
        held = value(own, []) if own else self.document.get("form_fields")
        return [each for each in held if isinstance(each, Mapping)] if isinstance(held, list | tuple) else []


def page_of(
    key: str, document: Mapping[str, Any], entries: Entries | None = None, opened: frozenset[str] = frozenset()
) -> Page:
    """A section by key; the first one for a key that there isn't."""
    return Page(BY_KEY.get(key, next(iter(BY_KEY.values()))), document, entries or Entries(), opened)


def with_keys(document: Mapping[str, Any], latest: Mapping[str, Any]) -> dict[str, Any]:
    """The same with a key for every material. latest: what the draft says now; a material of the same name there has

    its key already, and no key that another editor's new material got is given away twice.
    """
    mine, theirs = _materials(document), _materials(latest)
    if all(row.get("key") for row in mine):
        return dict(document)
    known = {row.get("name"): row.get("key") for row in theirs if row.get("key")}
    taken = {row["key"] for row in [*mine, *theirs] if row.get("key")}
    own = {row["key"] for row in mine if row.get("key")}
    free = (key for number in range(1, 10_000) if (key := f"m{number:02d}") not in taken)
    keyed = []
    for row in document["materials"]:
        if isinstance(row, Mapping) and not row.get("key"):
            same = known.get(row.get("name"))
            key = same if same and same not in own else next(free)
            own.add(key)
            keyed.append({**row, "key": key})
        else:
            keyed.append(row)
    return {**document, "materials": keyed}


def _materials(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    held = document.get("materials")
    return [row for row in held if isinstance(row, Mapping)] if isinstance(held, list | tuple) else []
