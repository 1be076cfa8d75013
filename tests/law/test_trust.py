"""Levels of trust and their moves. docs/rules/trust.md"""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.law.test_rules_in_words import rows
from yimen.law.trust import Act, Level, after, usable

DAY = date(2026, 3, 9)


def test_the_worked_table_is_true() -> None:
    for before, act, then in rows("trust", "level before"):
        level = None if before == "–" else Level(before)
        assert after(level, Act(act)) == (None if then == "–" else Level(then)), (before, act)


@given(level=st.sampled_from(Level), act=st.sampled_from(Act))
def test_nothing_but_the_issuer_or_an_original_raises_trust(level: Level, act: Act) -> None:
    if after(level, act) is not None:
        assert act in (Act.ISSUED, Act.SYNCHRONISED, Act.COMPARED)


def test_c_is_not_used_before_it_was_compared_and_nothing_after_its_end() -> None:
    assert [level for level in Level if usable(level, valid_to=None, ended=False, day=DAY)] == ["A", "B", "D"]
    assert not usable(Level.A, valid_to=date(2026, 3, 8), ended=False, day=DAY)
    assert usable(Level.A, valid_to=DAY, ended=False, day=DAY)
    assert not usable(Level.B, valid_to=None, ended=True, day=DAY)
