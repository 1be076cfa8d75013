"""One list for several items: met where each item finds it met, demanded where an item demands it, told once."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.law.test_resolution import (
    DEMANDS,
    HEALTH,
    HELD,
    HERE,
    LICENCE,
    POWER,
    PREMISES,
    RULES,
    SEEN,
    TODAY,
    holdings,
    situations,
)
from tests.law.test_rules_in_words import rows
from yimen.law.completeness import MaterialNeed, Necessity
from yimen.law.package_resolution import together
from yimen.law.resolution import HandedIn, Holdings, Trust, Way, resolve

PLAIN = replace(LICENCE, need=MaterialNeed("m09", "营业执照"), licence="")
TOLERANT = replace(HERE, tolerance_until=TODAY)


def merged(*members):
    """Each member: (demand, situation, holdings)."""
    found = [
        (f"item-{place}", resolve([demand], situation, held)[0])
        for place, (demand, situation, held) in enumerate(members)
    ]
    return together("one", "一份材料", found)


def test_a_licence_meets_it_for_all_and_is_told_once():
    held = Holdings(licences=[HELD])

    found = merged((LICENCE, HERE, held), (LICENCE, replace(HERE, item="other"), held))

    assert (found.way, found.met, found.lacks) == (Way.LICENCE, True, False)
    assert found.whys == ("已从电子证照库取得营业执照（2025年3月2日签发，有效），不用提交。",)
    assert len(found.members) == 2


def test_where_one_item_must_have_the_paper_it_is_demanded_once_and_the_others_say_nothing():
    held = Holdings(licences=[HELD])

    found = merged((LICENCE, HERE, held), (PLAIN, HERE, held))

    assert (found.way, found.demanded) == (Way.UPLOAD, True)
    assert [slug for slug, _own in found.wanting] == ["item-1"]


def test_a_promise_is_enough_where_whoever_still_wants_it_can_wait():
    assert merged((HEALTH, TOLERANT, Holdings()), (POWER, HERE, Holdings())).way is Way.TOLERATED
    both = merged((HEALTH, TOLERANT, Holdings()), (RULES, HERE, Holdings()))
    assert (both.way, Way.TOLERATED in both.open) == (Way.UPLOAD, False)


def test_a_letter_of_commitment_is_left_to_the_items_own_applications():
    found = merged((PREMISES, HERE, Holdings()), (PREMISES, HERE, Holdings()))

    assert (found.way, found.lacks, found.demanded, found.item_by_item) == (Way.COMMITMENT, True, False, True)


def test_other_ways_for_each_are_no_reason_to_demand():
    found = merged((PREMISES, HERE, Holdings()), (HEALTH, TOLERANT, Holdings()))

    assert (found.way, found.demanded) == (Way.TOLERATED, False)
    assert Way.COMMITMENT in found.open


def test_what_nobody_needs_is_not_asked_and_what_only_some_may_need_is_not_demanded():
    optional = replace(RULES, need=replace(RULES.need, necessity=Necessity.OPTIONAL))

    assert not together("one", "一份材料", []).asked
    assert not merged((optional, HERE, Holdings())).lacks
    assert merged((optional, HERE, Holdings(earlier=[SEEN]))).met


@given(situations, holdings, st.sampled_from(DEMANDS), st.sampled_from(DEMANDS), st.booleans())
def test_nothing_is_demanded_that_no_item_demands_and_one_paper_serves_all(situation, held, one, other, eligible):
    members = [(one, situation, held), (other, replace(situation, eligible=eligible), held)]
    own = [resolve([demand], where, held)[0] for demand, where, held in members]

    found = merged(*members)

    assert found.lacks == any(each.lacks for each in own)
    assert found.demanded == any(each.demanded for each in own)
    assert found.whys
    paper = [HandedIn(90 + place, demand.key, Way.HANDED_IN, TODAY) for place, (demand, *_rest) in enumerate(members)]
    more = replace(held, handed_in=[*held.handed_in, *paper])
    assert not merged(*[(demand, where, more) for demand, where, _held in members]).lacks


STATES = {
    "licence": (LICENCE, HERE, Holdings(licences=[HELD])),
    "earlier B": (RULES, HERE, Holdings(earlier=[SEEN])),
    "earlier D": (RULES, HERE, Holdings(earlier=[replace(SEEN, trust=Trust.D)])),
    "nothing": (RULES, HERE, Holdings()),
    "nothing, optional": (POWER, HERE, Holdings()),
    "nothing, may commit": (PREMISES, HERE, Holdings()),
    "nothing, may promise": (HEALTH, TOLERANT, Holdings()),
}


def test_the_table_in_the_rules():
    table = rows("packages", "one item finds")

    assert len(table) >= 8
    for one, other, way, lacking in table:
        found = merged(STATES[one], STATES[other])
        assert (found.way.value, "yes" if found.lacks else "no") == (way, lacking), (one, other)
