"""A correction that waits has a clock like a case's: a warning, a yellow and a red card, for whose register it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import identity, walk
from tests.builders.city import SYSTEM
from yimen.clocks.models import Clock
from yimen.identity import commands as people
from yimen.identity.queries import value_about
from yimen.supervision import tasks
from yimen.supervision.commands import sweep
from yimen.supervision.models import Card

pytestmark = pytest.mark.django_db
DAY = walk.at("2026-03-02")


@pytest.fixture
def asked(db):
    """Asked on 2 March, due on 1 April."""
    town = walk.town()
    person = identity.person("李梅")
    row = people.ask_correction(
        person, value=value_about(person, "identity", "name"), said="李玫", reason="写错了", by=SYSTEM, at=DAY
    )
    return town, row


def issued(row):
    found = Card.objects.filter(number=f"correction:{row.pk}").order_by("id")
    return [(card.rule, card.level) for card in found]


def test_it_is_warned_of_and_gets_cards_as_its_day_comes_and_passes(asked):
    _town, row = asked

    sweep(at=walk.on(row.due_on - timedelta(days=10)))
    early = issued(row)
    sweep(at=walk.on(row.due_on))
    near = issued(row)
    sweep(at=walk.on(row.due_on + timedelta(days=1)))
    late = issued(row)
    sweep(at=walk.on(row.due_on + timedelta(days=30)))

    warning, yellow, red = ("T11", "warning"), ("T11Y", "yellow"), ("T11R", "red")
    assert (early, near, late) == ([], [warning], [warning, yellow])
    assert issued(row) == [warning, yellow, red]


def test_its_clock_falls_due_on_the_day_that_was_told_and_stops_with_the_answer(asked):
    town, row = asked
    clock = Clock.objects.get(about=f"correction:{row.pk}")

    people.answer_correction(
        row, finding="right", answer="登记与证件一致。", by=town.act("clerk", DAY), at=DAY + timedelta(days=1)
    )
    sweep(at=walk.on(row.due_on + timedelta(days=30)))

    assert (clock.due_on, clock.kind, clock.agency_id) == (row.due_on, "correction", None)
    assert Clock.objects.get(pk=clock.pk).stopped_at is not None
    assert issued(row) == []


def test_supervisors_and_who_keeps_the_register_see_the_card_and_come_to_the_correction(asked, client):
    town, row = asked
    sweep(at=walk.on(row.due_on + timedelta(days=1)))
    card = Card.objects.filter(number=f"correction:{row.pk}").order_by("id").last()
    client.force_login(town.users["supervisor"])

    page = client.get(f"/desk/supervision/cards/{card.pk}/").content.decode()

    assert "更正答复超期" in page
    assert f"/desk/corrections/{row.pk}/" in page
    assert client.get(f"/desk/corrections/{row.pk}/").status_code == 200
    client.force_login(town.users["chief"])
    assert client.get(f"/desk/supervision/cards/{card.pk}/").status_code == 404


def test_one_from_before_corrections_were_timed_gets_its_clock_and_its_cards_once(asked):
    _town, row = asked
    Clock.objects.filter(about=f"correction:{row.pk}").delete()

    tasks.corrections()
    tasks.corrections()

    clock = Clock.objects.get(about=f"correction:{row.pk}")
    assert (clock.due_on, clock.opened_at, clock.agency_id) == (row.due_on, row.asked_at, row.agency_id)
    sweep(at=walk.on(row.due_on + timedelta(days=1)))
    assert [level for _rule, level in issued(row)] == ["warning", "yellow"]
