"""Messages: told once, read once, and a carrier's failure is seen, not lost."""

from __future__ import annotations

import pytest

from tests.builders import identity
from tests.builders.city import AT, SYSTEM
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.notices import commands, ports, queries
from yimen.notices.models import Dispatch, Message

pytestmark = pytest.mark.django_db


class Carrier:
    """A channel that takes messages, or doesn't."""

    def __init__(self, name: str, fails: bool = False) -> None:
        self.name, self.fails, self.taken = name, fails, []

    def hand_over(self, *, subject, title, body):
        if self.fails:
            raise ConnectionError("no route to the carrier")
        self.taken.append((subject, title))


@pytest.fixture
def carriers(monkeypatch):
    good, bad = Carrier("sms"), Carrier("app", fails=True)
    monkeypatch.setattr(ports, "CHANNELS", [good, bad])
    monkeypatch.setattr(commands, "CHANNELS", [good, bad])
    return good, bad


def send(person, once="news:1"):
    return commands.send(subject=person.pk, about="4414", title="标题", body="内容", once=once, by=SYSTEM, at=AT)


def test_the_same_news_is_told_once(carriers):
    person = identity.person()

    first, second = send(person), send(person)

    assert (first, Message.objects.count(), carriers[0].taken) == (second, 1, [(person.pk, "标题")])
    assert [line.verb for line in story(subject_chain(person.pk))][-2:] == ["told", "told-already"]


def test_other_news_is_told_too_newest_first(carriers):
    person = identity.person()
    send(person)
    send(person, "news:2")

    assert [message.once for message in queries.of([person.pk])] == ["news:2", "news:1"]
    assert queries.unread([person.pk]) == 2


def test_a_carrier_that_fails_leaves_a_row_to_see_and_the_message_where_it_is(carriers):
    message = send(identity.person())

    assert [
        (each.channel, each.handed_over_at, each.failure)
        for each in Dispatch.objects.filter(message=message).order_by("channel")
    ] == [("app", None, "no route to the carrier"), ("sms", AT, "")]


def test_handed_over_is_not_yet_arrived(carriers):
    send(identity.person())

    assert set(Dispatch.objects.values_list("confirmed_at", flat=True)) == {None}


def test_reading_is_noted_once(carriers):
    person = identity.person()
    message = send(person)

    commands.mark_read(message, by=SYSTEM, at=AT)
    later = AT.replace(hour=18)
    commands.mark_read(message, by=SYSTEM, at=later)

    message.refresh_from_db()
    assert (message.read_at, queries.unread([person.pk])) == (AT, 0)


def test_others_see_nothing_of_it(carriers):
    send(identity.person())

    assert list(queries.of([identity.person("王芳").pk])) == []
