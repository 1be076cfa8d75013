"""Which of several known values fills a field: the order of trust, ages, disagreements, and what a change means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.prefill import RANK, TRUSTED, Kept, Origin, disagreeing, kept, may_cross, ranked, same

TODAY = date(2026, 3, 2)
AGES = {Origin.SAME_ITEM: 1825, Origin.OTHER_ITEM: 730}


@dataclass(frozen=True)
class Known:
    value: str
    origin: Origin = Origin.PROFILE
    as_of: date | None = None
    level: str = ""
    turn: int = 0
    place: int = 0
    source: str = ""
    ref: str = ""


def best(*known: Known) -> Known:
    return ranked(known, today=TODAY, ages=AGES)[0]


knowns = st.builds(
    Known,
    value=st.text("ab", min_size=1, max_size=2),
    origin=st.sampled_from(list(Origin)),
    as_of=st.one_of(st.none(), st.dates(date(2018, 1, 1), TODAY)),
    level=st.sampled_from(["", "A", "B"]),
    turn=st.integers(0, 1),
    place=st.integers(0, 2),
)


def test_the_order_of_trust_is_the_order_in_which_origins_are_written():
    told = [Known(str(origin), origin) for origin in reversed(Origin)]

    assert [each.origin for each in ranked(told, today=TODAY, ages=AGES)] == [
        Origin.IDENTITY, Origin.LICENCE, Origin.SERVICE, Origin.SAME_ITEM, Origin.OTHER_ITEM, Origin.PROFILE,
    ]  # fmt: skip


def test_the_applicant_s_own_comes_before_that_of_whoever_acts_for_them():
    own, agents = Known("own", Origin.PROFILE), Known("agent's", Origin.IDENTITY, turn=1)

    assert best(agents, own) == own


def test_what_the_issuer_made_comes_before_what_a_clerk_compared():
    compared = Known("b", Origin.LICENCE, date(2026, 1, 1), level="B")
    issued = Known("a", Origin.LICENCE, date(2025, 1, 1), level="A")

    assert best(compared, issued) == issued


def test_of_equals_the_field_s_own_source_counts_and_then_the_newer():
    older, newer = Known("1", Origin.SAME_ITEM, date(2025, 1, 1)), Known("2", Origin.SAME_ITEM, date(2025, 6, 1))

    assert best(older, newer) == newer
    assert best(newer, replace(older, place=0), replace(newer, place=1)) == newer
    assert best(replace(newer, place=1), older) == older


@pytest.mark.parametrize(("origin", "days", "counts"), [
    (Origin.OTHER_ITEM, 730, True), (Origin.OTHER_ITEM, 731, False),
    (Origin.SAME_ITEM, 1825, True), (Origin.SAME_ITEM, 1826, False), (Origin.LICENCE, 9999, True),
])  # fmt: skip
def test_an_answer_too_old_fills_nothing(origin, days, counts):
    known = Known("x", origin, TODAY - timedelta(days=days))

    assert (ranked([known], today=TODAY, ages=AGES) == [known]) is counts


def test_a_register_that_says_otherwise_is_told_and_an_earlier_answer_is_not():
    winner = Known("江南路 1 号", Origin.LICENCE)
    others = [
        Known("江南路１号", Origin.LICENCE),
        Known("江南路 8 号", Origin.SERVICE),
        Known("江南路 8 号", Origin.SERVICE, source="again"),
        Known("江南路 9 号", Origin.SAME_ITEM),
        Known("江南路 7 号", Origin.LICENCE, turn=1),
    ]

    assert disagreeing(winner, others) == [others[1]]


@pytest.mark.parametrize(("origin", "now", "became"), [
    (Origin.LICENCE, " 江南路1号", Kept.KEPT),
    (Origin.LICENCE, "江南路 2 号", Kept.CHALLENGED),
    (Origin.LICENCE, None, Kept.CHALLENGED),
    (Origin.PROFILE, "江南路 2 号", Kept.CHANGED),
    (Origin.OTHER_ITEM, None, Kept.CHANGED),
    (None, "x", Kept.CHANGED),
])  # fmt: skip
def test_what_became_of_a_value(origin, now, became):
    assert kept(origin, "江南路 1 号", now) is became


def test_parts_and_lists_are_compared_part_by_part():
    assert same({"division": "441402", "detail": "江南路 1 号"}, {"detail": "江南路1号", "division": "441402", "x": ""})
    assert not same({"division": "441402"}, {"division": "441403"})
    assert same([{"a": "１"}], [{"a": "1"}])
    assert same([], None)
    assert not same(False, None), "a no is an answer"


@pytest.mark.parametrize(("consent", "sensitive", "crosses"), [
    (True, False, True), (True, True, False), (False, False, False), (False, True, False),
])  # fmt: skip
def test_an_answer_fills_another_item_s_form_with_consent_and_never_when_sensitive(consent, sensitive, crosses):
    assert may_cross(consent=consent, sensitive=sensitive) is crosses


@given(st.lists(knowns, min_size=1, max_size=6), st.randoms())
def test_the_order_in_which_sources_answer_changes_nothing(known, random):
    shuffled = random.sample(known, len(known))

    assert ranked(known, today=TODAY, ages=AGES) == ranked(shuffled, today=TODAY, ages=AGES)


@given(st.lists(knowns, min_size=1, max_size=6), knowns)
def test_one_more_source_never_changes_a_field_to_a_worse_one(known, more):
    before, after = (ranked(some, today=TODAY, ages=AGES) for some in (known, [*known, more]))

    if before:
        assert (after[0].turn, RANK[after[0].origin]) <= (before[0].turn, RANK[before[0].origin])
        assert after[0] in (before[0], more)


@given(st.lists(knowns, min_size=1, max_size=6))
def test_who_disagrees_is_trusted_and_says_something_else(known):
    found = disagreeing(known[0], known[1:])

    assert all(each.origin in TRUSTED and not same(each.value, known[0].value) for each in found)
    assert len({each.value for each in found}) == len(found)
