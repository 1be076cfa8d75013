"""The one road of every state change: one transaction, a word in the ledger, entries and jobs written together."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.builders import jobs
from tests.builders.city import AT, SYSTEM
from yimen.clocks.events import DueDayMoved
from yimen.kit import commands as kit
from yimen.kit.actor import Actor
from yimen.kit.commands import UnrecordedError, command, memo, remembering
from yimen.kit.errors import Refusal
from yimen.kit.events import speak
from yimen.ledger.commands import record
from yimen.ledger.models import Entry
from yimen.ledger.queries import faults, story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_list(monkeypatch):
    """The commands of a test are not the house's."""
    monkeypatch.setattr(kit, "COMMANDS", {})


def made(verb):
    return command(verb)


def test_a_command_takes_who_and_when_as_keywords():
    def nobody(*, at: datetime) -> None:
        pass

    def by_place(by: Actor, at: datetime) -> None:
        pass

    for wrong in (nobody, by_place):
        with pytest.raises(TypeError):
            command(wrong)


def test_a_command_that_says_nothing_to_the_ledger_is_undone_and_crashes():
    @made
    def silent(*, by: Actor, at: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO ledger_attempts (key, count, at) VALUES ('x', 1, now())")

    with pytest.raises(UnrecordedError):
        silent(by=SYSTEM, at=AT)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_attempts")
        assert cursor.fetchone() == (0,)


def test_what_an_inner_command_said_is_said_for_the_outer_one_too():
    @made
    def inner(*, by: Actor, at: datetime) -> None:
        record("chain", "inner", by=by, at=at)

    @made
    def outer(*, by: Actor, at: datetime) -> None:
        inner(by=by, at=at)

    outer(by=SYSTEM, at=AT)

    assert [line.verb for line in story("chain")] == ["inner"]


def test_entries_keep_their_order_and_are_written_in_one_statement_with_the_jobs_in_another():
    @made
    def busy(*, by: Actor, at: datetime) -> None:
        for number in range(5):
            record("one" if number % 2 else "two", f"verb-{number}", by=by, at=at)
            speak(DueDayMoved("nothing", "step", str(number), at.date()))

    with CaptureQueriesContext(connection) as said:
        busy(by=SYSTEM, at=AT)

    written = [query["sql"].split("'")[1] for query in said if "ledger_append_all" in query["sql"]]
    assert written == ["\x1e".join(("two", "one", "two", "one", "two"))]
    assert [line.verb for line in story("two")] == ["verb-0", "verb-2", "verb-4"]
    assert [line.verb for line in story("one")] == ["verb-1", "verb-3"]
    assert list(faults()) == []


def test_a_refusal_leaves_neither_entries_nor_jobs():
    @made
    def refused(*, by: Actor, at: datetime) -> None:
        record("chain", "tried", by=by, at=at)
        raise Refusal

    with pytest.raises(Refusal):
        refused(by=SYSTEM, at=AT)

    assert (Entry.objects.filter(chain="chain").count(), jobs.waiting()) == (0, [])


def test_a_refused_command_leaves_the_transaction_around_it_usable():
    @made
    def refused(*, by: Actor, at: datetime) -> None:
        record("chain", "tried", by=by, at=at)
        raise Refusal

    with transaction.atomic():
        with pytest.raises(Refusal):
            refused(by=SYSTEM, at=AT)
        record("chain", "afterwards", by=SYSTEM, at=AT)

    assert [line.verb for line in story("chain")] == ["afterwards"]


def test_what_is_remembered_lives_as_long_as_the_outermost_command():
    seen = []

    @made
    def inner(*, by: Actor, at: datetime) -> None:
        record("chain", "inner", by=by, at=at)
        seen.append(memo().get("known"))

    @made
    def outer(*, by: Actor, at: datetime) -> None:
        memo()["known"] = "yes"
        inner(by=by, at=at)

    outer(by=SYSTEM, at=AT)
    inner(by=SYSTEM, at=AT)
    memo()["known"] = "lost"

    assert (seen, memo()) == (["yes", None], {})


def test_a_command_within_a_remembering_reader_begins_with_nothing_remembered():
    @made
    def fresh(*, by: Actor, at: datetime) -> object:
        record("chain", "fresh", by=by, at=at)
        return memo().get("known")

    with remembering():
        memo()["known"] = "old"
        assert fresh(by=SYSTEM, at=AT) is None
        assert memo() == {"known": "old"}
