"""Limits in natural days, and items that name none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import walk
from tests.builders.walk import at
from yimen.cases.queries import clock_shapes
from yimen.clocks.queries import of as clocks_of

pytestmark = pytest.mark.django_db


def limits(case):
    return {
        clock.kind: (clock.amount, clock.unit, clock.due_on)
        for clock in clocks_of(case.number)
        if clock.kind in ("promise", "statutory")
    }


def test_natural_days_count_every_day_and_end_on_a_working_one(town):
    edition = town.release("eia-approval", statutory_days=12, statutory_unit="自然日", promised_days=None)

    case = walk.accepted(town, edition, at=at("2026-03-03"))

    assert limits(case) == {
        "promise": (12, "natural_day", date(2026, 3, 16)),
        "statutory": (12, "natural_day", date(2026, 3, 16)),
    }
    statutory = next(clock for clock in clock_shapes(case, at("2026-03-03")) if clock.kind == "statutory")
    assert any("12个自然日" in sentence for sentence in statutory.reckoning)
    assert any("顺延" in sentence for sentence in statutory.reckoning)


def test_a_promise_in_working_days_under_a_law_in_natural_days(town):
    case = walk.accepted(town, town.release("eia-approval"), at=at("2026-03-03"))

    assert limits(case) == {
        "promise": (7, "working_day", date(2026, 3, 12)),
        "statutory": (30, "natural_day", date(2026, 4, 2)),
    }
    assert case.due_on == date(2026, 3, 12)


def test_an_item_without_any_limit_falls_under_the_general_rule_and_says_so(town):
    edition = town.release("food-business-licence", statutory_days=None, promised_days=None)

    case = walk.accepted(town, edition, at=at("2026-03-03"))

    assert limits(case) == {
        "promise": (20, "working_day", date(2026, 3, 31)),
        "statutory": (20, "working_day", date(2026, 3, 31)),
    }
    assert {clock.source for clock in clocks_of(case.number) if clock.kind == "statutory"} == {"许可法第四十二条第一款"}
    assert walk.paper(case, "C")["statutory_limit"] == "20个工作日"
    assert edition.doc.decision_limits.sentence == (
        "事项未载明法定期限，按一般规定20个工作日（许可法第四十二条第一款）；未作承诺，以此为准。"
    )


def test_a_promise_in_months(town):
    edition = town.release("food-business-licence", statutory_days=2, statutory_unit="月")

    case = walk.accepted(town, edition, at=at("2026-03-03"))

    assert limits(case)["statutory"] == (2, "month", date(2026, 5, 6))
