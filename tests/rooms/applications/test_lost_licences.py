"""A licence that lay in a draft and may not be used any more: decided anew at every opening and as it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import walk
from tests.rooms.applications.test_resolving import begun, key_of, seen_at_window
from yimen.applications import commands
from yimen.applications import queries as drafts
from yimen.applications.choices import Presented
from yimen.ledger.queries import faults
from yimen.vault.commands import freeze, lift_freeze, revoke, suspend, take_in
from yimen.vault.queries import kind_named

pytestmark = pytest.mark.django_db

DAY, LATER = walk.at("2026-03-02"), walk.at("2026-03-16")
NAME = "营业执照"


@pytest.fixture
def edition(town):
    return town.release("food-business-licence")


def licence(town, *, until=None, number="L-1", at=DAY):
    kind = kind_named("business_licence")
    return take_in(
        kind, holder=town.firm, fields=dict.fromkeys(kind.key_fields, "甲"), agency=town.agency, number=number,
        valid_from=DAY.date(), valid_to=until, by=walk.SYSTEM, at=at,
    )  # fmt: skip


@pytest.fixture
def ready(town, edition):
    """A draft that could be sent: the licence lies in it, the other papers were seen before."""

    def made(**how):
        held = licence(town, **how)
        seen_at_window(town, walk.received(town, edition, at=DAY))
        draft = begun(town, edition, DAY + timedelta(days=1))
        assert [each.presented for each in drafts.documents(draft) if each.licence_id] == [Presented.LICENCE]
        assert drafts.lacking(draft, at=DAY + timedelta(days=1)) == []
        return draft, held

    return made


def refused(town, draft, edition, words):
    """Nothing is sent, and the applicant reads why, on the page as in the refusal."""
    key = key_of(edition, NAME)
    found = drafts.resolution_of(draft, key, LATER)
    assert not found.met
    assert any(words in hint for hint in found.hints)
    with pytest.raises(commands.Incomplete) as lacks:
        commands.submit(draft, by=town.act("owner", LATER), at=LATER)
    (told,) = [each for each in lacks.value.errors if each["field"] == key]
    assert words in told["message"]


def test_frozen_by_its_holder_it_counts_no_more_until_that_is_lifted(town, edition, ready):
    draft, held = ready()
    owner = town.act("owner", LATER)

    freeze(held, why="", by=owner, at=LATER)
    refused(town, draft, edition, "已由持证人冻结")
    lift_freeze(held, by=owner, at=LATER)

    assert commands.submit(draft, by=owner, at=LATER).submitted_at == LATER


def test_expired_before_it_is_sent(town, edition, ready):
    draft, _held = ready(until=walk.at("2026-03-10").date())

    refused(town, draft, edition, "到期，不能使用")


@pytest.mark.parametrize("end", [suspend, revoke])
def test_suspended_or_revoked_before_it_is_sent(town, edition, ready, end):
    draft, held = ready()

    more = {"ground": "行政处罚法第九条"} if end is suspend else {}
    end(held, reason="查实", by=town.act("chief", LATER), at=LATER, **more)

    refused(town, draft, edition, "现在不是有效状态")


def test_where_another_one_does_it_is_used_and_the_lost_one_is_taken_back(town, edition, ready):
    draft, held = ready()
    fresh = licence(town, number="L-2", at=LATER)
    freeze(held, why="", by=town.act("owner", LATER), at=LATER)

    commands.submit(draft, by=town.act("owner", LATER), at=LATER)

    here = [each.licence_id for each in drafts.documents(draft) if each.licence_id]
    assert here == [fresh.pk]
    assert draft.documents.filter(licence=held, removed_at=LATER).count() == 1
    assert list(faults()) == []
