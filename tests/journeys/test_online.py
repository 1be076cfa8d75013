"""A firm applies on the web; a clerk accepts, reviewers examine, the leader decides, the licence is handed over."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.clocks.queries import of as clocks_of
from yimen.ledger.queries import faults
from yimen.papers.queries import of as papers_of
from yimen.results import commands as results
from yimen.results.choices import Way
from yimen.vault.queries import held_by

pytestmark = pytest.mark.django_db


def test_a_restaurant_gets_its_licence() -> None:
    town = walk.town()
    edition = town.release("food-business-licence")
    monday = at("2026-03-02")

    case = walk.received(town, edition, at=monday)
    case = cases.accept(case, by=town.act("clerk", at("2026-03-03")), at=at("2026-03-03"))
    walk.opine_all(town, case, at=at("2026-03-04"))
    case = cases.decide(
        case, outcome=Outcome.GRANT, reason="符合条件。", by=town.act("chief", at("2026-03-05")), at=at("2026-03-05")
    )
    case = results.issue(case, by=town.act("deliverer", at("2026-03-06")), at=at("2026-03-06"))
    case = results.deliver(case, way=Way.ELECTRONIC, by=town.act("deliverer", at("2026-03-06")), at=at("2026-03-06"))

    assert case.state == "closed"
    assert [
        (clock.kind, clock.opened_on, clock.due_on, clock.doing)
        for clock in clocks_of(case.number)
        if clock.kind != "step"
    ] == [
        ("acceptance", date(2026, 3, 2), date(2026, 3, 9), "stopped"),
        ("promise", date(2026, 3, 3), date(2026, 3, 17), "stopped"),
        ("statutory", date(2026, 3, 3), date(2026, 3, 17), "stopped"),
        ("delivery", date(2026, 3, 5), date(2026, 3, 19), "stopped"),
    ]
    assert [paper["kind"] for paper in papers_of(case.number)] == ["A", "C", "H", "J"]
    licence = held_by([town.firm.pk]).get()
    assert (licence.kind.code, licence.case, licence.holder_name) == (
        "food_business_licence",
        case.number,
        town.firm.name,
    )
    assert list(faults()) == []
