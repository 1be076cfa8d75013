"""What an account may do follows from the posts held now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import city, identity
from tests.builders.city import AT, COUNTY, SYSTEM, TOWN
from yimen.city import ports
from yimen.city import queries as places
from yimen.city.choices import Duty, Reach
from yimen.city.commands import DutiesClash, put_post
from yimen.identity import commands, queries
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Stale
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db


def test_a_citizen_has_no_duties():
    user = identity.citizen()

    actor = identity.actor(user)

    assert actor == Actor(user=user.pk, name=user.name, subject=user.subject_id)
    assert not actor.is_staff


def test_duties_and_agencies_of_all_posts_are_united():
    market, health = city.agency("SJ", COUNTY), city.agency("WJ", TOWN)
    user = identity.staff(post=city.post(Duty.CLERK, agency=market))
    identity.hold(user, city.post(Duty.REVIEWER, Duty.CHIEF, agency=health))

    actor = identity.actor(user)

    assert actor.duties == {"clerk", "reviewer", "chief"}
    assert actor.agencies == {market.pk, health.pk}
    assert (actor.office, actor.office_name) == (market.pk, market.name)
    assert actor.may(Duty.CLERK, market.pk)
    assert not actor.may(Duty.SUPERVISOR)


def test_a_window_s_clerk_belongs_to_the_hall_and_sits_at_the_window():
    hall = city.hall()
    window = city.window(hall)
    user = identity.staff(post=city.post(hall=hall, window=window, division=places.division(COUNTY)))

    actor = identity.actor(user)

    assert (actor.office, actor.office_name, actor.window) == (None, hall.name, window.pk)


def test_an_actor_costs_two_statements_at_most(django_assert_max_num_queries):
    user = identity.staff(Duty.CLERK)
    identity.hold(user, city.post(Duty.REVIEWER, agency=city.agency()))
    identity.hold(user, city.post(Duty.CHIEF, division=places.division(COUNTY)))

    with django_assert_max_num_queries(2):
        queries.actor_for(user, AT)


def test_a_post_is_held_from_its_first_to_its_last_instant():
    user = identity.account()
    post = city.post(Duty.CLERK)
    holding = commands.assign_post(user, post, since=AT + timedelta(hours=1), by=SYSTEM, at=AT)

    assert not identity.actor(user, AT).is_staff
    assert identity.actor(user, AT + timedelta(hours=1)).is_staff

    commands.end_holding(holding, reason="轮岗", by=SYSTEM, at=AT + timedelta(hours=2))

    assert identity.actor(user, AT + timedelta(minutes=90)).is_staff
    assert not identity.actor(user, AT + timedelta(hours=2)).is_staff
    with pytest.raises(Stale):
        commands.end_holding(holding, by=SYSTEM, at=AT + timedelta(hours=3))


def test_a_post_is_held_once_and_can_be_given_again():
    user, post = identity.account(), city.post(Duty.CLERK)
    holding = identity.hold(user, post)

    with pytest.raises(commands.AlreadyHeld):
        identity.hold(user, post)
    commands.end_holding(holding, by=SYSTEM, at=AT)
    identity.hold(user, post)

    assert queries.holders([post.pk], AT).count() == 1


def test_duties_that_must_stay_apart_do_not_meet_in_one_person():
    clerk = identity.staff(Duty.CLERK)
    supervisor = city.post(Duty.SUPERVISOR)

    with pytest.raises(DutiesClash):
        identity.hold(clerk, supervisor)

    assert identity.actor(clerk).duties == {"clerk"}


def test_nor_by_changing_a_post_under_its_holder():
    clerk = identity.staff(Duty.CLERK)
    hall = city.post(Duty.HALL_MANAGER, code="hall")
    identity.hold(clerk, hall)

    with pytest.raises(DutiesClash):
        put_post(code="hall", name="督察", duties=["supervisor"], reach=Reach.ALL, by=SYSTEM, at=AT)


def test_only_the_administration_gives_and_takes_posts():
    user, post = identity.account(), city.post(Duty.CLERK)
    holding = identity.hold(user, post)
    chief = Actor(user=1, duties=frozenset({"chief"}))

    with pytest.raises(Forbidden):
        commands.assign_post(identity.account(), post, by=chief, at=AT)
    with pytest.raises(Forbidden):
        commands.end_holding(holding, by=chief, at=AT)


def test_the_ledger_tells_of_the_person_and_of_the_post():
    user, post = identity.account(), city.post(Duty.CLERK)

    identity.hold(user, post)

    assert [line.verb for line in story(f"user:{user.pk}")] == ["account_made", "post_given"]
    assert [line.verb for line in story(f"city:post:{post.code}")] == ["post_put", "holder_came"]


def test_the_list_of_posts_knows_their_holders():
    post = city.post(Duty.CLERK)
    identity.staff(post=post, name="李敏")

    assert [holder.name for holder in ports.holders_of([post.pk], AT)[post.pk]] == ["李敏"]


def test_a_closed_account_is_nobody():
    user = identity.staff(Duty.CLERK)
    token = commands.make_token(user, by=SYSTEM, at=AT)

    commands.close_account(user, reason="离职", by=SYSTEM, at=AT)

    user.refresh_from_db()
    assert identity.actor(user) == Actor()
    assert queries.bearer(token, AT) is None
    assert queries.holdings_of(user, AT).count() == 0
