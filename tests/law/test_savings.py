"""What an application saves, counted openly. docs/rules/savings.md"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.resolution import Way
from yimen.law.savings import Advice, Materials, advice, materials, share, visits

PROMISED = {"instant": False, "supplements_at_window": []}
INSTANT = {"instant": True, "supplements_at_window": []}


def test_materials_are_counted_by_the_way_in_which_they_were_met():
    ways = [
        Way.LICENCE, Way.EARLIER, Way.SERVICE, Way.EXEMPT, Way.COMMITMENT, Way.TOLERATED, Way.HANDED_IN, Way.HANDED_IN,
        Way.FORM, Way.NOT_ASKED, Way.UPLOAD,
    ]  # fmt: skip

    assert materials(ways) == Materials(asked=8, spared=4, committed=1, later=1, brought=2)


@pytest.mark.parametrize(
    ("facts", "usual", "made", "spared"),
    [
        (PROMISED | {"filed_at_window": False, "fetched_at_window": False}, 2, 0, 2),
        (
            PROMISED | {"filed_at_window": True, "supplements_at_window": [False], "fetched_at_window": True},
            3, 2, 1,
        ),
        (PROMISED | {"filed_at_window": False, "fetched_at_window": None}, 1, 0, 1),
        (INSTANT | {"filed_at_window": True, "fetched_at_window": True}, 1, 1, 0),
        (INSTANT | {"filed_at_window": False, "fetched_at_window": True}, 1, 1, 0),
        (INSTANT | {"filed_at_window": False, "fetched_at_window": False}, 1, 0, 1),
    ],
)  # fmt: skip
def test_visits_as_the_table_says(facts, usual, made, spared):
    found = visits(**facts)

    assert (found.usual, found.made, found.spared) == (usual, made, spared)


@given(
    st.booleans(),
    st.booleans(),
    st.lists(st.booleans(), max_size=4),
    st.sampled_from([None, True, False]),
)
def test_what_is_done_away_from_the_window_never_costs_a_visit_more(instant, filed, supplements, fetched):
    at_window = visits(
        instant=instant, filed_at_window=filed, supplements_at_window=supplements, fetched_at_window=fetched
    )
    away = visits(
        instant=instant,
        filed_at_window=False,
        supplements_at_window=[False for _ in supplements],
        fetched_at_window=None if fetched is None else False,
    )

    assert away.made == 0 <= at_window.made <= at_window.usual
    assert away.usual == at_window.usual


@given(st.lists(st.sampled_from(list(Way))))
def test_every_material_that_counts_counts_once(ways):
    found = materials(ways)

    assert found.asked == found.spared + found.committed + found.later + found.brought <= len(ways)


@pytest.mark.parametrize(
    ("asked", "spared", "committed", "later", "said"),
    [
        (20, 18, 0, 0, Advice.DROP), (19, 19, 0, 0, None), (20, 17, 0, 0, None), (40, 0, 21, 0, Advice.COMMIT),
        (40, 0, 20, 0, None), (40, 0, 0, 21, Advice.TOLERATE), (0, 0, 0, 0, None),
    ],
)  # fmt: skip
def test_advice_is_given_only_where_enough_cases_speak_for_it(asked, spared, committed, later, said):
    assert advice(asked=asked, spared=spared, committed=committed, later=later) is said


def test_a_share_of_nothing_is_none():
    assert share(0, 0) is None
    assert share(1, 3) == 33.3
