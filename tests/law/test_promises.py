"""Promises: a commitment instead of a paper, a secondary paper that comes later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.test_rules_in_words import rows
from yimen.law.commitments import check_limit, letter, revocation_words
from yimen.law.limits import Limit, Unit
from yimen.law.tolerance import tolerance_limit


@pytest.mark.parametrize("row", rows("tolerance", "statutory limit"), ids=" · ".join)
def test_how_long_a_promise_may_run(row):
    statutory, edition, city, promise = row
    amount, unit = statutory.split()

    found = tolerance_limit(
        statutory=Limit(int(amount), Unit(unit)),
        city_days=int(city),
        edition_days=None if edition == "nothing" else int(edition),
    )

    assert (f"{found.amount} {found.unit.value}" if found else "none") == promise


@given(st.integers(1, 200), st.integers(0, 200), st.none() | st.integers(0, 200))
def test_a_promise_is_never_longer_than_the_law_gives_the_office(statutory, city, edition):
    found = tolerance_limit(statutory=Limit(statutory), city_days=city, edition_days=edition)

    assert found is None or found.amount <= statutory


@pytest.mark.parametrize("row", rows("commitments", "edition says"), ids=" · ".join)
def test_how_long_the_office_has_to_check(row):
    edition, city, limit = row

    found = check_limit(city_days=int(city), edition_days=None if edition == "nothing" else int(edition))

    assert f"{found.amount} working days" == limit


def test_a_letter_says_everything_that_must_be_told():
    told = letter(
        item="公共场所卫生许可", agency="岭东市卫生健康局", material="卫生检测报告", basis="条例第四条",
        conditions=["一年内检测合格"], days=40, public=True,
    )  # fmt: skip

    assert told.basis == "条例第四条"
    assert told.conditions == ("一年内检测合格",)
    assert "卫生检测报告" in told.promises[0]
    assert "撤销" in "".join(told.liability)
    assert "40个工作日" in told.check
    assert revocation_words("卫生检测报告", "没有检测。") == (
        "以承诺代替的“卫生检测报告”经核查不实：没有检测。依据许可法第六十九条第二款，撤销本决定。"
    )
