"""Two records of one person: proposed with proof, confirmed by another, undone; nothing is moved."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import identity
from tests.builders.city import AT, SYSTEM
from yimen.identity import commands, queries
from yimen.identity.access import AnyName
from yimen.identity.choices import Document, MandateKind, Power
from yimen.identity.commands import merging
from yimen.identity.models import Merge
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Stale

pytestmark = pytest.mark.django_db

PROOF = "护照 E1234567 与五星卡照片、生日一致，原件已核对"


@pytest.fixture
def two(db):
    """Passport and foreign permanent resident card of one person."""
    one = commands.find_or_register_subject(
        document=Document.PASSPORT, number="E12345678", name="ANNA LEE", by=SYSTEM, at=AT
    )
    return one, identity.person("安娜")


@pytest.fixture
def clerks(db):
    return [identity.actor(identity.staff("clerk")) for _ in range(3)]


def merged(two, clerks):
    row = commands.propose_merge(*two, proof=PROOF, by=clerks[0], at=AT)
    return commands.confirm_merge(row, by=clerks[1], at=AT)


def test_a_proposal_holds_nothing_until_another_has_confirmed_it(two, clerks):
    one, other = two

    row = commands.propose_merge(one, other, proof=PROOF, by=clerks[0], at=AT)
    assert queries.same_person(one.pk) == (one.pk,)

    commands.confirm_merge(row, by=clerks[1], at=AT)
    assert queries.same_person(one.pk) == (one.pk, other.pk)
    assert queries.same_person(other.pk) == (other.pk, one.pk)


def test_nobody_confirms_what_they_proposed(two, clerks):
    row = commands.propose_merge(*two, proof=PROOF, by=clerks[0], at=AT)

    with pytest.raises(commands.SameClerk):
        commands.confirm_merge(row, by=clerks[0], at=AT)


def test_undone_each_record_has_its_own_again(two, clerks):
    row = merged(two, clerks)

    commands.undo_merge(row, why="两人同名，重新核对后不是一人", by=clerks[1], at=AT)

    for each in two:
        assert queries.same_person(each.pk) == (each.pk,)
    assert Merge.objects.get().undone_at == AT
    with pytest.raises(Stale):
        commands.undo_merge(row, why="两人同名，重新核对后不是一人", by=clerks[1], at=AT)


def test_what_was_undone_can_be_merged_again(two, clerks):
    commands.undo_merge(merged(two, clerks), why="核对有误，先行撤销", by=clerks[1], at=AT)

    merged(two, clerks)

    assert set(queries.same_person(two[0].pk)) == {each.pk for each in two}


def test_a_pair_is_proposed_once(two, clerks):
    commands.propose_merge(*two, proof=PROOF, by=clerks[0], at=AT)

    with pytest.raises(commands.MergedAlready):
        commands.propose_merge(two[1], two[0], proof=PROOF, by=clerks[1], at=AT)


def test_a_refused_proposal_can_be_made_again(two, clerks):
    row = commands.propose_merge(*two, proof=PROOF, by=clerks[0], at=AT)

    commands.refuse_merge(row, why="照片看不清，请重新核对", by=clerks[1], at=AT)

    assert queries.same_person(two[0].pk) == (two[0].pk,)
    merged(two, clerks)


def test_firms_are_not_merged_nor_one_with_itself(clerks):
    person, firm = identity.person(), identity.firm()

    for one, other in ((firm, identity.firm()), (person, firm), (person, person)):
        with pytest.raises(commands.NotTwoOfOne):
            commands.propose_merge(one, other, proof=PROOF, by=clerks[0], at=AT)


def test_who_may(two, clerks):
    own = Actor(user=clerks[0].user, subject=two[0].pk, duties=frozenset({"clerk"}))
    for stranger, refusal in (
        (identity.actor(identity.staff("reviewer")), Forbidden),
        (identity.actor(identity.staff("supervisor")), Forbidden),
        (identity.actor(identity.citizen()), Forbidden),
        (own, commands.OwnRecord),
    ):
        with pytest.raises(refusal):
            commands.propose_merge(*two, proof=PROOF, by=stranger, at=AT)


def test_three_records_hang_together_and_come_apart_where_the_middle_is_undone(two, clerks):
    third = identity.person("安娜·李")
    first = merged(two, clerks)
    merged((two[1], third), clerks)
    assert set(queries.same_person(third.pk)) == {two[0].pk, two[1].pk, third.pk}

    commands.undo_merge(first, why="重新核对后不是一人", by=clerks[2], at=AT)

    assert queries.same_person(two[0].pk) == (two[0].pk,)
    assert set(queries.same_person(third.pk)) == {two[1].pk, third.pk}


def test_both_accounts_are_the_same_person(two, clerks):
    one = identity.account(subject=two[0])
    other = identity.account(subject=two[1])
    merged(two, clerks)

    assert queries.actor_for(one, AT).subjects == (two[0].pk, two[1].pk)
    assert queries.actor_for(other, AT).subjects == (two[1].pk, two[0].pk)
    assert queries.actor_for(one, AT).is_one(two[1].pk)


def test_a_mandate_given_by_one_record_or_to_one_record_holds_for_the_person(two, clerks):
    agent, firm = identity.person("王芳"), identity.firm()
    identity.mandate(two[0], agent, Power.FILE)
    identity.mandate(firm, two[1], kind=MandateKind.LEGAL_REPRESENTATIVE)

    def may(who, whom):
        return queries.may_act_for(who.pk, whom.pk, Power.FILE, "any", AT)

    assert not may(agent, two[1])
    assert not may(two[0], firm)
    row = merged(two, clerks)
    assert may(agent, two[1])
    assert may(two[0], firm)
    assert may(two[0], two[1])
    assert [each.principals for each in queries.principals_of(agent.pk, AT)] == [(two[0].pk, two[1].pk)]
    assert queries.represented(two[0].pk, AT) == [firm]

    commands.undo_merge(row, why="重新核对后不是一人", by=clerks[2], at=AT)
    assert not may(agent, two[1])
    assert not may(two[0], firm)


def test_asking_who_is_the_same_person_costs_one_statement(two, clerks, django_assert_num_queries):
    merged(two, clerks)
    queries.same_person(two[0].pk)

    with django_assert_num_queries(1):
        queries.same_person(two[0].pk)


def test_who_comes_in_at_the_door_costs_no_statement_for_their_other_records(two, clerks, django_assert_num_queries):
    user = identity.account(subject=two[0])
    merged(two, clerks)
    row = AnyName().get_user(user.pk)
    queries.actor_for(row, AT)

    with django_assert_num_queries(2):
        assert queries.actor_for(AnyName().get_user(user.pk), AT).subjects == (two[0].pk, two[1].pk)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first pairs are drawn slowly on a busy machine
@given(pairs=st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] < pair[1])))
def test_groups_are_those_that_pairs_connect_and_nothing_else(pairs):
    groups = merging.grouped(pairs, set(range(1, 7)))

    assert sorted(pk for group in groups for pk in group) == [1, 2, 3, 4, 5, 6]
    for one, other in pairs:
        assert any({one, other} <= group for group in groups)
    for group in groups:
        reached = {min(group)}
        for _ in group:
            reached |= {pk for pair in pairs if reached & set(pair) for pk in pair}
        assert reached == group
