"""Consent to use earlier answers and papers for other items: who gives it, how long it counts; asked once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import identity as people
from tests.builders.walk import at
from yimen.applications import access, commands
from yimen.applications import queries as drafts
from yimen.applications.choices import WORDING, Channel, Said
from yimen.applications.models import ReuseConsent
from yimen.identity.choices import MandateKind, Power
from yimen.kit.errors import SignInNeeded
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

DAY = at("2026-03-02")
LATER = at("2026-03-09")


def test_nothing_may_be_used_for_another_item_before_it_was_agreed(town):
    assert not drafts.may_reuse(town.citizen, DAY)
    assert not drafts.consenting(town.citizen, DAY).asked


def test_it_counts_from_when_it_was_given_until_it_is_taken_back(town):
    citizen = town.act("citizen", DAY)
    commands.give_consent(town.citizen, channel=Channel.WEB, by=citizen, at=DAY)

    commands.revoke_consent(town.citizen, by=citizen, at=LATER)

    instants = [DAY - timedelta(seconds=1), DAY, LATER - timedelta(seconds=1), LATER]
    assert [drafts.may_reuse(town.citizen.pk, each) for each in instants] == [False, True, True, False]


def test_who_declined_has_been_asked_and_may_agree_later(town):
    citizen = town.act("citizen", DAY)
    commands.decline_consent(town.citizen, channel=Channel.WEB, by=citizen, at=DAY)

    assert drafts.consenting(town.citizen, DAY).asked
    assert not drafts.may_reuse(town.citizen, DAY)

    commands.give_consent(town.citizen, channel=Channel.WEB, by=citizen, at=LATER)
    assert drafts.may_reuse(town.citizen, LATER)


def test_which_wording_was_shown_by_which_way_and_by_whom_is_kept(town):
    given = commands.give_consent(town.citizen, channel=Channel.WINDOW, by=town.act("clerk", DAY), at=DAY)

    row = ReuseConsent.objects.get(pk=given.pk)
    assert (row.said, row.wording, row.channel, row.said_by) == (
        Said.AGREED, WORDING, Channel.WINDOW, town.users["clerk"],
    )  # fmt: skip
    assert [line.verb for line in story(subject_chain(town.citizen.pk))][-1] == "reuse_agreed"


def test_twice_is_once(town):
    citizen = town.act("citizen", DAY)
    commands.give_consent(town.citizen, channel=Channel.WEB, by=citizen, at=DAY)

    with pytest.raises(commands.AlreadyAgreed):
        commands.give_consent(town.citizen, channel=Channel.WEB, by=citizen, at=LATER)
    with pytest.raises(commands.AlreadyAgreed):
        commands.decline_consent(town.citizen, channel=Channel.WEB, by=citizen, at=LATER)


def test_what_was_never_given_is_not_taken_back(town):
    with pytest.raises(commands.NothingToRevoke):
        commands.revoke_consent(town.citizen, by=town.act("citizen", DAY), at=DAY)


@pytest.mark.parametrize("who", ["stranger", "owner", "reviewer", "chief", "supervisor", "admin"])
def test_nobody_else_decides_for_a_citizen(town, who):
    by = town.act(who, DAY)

    for tried in (commands.give_consent, commands.decline_consent):
        with pytest.raises(access.MayNotConsent):
            tried(town.citizen, channel=Channel.WEB, by=by, at=DAY)
    with pytest.raises(access.MayNotConsent):
        commands.revoke_consent(town.citizen, by=by, at=DAY)


def test_somebody_not_signed_in_is_asked_to(town):
    with pytest.raises(SignInNeeded):
        commands.give_consent(town.citizen, channel=Channel.WEB, by=people.Actor(), at=DAY)


def test_a_firm_s_representative_decides_and_its_handler_does_not(town):
    handler = town.users["stranger"].subject
    people.mandate(town.firm, handler, Power.FILE, kind=MandateKind.HANDLER, at=DAY)

    with pytest.raises(access.MayNotConsent):
        commands.give_consent(town.firm, channel=Channel.WEB, by=town.act("stranger", DAY), at=DAY)

    commands.give_consent(town.firm, channel=Channel.WEB, by=town.act("owner", DAY), at=DAY)
    assert drafts.may_reuse(town.firm, DAY)
    assert not drafts.may_reuse(town.users["owner"].subject, DAY), "a firm's consent is not its representative's"


def test_a_person_at_the_web_does_not_pass_for_one_at_the_window(town):
    with pytest.raises(access.NotYourChannel):
        commands.give_consent(town.citizen, channel=Channel.WINDOW, by=town.act("citizen", DAY), at=DAY)
