"""Proof loops: sure where nobody can begin, possible where a way out exists."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import editions as e
from yimen.law.catalogue import loops
from yimen.law.catalogue.graph import knots, way_round


def item(slug, gives, *materials):
    results = tuple(e.Result(name=name, kind="其他") for name in gives)
    return e.edition(slug=slug, name=slug.upper(), results=results, materials=materials)


def told(*documents):
    return [(each.slug, each.rule) for each in loops(documents)]


def test_two_items_that_wait_for_one_another() -> None:
    home = item("a", ["居住证明"], e.material("申请书"), e.proof("就业证明"))
    work = item("b", ["就业证明"], e.proof("居住证明"))

    found = loops([home, work])

    assert [(each.slug, each.rule, each.place) for each in found] == [
        ("a", "proof_loop", "materials[1]"),
        ("b", "proof_loop", "materials[0]"),
    ]
    assert found[0].stops
    assert "办“A”要“就业证明”，由“B”办出；办“B”要“居住证明”，由“A”办出" in found[0].sentence


def test_three_in_a_ring_are_told_in_their_order() -> None:
    ring = [item("a", ["甲"], e.proof("乙")), item("b", ["乙"], e.proof("丙")), item("c", ["丙"], e.proof("甲"))]

    assert [each.sentence.count("办出") for each in loops(ring)] == [3, 3, 3]


def test_a_way_out_makes_it_possible_only() -> None:
    work = item("b", ["就业证明"], e.proof("居住证明"))
    for way_out in (
        {"necessity": "非必要"},
        {"necessity": "容缺"},
        {"show_if": "a == 'b'"},
        {"exempt_when": "告知承诺"},
    ):
        home = item("a", ["居住证明"], e.proof("就业证明", **way_out))
        assert told(home, work) == [("a", "proof_loop_possible"), ("b", "proof_loop_possible")]
    home = item("a", ["居住证明"], e.proof("就业证明"))
    elsewhere = item("c", ["居住证明"], e.material("申请书"))
    assert told(home, work, elsewhere) == [("a", "proof_loop_possible"), ("b", "proof_loop_possible")]


def test_a_renewal_needs_the_old_licence_and_is_no_loop() -> None:
    renewal = item("renew", ["居民身份证"], e.material("居民身份证", kind="证照"))
    register = item("hukou", ["居民户口簿"], e.material("居民身份证", kind="证照"))
    identity = item("id", ["居民身份证"], e.material("居民户口簿", kind="证照"))

    assert told(renewal, register) == []
    assert {slug for slug, _ in told(renewal, register, identity)} == {"hukou", "id"}


def test_a_proof_of_itself_is_a_loop() -> None:
    assert told(item("a", ["居住证明"], e.proof("居住证明"))) == [("a", "proof_loop")]


def test_what_merely_waits_for_a_loop_is_not_in_it() -> None:
    home = item("a", ["居住证明"], e.proof("就业证明"))
    work = item("b", ["就业证明"], e.proof("居住证明"))
    school = item("c", ["学籍"], e.proof("居住证明"))

    assert [slug for slug, _ in told(home, work, school)] == ["a", "b"]


def test_twenty_thousand_items_take_seconds() -> None:
    documents = [
        item(f"i{number:05}", [f"证明{number % 700}"], e.proof(f"证明{(number * 7 + 1) % 700}", necessity="非必要"))
        for number in range(20_000)
    ]
    begun = time.perf_counter()

    assert len(loops(documents)) > 1000
    assert time.perf_counter() - begun < 20


GRAPHS = st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefgh"), max_size=3), max_size=8)


@given(GRAPHS)
def test_knots_are_exactly_what_reaches_itself(graph) -> None:
    def reached(start):
        seen, open_nodes = set(), [start]
        while open_nodes:
            for following in graph.get(open_nodes.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    open_nodes.append(following)
        return seen

    in_knots = {node for knot in knots(graph) for node in knot}

    assert in_knots == {node for node in graph if node in reached(node)}
    for knot in knots(graph):
        for node in knot:
            way = way_round(graph, node, frozenset(knot))
            assert way[0] == node
            assert all(after in graph[before] for before, after in pairwise([*way, node]))


def test_things_are_the_same_under_other_names() -> None:
    home = item("a", ["广东省居住证"], e.proof("就业证明（原件）"))
    work = item("b", ["就业证明"], e.material("申请人居住证复印件", kind="证照"))

    assert told(home, work) == [("a", "proof_loop"), ("b", "proof_loop")]


def test_a_licence_asked_for_by_code_is_the_one_given_by_name() -> None:
    home = item("a", ["广东省居住证"], e.proof("就业证明"))
    work = item("b", ["就业证明"], e.material("居住材料", kind="证照", licence_type="residence_permit"))

    assert loops([home, work]) == []
    assert [each.slug for each in loops([home, work], licences={"residence_permit": "广东省居住证"})] == ["a", "b"]


def test_every_thing_in_a_list_must_be_there_and_one_of_a_choice_need_not() -> None:
    home = item("a", ["居住证明"], e.proof("户籍证明和就业证明"))
    work = item("b", ["就业证明"], e.proof("居住证明"))
    choice = item("a", ["居住证明"], e.proof("居住材料（户籍证明、就业证明之一）"))
    either = item("a", ["居住证明"], e.proof("户籍证明或就业证明"))

    assert told(home, work) == [("a", "proof_loop"), ("b", "proof_loop")]
    assert told(either, work) == [("a", "proof_loop_possible"), ("b", "proof_loop_possible")]
    assert told(choice, work) == []


def test_two_loops_that_share_an_item_are_told_from_every_item() -> None:
    ring = [
        item("a", ["甲证"], e.proof("乙证"), e.proof("丙证")),
        item("b", ["乙证"], e.proof("甲证")),
        item("c", ["丙证"], e.proof("丁证")),
        item("d", ["丁证"], e.proof("甲证")),
    ]

    assert told(*ring) == [(slug, "proof_loop") for slug in "abcd"]
