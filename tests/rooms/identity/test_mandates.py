"""Who may act for whom, in what, how long."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.builders import identity
from tests.builders.city import AT, SYSTEM
from yimen.identity import commands, queries
from yimen.identity.choices import MandateKind, Power
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid, Stale
from yimen.kit.time import CHINA

pytestmark = pytest.mark.django_db

ITEM = "food-business-licence"


def may(agent, principal, power=Power.FILE, item=ITEM, at=AT):
    return queries.may_act_for(agent.pk, principal.pk, power, item, at)


def test_everybody_acts_for_themselves_and_for_nobody_else():
    one, other = identity.person(), identity.person("王芳")

    assert may(one, one)
    assert not may(one, other)


def test_a_mandate_holds_for_its_powers_and_items_only():
    principal, agent = identity.person(), identity.person("王芳")
    identity.mandate(principal, agent, Power.FILE, Power.RECEIVE, items=(ITEM,))

    assert may(agent, principal)
    assert may(agent, principal, Power.RECEIVE)
    assert not may(agent, principal, Power.SIGN)
    assert not may(agent, principal, item="company-establishment")
    assert not may(principal, agent)


def test_a_mandate_without_items_holds_for_all():
    principal, agent = identity.person(), identity.person("王芳")
    identity.mandate(principal, agent, Power.FILE)

    assert may(agent, principal, item="company-establishment")


def test_both_days_of_validity_are_included():
    principal, agent = identity.person(), identity.person("王芳")
    identity.mandate(principal, agent, valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 4))

    days = {day: may(agent, principal, at=datetime(2026, 3, day, 23, 59, tzinfo=CHINA)) for day in range(1, 6)}

    assert days == {1: False, 2: True, 3: True, 4: True, 5: False}


def test_a_revoked_mandate_ends_at_once_but_held_before():
    principal, agent = identity.person(), identity.person("王芳")
    mandate = identity.mandate(principal, agent)
    later = AT + timedelta(hours=1)

    commands.revoke_mandate(mandate, by=Actor(user=1, subject=principal.pk), at=later)

    assert may(agent, principal, at=later - timedelta(minutes=1))
    assert not may(agent, principal, at=later)
    with pytest.raises(Stale):
        commands.revoke_mandate(mandate, by=Actor(user=1, subject=principal.pk), at=later)


def test_a_legal_representative_gives_the_firm_s_mandates_and_a_handler_does_not():
    firm, boss, handler, friend = (
        identity.firm(),
        identity.person("张三"),
        identity.person("李四"),
        identity.person("王五"),
    )
    identity.mandate(firm, boss, kind=MandateKind.LEGAL_REPRESENTATIVE)
    give = {"principal": firm, "kind": MandateKind.HANDLER, "powers": ["file"], "valid_from": AT.date(), "at": AT}

    commands.grant_mandate(agent=handler, **give, by=Actor(user=identity.account(subject=boss).pk, subject=boss.pk))

    with pytest.raises(commands.MayNotGrant):
        commands.grant_mandate(agent=friend, **give, by=Actor(user=2, subject=handler.pk))
    assert [mandate.principal for mandate in queries.principals_of(handler.pk, AT)] == [firm]
    assert [mandate.agent for mandate in queries.mandates_of(firm.pk)] == [handler, boss]


def test_nobody_makes_themselves_the_representative_of_a_firm():
    firm, somebody = identity.firm(), identity.person()

    for kind in (MandateKind.LEGAL_REPRESENTATIVE, MandateKind.HANDLER, MandateKind.GUARDIAN):
        with pytest.raises((commands.MayNotGrant, Invalid)):
            commands.grant_mandate(
                principal=firm, agent=somebody, kind=kind, powers=["file"], valid_from=AT.date(),
                by=Actor(user=1, subject=somebody.pk), at=AT,
            )  # fmt: skip

    assert queries.principals_of(somebody.pk, AT) == []


def test_a_clerk_needs_the_paper():
    clerk = Actor(user=identity.account().pk, duties=frozenset({"clerk"}))
    principal, agent = identity.person(), identity.person("王芳")
    give = {
        "principal": principal,
        "agent": agent,
        "kind": "personal",
        "powers": ["file"],
        "valid_from": AT.date(),
        "at": AT,
    }

    with pytest.raises(Invalid):
        commands.grant_mandate(**give, by=clerk)
    commands.grant_mandate(**give, proof="委托书原件", by=clerk)

    assert may(agent, principal)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"powers": []}, "powers"),
        ({"powers": ["steal"]}, "powers"),
        ({"kind": "friend"}, "kind"),
        ({"valid_to": date(2026, 1, 1)}, "valid_to"),
        ({"kind": "handler"}, "principal"),
    ],
)
def test_a_mandate_that_makes_no_sense_is_refused(change, field):
    give = {
        "principal": identity.person(), "agent": identity.person("王芳"), "kind": "personal", "powers": ["file"],
        "valid_from": AT.date(), "proof": "x", "by": SYSTEM, "at": AT,
    }  # fmt: skip

    with pytest.raises(Invalid) as refusal:
        commands.grant_mandate(**{**give, **change})

    assert [error["field"] for error in refusal.value.errors] == [field]


def test_a_firm_is_nobody_s_agent_and_nobody_their_own():
    person, firm = identity.person(), identity.firm()

    for principal, agent in ((person, person), (person, firm)):
        with pytest.raises(Invalid):
            identity.mandate(principal, agent)


def test_a_stranger_revokes_nothing():
    mandate = identity.mandate(identity.person(), identity.person("王芳"))

    with pytest.raises(Forbidden):
        commands.revoke_mandate(mandate, by=Actor(user=5, subject=identity.person("坏人").pk), at=AT)
