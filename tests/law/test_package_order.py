"""Freely chosen items: who waits for whom. docs/rules/packages.md"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yimen.law.package_order import Chosen, waits

KINDS = st.frozensets(st.sampled_from("abcd"))


@st.composite
def choices(draw):
    keys = draw(st.lists(st.sampled_from("123456"), unique=True, max_size=6))
    return [Chosen(key, draw(KINDS), draw(KINDS)) for key in keys]


def test_what_needs_a_licence_waits_for_the_item_that_gives_it():
    founding = Chosen("company", gives=frozenset({"business_licence"}), needs=frozenset({"id_card"}))
    kitchen = Chosen("food", gives=frozenset({"food_licence"}), needs=frozenset({"business_licence", "id_card"}))
    sign = Chosen("signboard", needs=frozenset({"business_licence"}))

    assert waits([kitchen, founding, sign]) == {"food": ("company",), "company": (), "signboard": ("company",)}


def test_nobody_waits_for_what_they_hold_already():
    card = Chosen("id-card", gives=frozenset({"id_card"}))
    marriage = Chosen("marriage", needs=frozenset({"id_card"}))

    assert waits([card, marriage]) == {"id-card": (), "marriage": ("id-card",)}
    assert waits([card, marriage], held={"id_card"}) == {"id-card": (), "marriage": ()}


def test_a_renewal_does_not_wait_for_itself_and_two_never_wait_for_one_another():
    one = Chosen("1", gives=frozenset("a"), needs=frozenset("ab"))
    two = Chosen("2", gives=frozenset("b"), needs=frozenset("a"))

    assert waits([one, two]) == {"1": ("2",), "2": ()}


@given(choices(), KINDS)
def test_there_is_always_one_to_begin_with_and_each_waiting_has_its_reason(chosen, held):
    found, by_key = waits(chosen, held=held), {each.key: each for each in chosen}

    done: set[str] = set()
    while len(done) < len(found):
        ready = {key for key, after in found.items() if key not in done and set(after) <= done}
        assert ready, "they wait for one another"
        done |= ready
    for key, after in found.items():
        for other in after:
            assert by_key[other].gives & (by_key[key].needs - held - by_key[key].gives)


@given(choices())
def test_who_holds_everything_waits_for_nothing(chosen):
    assert not any(waits(chosen, held=frozenset("abcd")).values())
