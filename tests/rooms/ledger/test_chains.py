"""Nobody changes the ledger unnoticed: the database refuses it; where somebody forced it, `yimen verify` finds it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError

from tests.builders import walk
from tests.builders.city import AT, SYSTEM
from tests.builders.threads import at_once
from tests.builders.walk import at
from yimen.kit.commands import command
from yimen.kit.errors import TooOften
from yimen.ledger import commands
from yimen.ledger.choices import case_chain
from yimen.ledger.commands import Ahead, count_attempt, look, record
from yimen.ledger.models import Entry, Head
from yimen.ledger.queries import faults, story

pytestmark = pytest.mark.django_db


def force(sql, *values):
    """As somebody with all rights on the database might do it, past the trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def case(db):
    """A case that was accepted, with its chain of entries."""
    town = walk.town()
    return walk.accepted(town, town.release("food-business-licence"), at=at("2026-03-02"))


def test_each_entry_bears_the_hash_of_the_one_before():
    for number in range(3):
        record("a", f"verb-{number}", by=SYSTEM, at=AT, ground="理由", fact=number)
    record("b", "other", by=SYSTEM, at=AT)

    assert [(line.seq, line.verb, line.ground, line.facts) for line in story("a")] == [
        (1, "verb-0", "理由", {"fact": 0}), (2, "verb-1", "理由", {"fact": 1}), (3, "verb-2", "理由", {"fact": 2}),
    ]  # fmt: skip
    assert (Head.objects.get(chain="a").seq, Head.objects.get(chain="b").seq) == (3, 1)
    assert list(faults()) == []


@pytest.mark.parametrize("sql", ["UPDATE ledger_entry SET verb = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_itself_refuses_to_change_an_entry(sql):
    record("a", "verb", by=SYSTEM, at=AT)

    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_changed_entry_is_found(case):
    chain = case_chain(case.number)
    force("UPDATE ledger_entry SET body = body || ' ' WHERE chain = %s AND seq = 3", chain)

    assert list(faults()) == [f"{chain}: entry 3 was changed"]


def test_columns_that_differ_from_the_text_are_found(case):
    chain = case_chain(case.number)
    force("UPDATE ledger_entry SET verb = 'nothing' WHERE chain = %s AND seq = 1", chain)
    force("UPDATE ledger_entry SET actor = 999 WHERE chain = %s AND seq = 2", chain)

    assert list(faults()) == [
        f"{chain}: the columns of entry 1 differ from its text",
        f"{chain}: the columns of entry 2 differ from its text",
    ]


def test_a_missing_entry_is_found(case):
    chain = case_chain(case.number)
    force("DELETE FROM ledger_entry WHERE chain = %s AND seq = 2", chain)

    found = list(faults())

    assert found == [f"{chain}: entry 2 is missing"]


def test_a_chain_that_was_cut_is_found(case):
    chain = case_chain(case.number)
    last = Head.objects.get(chain=chain).seq
    force("DELETE FROM ledger_entry WHERE chain = %s AND seq = %s", chain, last)

    assert list(faults()) == [f"{chain}: entries after {last - 1} are missing"]


def test_a_chain_that_is_gone_is_found(case):
    chain = case_chain(case.number)
    last = Head.objects.get(chain=chain).seq
    force("DELETE FROM ledger_entry WHERE chain = %s", chain)

    assert next(iter(faults())) == f"{chain}: all {last} entries are missing"


def test_entries_that_were_overwritten_with_something_else_are_found_one_by_one(case):
    chain, count = case_chain(case.number), len(story(case_chain(case.number)))
    force("UPDATE ledger_entry SET body = '{}' WHERE chain = %s", chain)

    assert list(faults()) == [
        *[f"{chain}: entry {number} was changed" for number in range(1, count + 1)],
        f"case {case.number}: its entries can't be read",
    ]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("state = 'decided'", "state is 'decided', the ledger says 'accepted'"),
        ("due_on = '2030-01-01'", "due_on is '2030-01-01', the ledger says '2026-03-16'"),
        ("deemed = true", "deemed is True, the ledger says False"),
        ("accepted_by_id = NULL", "accepted_by_id is None, the ledger says {clerk}"),
        ("version = 7", "version is 7, the ledger says 2"),
    ],
)
def test_a_case_row_that_was_tampered_with_is_found(case, change, what):
    force(f"UPDATE cases_case SET {change} WHERE number = %s", case.number)  # noqa: S608

    assert list(faults()) == [f"case {case.number}: {what.format(clerk=case.accepted_by_id)}"]


def test_verify_says_all_in_order(case, capsys):
    call_command("verify")

    assert capsys.readouterr().out == (
        f"{Head.objects.count()} chains with {Entry.objects.count()} entries: all in order\n"
    )


def test_verify_names_what_differs_and_exits_with_1(case, capsys):
    force("UPDATE cases_case SET state = 'closed' WHERE number = %s", case.number)

    with pytest.raises(SystemExit) as left:
        call_command("verify", no_color=True)

    assert left.value.code == 1
    assert capsys.readouterr().out == (
        f"case {case.number}: state is 'closed', the ledger says 'accepted'\n1 faults found\n"
    )


def test_looks_at_others_are_written_down_looks_at_oneself_are_not(case):
    town_firm, clerk = case.subject_id, walk.actor_for(case.accepted_by, AT)
    look(town_firm, by=clerk, at=AT, purpose="受理审查", case=case.number, what="申请内容")
    look(town_firm, by=clerk.on_behalf_of(town_firm), at=AT, purpose="再看")

    lines = [line for line in story(f"subject:{town_firm}") if line.verb == "look"]

    assert [(line.ground, line.facts["case"]) for line in lines] == [("受理审查", case.number), ("再看", "")]


def test_no_number_or_name_of_a_person_lies_in_the_ledger_in_the_open(case):
    bodies = "\n".join(Entry.objects.filter(chain=case_chain(case.number)).values_list("body", flat=True))

    assert case.subject.number not in bodies
    assert case.subject.name not in bodies
    assert case.password not in bodies


def test_attempts_are_counted_by_the_minute():
    for _ in range(3):
        count_attempt("somebody", at=AT, limit=3)

    with pytest.raises(TooOften):
        count_attempt("somebody", at=AT.replace(second=59), limit=3)
    count_attempt("somebody", at=AT.replace(minute=1), limit=3)
    count_attempt("somebody else", at=AT, limit=3)


def test_many_entries_at_once_are_chained_as_they_would_be_one_by_one():
    given = [(f"c{number % 7}", f"verb-{number}") for number in range(100)]
    record("c3", "before", by=SYSTEM, at=AT)

    with_others(given)

    assert list(faults()) == []
    for chain in {chain for chain, _verb in given}:
        expected = ["before"] * (chain == "c3") + [verb for each, verb in given if each == chain]
        assert [line.verb for line in story(chain)] == expected
    made = Entry.objects.exclude(verb="before").order_by("id").values_list("chain", "verb")
    assert list(made) == given, "in the order in which they were given"


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_same_chains_at_once_with_many_entries_break_none_of_them():
    chains = [f"c{number}" for number in range(60)]
    words = ("one", "two", "three", "four")
    calls = [lambda word=word: with_others([(chain, word) for chain in chains]) for word in words]
    singly = [lambda: [with_others([(chain, "alone")]) for chain in reversed(chains)]]

    at_once(*calls, *singly)

    assert list(faults()) == []
    assert {tuple(sorted(line.verb for line in story(chain))) for chain in chains} == {tuple(sorted((*words, "alone")))}


def with_others(given):
    @command
    def do(*, by, at):
        for chain, verb in given:
            record(chain, verb, by=by, at=at)

    do(by=SYSTEM, at=AT)


def test_what_a_machine_counts_ahead_is_within_the_limit_of_all(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(commands, "AHEAD", Ahead())
    with django_assert_num_queries(1):
        for _ in range(5):
            count_attempt("machine", at=AT, limit=8, ahead=4)

    monkeypatch.setattr(commands, "AHEAD", Ahead())  # another process, that knows nothing of the first
    for _ in range(3):
        count_attempt("machine", at=AT, limit=8, ahead=4)
    with pytest.raises(TooOften):
        count_attempt("machine", at=AT, limit=8, ahead=4)
    count_attempt("machine", at=AT.replace(minute=1), limit=8, ahead=4)
