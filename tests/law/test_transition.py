"""What a new edition means for matters that are still open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.completeness import Necessity
from yimen.law.transition import Consequence, Effect, amount_effect, consequence, gravest, material_effect

NEED = st.sampled_from([None, *Necessity])


@pytest.mark.parametrize(
    ("effect", "settled", "choosable", "expected"),
    [
        (Effect.BURDENS, False, True, Consequence.KEEPS),
        (Effect.BURDENS, True, True, Consequence.UNTOUCHED),
        (Effect.EASES, True, True, Consequence.UNTOUCHED),
        (Effect.EASES, False, True, Consequence.DECIDE),
        (Effect.EASES, False, False, Consequence.KEEPS),
        (Effect.NEITHER, False, True, Consequence.UNTOUCHED),
    ],
)
def test_what_a_change_means_depends_on_whether_its_question_is_settled(effect, settled, choosable, expected):
    assert consequence(effect, settled=settled, choosable=choosable) is expected


@given(st.sampled_from(Effect), st.booleans())
def test_no_burden_ever_reaches_back(effect, settled):
    found = consequence(effect, settled=settled, choosable=True)

    assert (found is Consequence.DECIDE) == (effect is Effect.EASES and not settled)


@given(NEED, NEED)
def test_what_burdens_one_way_eases_the_other(before, after):
    opposite = {Effect.EASES: Effect.BURDENS, Effect.BURDENS: Effect.EASES, Effect.NEITHER: Effect.NEITHER}

    assert material_effect(after, before) is opposite[material_effect(before, after)]


@given(st.lists(st.sampled_from(Consequence)))
def test_several_changes_count_as_the_gravest(found):
    assert gravest(found) in {*found, Consequence.UNTOUCHED}
    assert (gravest(found) is Consequence.DECIDE) == (Consequence.DECIDE in found)


def test_fewer_days_ease_and_an_unknown_number_says_nothing():
    assert amount_effect(20, 10) is Effect.EASES
    assert amount_effect(None, 10) is Effect.NEITHER
