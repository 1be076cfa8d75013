"""The sweep: each card once, at its time; one bad row stops nobody; it costs what is due, not what is open."""

from __future__ import annotations

import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import walk
from tests.builders.walk import at
from yimen.cases import commands as cases
from yimen.cases.choices import Outcome
from yimen.clocks.commands import Start, start
from yimen.clocks.models import Clock
from yimen.law.clocks import ClockKind
from yimen.law.limits import Limit
from yimen.ledger.queries import faults
from yimen.results import commands as results
from yimen.supervision import commands, queries
from yimen.supervision.commands import sweep
from yimen.supervision.models import Card

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


def rules(case):
    return [(card.rule, card.level) for card in queries.of(case)]


def test_each_warning_and_card_comes_once_and_on_its_day(town, edition):
    """Accepted on 3 March, due on the 17th: 8 of 10 days are used on the 14th, 9 on the 17th."""
    case = walk.accepted(town, edition, at=at("2026-03-03"))

    told = {}
    for day in ("2026-03-13", "2026-03-14", "2026-03-16", "2026-03-17", "2026-03-18", "2026-03-19"):
        for hour in ("00:00", "09:00", "23:59"):
            sweep(at=at(f"{day} {hour}"))
        told[day] = [rule for rule, _ in rules(case)]

    assert told == {
        "2026-03-13": [],
        "2026-03-14": ["T03"],
        "2026-03-16": ["T03"],
        "2026-03-17": ["T03", "T04"],
        "2026-03-18": ["T03", "T04", "T05", "T06"],
        "2026-03-19": ["T03", "T04", "T05", "T06"],
    }
    assert rules(case) == [("T03", "warning"), ("T04", "yellow"), ("T05", "red"), ("T06", "red")]


def test_a_sweep_that_comes_late_issues_what_was_missed_and_nothing_twice(town, edition):
    case = walk.accepted(town, edition, at=at("2026-03-03"))

    first, second = sweep(at=at("2026-06-01")), sweep(at=at("2026-06-01"))

    assert (first.issued, second.issued, second.looked) == (4, 0, 0)
    assert [rule for rule, _ in rules(case)] == ["T03", "T04", "T05", "T06"]


def test_delivery_has_its_own_cards(town, edition):
    case = walk.decided(town, edition, at=at("2026-03-05"))

    sweep(at=at("2026-03-19 23:00"))
    assert rules(case) == []
    sweep(at=at("2026-03-20"))
    assert rules(case) == [("T08", "yellow")]
    sweep(at=at("2026-03-27"))
    assert rules(case) == [("T08", "yellow"), ("T08R", "red")]


def test_a_denial_has_no_delivery_clock(town, edition):
    case = walk.decided(town, edition, at=at("2026-03-05"), outcome=Outcome.DENY)

    sweep(at=at("2026-06-01"))

    assert rules(case) == []


def test_what_is_done_in_time_gets_no_card(town, edition):
    case = walk.decided(town, edition, at=at("2026-03-05"))
    deliverer = town.act("deliverer", at("2026-03-06"))
    results.issue(case, by=deliverer, at=at("2026-03-06"))
    results.deliver(case, way="electronic", by=deliverer, at=at("2026-03-06"))

    assert sweep(at=at("2027-01-01")).looked == 0


def test_a_card_freezes_the_facts_and_gives_its_reason_in_a_sentence(town, edition):
    case = walk.accepted(town, edition, at=at("2026-03-03"))
    sweep(at=at("2026-03-18"))

    card = next(card for card in queries.of(case) if card.rule == "T05")

    assert card.facts == {"due_on": "2026-03-17", "from": "2026-03-18", "extension": 0}
    assert card.reason == (
        "承诺超期（红牌）：承诺期限10个工作日，自2026年3月3日起算，应不迟于2026年3月17日完成，"
        "至2026年3月18日仍未完成，已经超期，同时发出督办。依据：平台监察规则：承诺期限届满。"
    )


def test_a_bad_row_is_left_and_named_the_others_go_on(town, edition, caplog, monkeypatch):
    good, bad = (walk.received(town, edition, at=at("2026-03-02")) for _ in range(2))
    spoilt = Clock.objects.get(about=bad.number, kind="acceptance").pk
    cards_of = commands._cards

    def refuse(clock, case, when):
        if clock.pk == spoilt:
            raise ValueError("a row nobody can read")
        return cards_of(clock, case, when)

    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(commands, "_cards", refuse)
        done = sweep(at=at("2026-03-10"))

    assert (done.failed, done.deemed, walk.again(good).state, walk.again(bad).state) == (1, 1, "accepted", "received")
    assert f"clock {spoilt} of {bad.number} could not be looked at" in caplog.text

    healed = sweep(at=at("2026-03-10 00:01"))
    assert (healed.failed, healed.deemed, walk.again(bad).state) == (0, 1, "accepted")
    assert list(faults()) == []


def test_what_the_law_could_not_do_is_tried_again(town, edition, monkeypatch, caplog):
    case = walk.received(town, edition, at=at("2026-03-02"))

    def fail(*args, **how):
        raise ValueError("the printer is on fire")

    with monkeypatch.context() as broken, caplog.at_level(logging.CRITICAL):
        broken.setattr(cases, "deem_accepted", fail)
        assert (sweep(at=at("2026-03-10")).failed, walk.again(case).state) == (1, "received")

    again = sweep(at=at("2026-03-10 00:01"))

    assert (again.deemed, again.issued, [rule for rule, _ in rules(case)]) == (1, 0, ["T01", "T02"])


def test_a_sweep_that_died_between_the_card_and_the_law_loses_nothing(town, edition):
    case = walk.received(town, edition, at=at("2026-03-02"))
    due = list(Clock.objects.filter(about=case.number))
    commands.issue_cards(due, by=walk.SYSTEM, at=at("2026-03-10"))

    assert (sweep(at=at("2026-03-10 00:01")).deemed, walk.again(case).state) == (1, "accepted")


def open_clocks(count):
    """Clocks that run for years and need no look for a long time."""
    starts = [Start(ClockKind.PROMISE, Limit(400), str(key)) for key in range(count)]
    start("44140220260302100009990", starts, agency=None, at=at("2026-03-02"))


def statements(when):
    with CaptureQueriesContext(connection) as said:
        sweep(at=when)
    return len(said)


def test_it_costs_what_is_due_not_what_is_open(town, edition):
    empty = statements(at("2026-03-03"))
    walk.received(town, edition, at=at("2026-03-02"))
    one_due = statements(at("2026-03-07"))

    open_clocks(1000)

    assert Clock.objects.filter(stopped_at=None).count() == 1001
    assert statements(at("2026-03-07")) == empty == 1
    walk.received(town, edition, at=at("2026-03-02"))
    assert statements(at("2026-03-07")) == one_due


def test_many_that_are_due_cost_no_more_statements_than_one(town, edition):
    walk.accepted(town, edition, at=at("2026-03-03"))
    one = statements(at("2026-03-14"))
    for _ in range(8):
        walk.accepted(town, edition, at=at("2026-03-03"))

    assert statements(at("2026-03-14")) == one
    assert Card.objects.count() == 9


def test_the_console_sweeps_at_a_given_instant(town, edition, capsys):
    walk.received(town, edition, at=at("2026-03-02"))

    call_command("sweep", at="2026-03-10T09:00:00")

    assert capsys.readouterr().out == ("looked at 1 clocks: 2 cards issued, 1 deemed accepted, 0 returned, 0 failed\n")
    with pytest.raises(CommandError):
        call_command("sweep", at="tomorrow")


def test_the_board_counts_what_is_due_today_and_overdue_by_agency(town, edition):
    walk.accepted(town, edition, at=at("2026-03-03"))
    walk.accepted(town, edition, at=at("2026-03-04"))
    sweep(at=at("2026-03-18"))

    (row,) = queries.board(town.act("supervisor", at("2026-03-18")), at("2026-03-18"))

    assert (row.agency, row.running, row.due_today, row.overdue) == (town.agency, 2, 1, 1)
    assert (row.warning, row.yellow, row.red) == (2, 2, 2)


def test_cards_are_for_those_who_supervise_or_work_there(town, edition):
    walk.received(town, edition, at=at("2026-03-02"))
    sweep(at=at("2026-03-10"))

    seen = {
        name: len(queries.cards(town.act(name, at("2026-03-10"))).items)
        for name in (*walk.STAFF, "owner", "citizen", "stranger")
    }

    others = {"admin", "editor", "staffing", "legal"}
    assert {name for name, count in seen.items() if count == 2} == set(walk.STAFF) - others
    assert {seen[name] for name in (*others, "owner", "citizen", "stranger")} == {0}
