"""Our own contract finds what it is there to find."""

from __future__ import annotations

import grimp
import pytest

from tools.contracts import RoomsContract, rooms

MODULES = ["", ".law.states", ".kit.events", ".cases.models", ".cases.queries", ".review.views", ".settings"]


def house(*imports: tuple[str, str]) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for module in MODULES:
        parts = f"yimen{module}".split(".")
        for end in range(1, len(parts) + 1):
            graph.add_module(".".join(parts[:end]))
    for importer, imported in imports:
        graph.add_import(
            importer=f"yimen.{importer}", imported=f"yimen.{imported}", line_number=3, line_contents="import"
        )  # fmt: skip
    return graph


def broken(graph: grimp.ImportGraph) -> list[tuple[str, int, str]]:
    contract = RoomsContract("rooms", {"root_packages": ["yimen"]}, {})
    found: list[tuple[str, int, str]] = contract.check(graph, verbose=False).metadata["broken"]
    return found


def test_rooms_are_packages_with_furniture() -> None:
    assert rooms(house()) == {"cases", "review"}


@pytest.mark.parametrize("imported", ["cases.queries", "law.states", "kit.events"])
def test_doors_of_other_rooms_and_the_foundation_are_open(imported: str) -> None:
    assert broken(house(("review.views", imported))) == []


def test_reaching_into_the_models_of_another_room_is_found() -> None:
    assert broken(house(("review.views", "cases.models"))) == [("yimen.review.views", 3, "yimen.cases.models")]


def test_a_room_may_use_its_own_models() -> None:
    assert broken(house(("cases.queries", "cases.models"))) == []
