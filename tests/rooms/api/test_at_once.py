"""Two requests at the same moment, on connections of their own: one effect."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from tests.builders import walk
from tests.rooms.api.test_walk import complete
from yimen.applications.models import Application
from yimen.cases.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls):
    """Run them side by side; gives their answers."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        barrier.wait()
        try:
            answers[place] = call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.fixture
def owner(program):
    return program("owner")


@pytest.fixture
def town(transactional_db, clock):
    """The town of these tests is committed, so that other connections see it."""
    return walk.town()


def test_the_same_key_twice_at_once_begins_one_application(owner, edition, firm):
    from tests.rooms.api.conftest import Program

    body = {"item": edition.item.slug, "subject": firm}
    others = [Program(owner.token) for _ in range(3)]

    answers = together(*(lambda each=each: each.post("applications", body, key="k-1") for each in others))

    assert [each.status_code for each in answers] == [201, 201, 201]
    assert len({each.content for each in answers}) == 1
    assert Application.objects.count() == 1


def test_a_double_click_on_submit_opens_one_case(owner, edition, firm):
    from tests.rooms.api.conftest import Program

    number = complete(owner, firm, edition)
    clicks = [Program(owner.token) for _ in range(2)]

    answers = together(*(lambda each=each: each.post(f"applications/{number}/submit") for each in clicks))

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Case.objects.count() == 1


def test_two_clerks_who_accept_at_once_are_told_apart(program, town, edition, clock):
    case = walk.received(town, edition, at=clock.at)
    first, second = program("clerk"), program("clerk2")

    answers = together(*(lambda each=each: each.post(f"cases/{case.number}/accept", {}) for each in (first, second)))

    assert sorted(each.status_code for each in answers) == [200, 409]
    assert {each.json()["code"] for each in answers if each.status_code == 409} == {"wrong_state"}
