"""Two contracts for import-linter that find the rooms by themselves, so that a new room can't be forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import grimp
from importlinter import Contract, ContractCheck, output
from importlinter.contracts.layers import LayersContract
from importlinter.domain.imports import ModuleExpression

HOUSE = "yimen"
# Foundation without furniture: everybody may import them wholly.
FOUNDATION = {"law", "kit", "ui"}
DOORS = {"commands", "queries", "access", "events", "choices", "ports"}


def rooms(graph: grimp.ImportGraph) -> set[str]:
    """The packages directly under the house that are rooms with furniture."""
    packages = {child for child in graph.find_children(HOUSE) if graph.find_children(child)}
    return {package.split(".")[1] for package in packages} - FOUNDATION


class FurnitureContract(LayersContract):
    """`layers` with every room as a container."""

    type_name = "furniture"

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        containers = [ModuleExpression(f"{HOUSE}.{room}") for room in sorted(rooms(graph))]
        self.containers = containers  # type: ignore[assignment]  # a field's descriptor at class level
        return super().check(graph, verbose)


class RoomsContract(Contract):
    """Across rooms only commands, queries, access, events, choices and ports are imported."""

    type_name = "rooms"

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        broken = sorted(_pockets(graph))
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, line, imported in check.metadata["broken"]:
            output.print_error(f"{importer}:{line} reaches into {imported}", bold=False)


def _pockets(graph: grimp.ImportGraph) -> Iterator[tuple[str, int, str]]:
    """Each import that reaches past the doors of another room."""
    named = rooms(graph)
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            own, other = _place(importer), _place(imported)
            if own[0] in named and other[0] in named and own[0] != other[0] and other[1] not in DOORS:
                details = graph.get_import_details(importer=importer, imported=imported)
                yield importer, details[0]["line_number"] if details else 0, imported


def _place(module: str) -> tuple[str, str]:
    """Room and furniture of a module: `yimen.cases.commands.accept` stands in cases, commands."""
    house, room, furniture = [*module.split("."), "", ""][:3]
    return (room, furniture) if house == HOUSE else ("", "")
