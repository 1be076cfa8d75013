"""Merged records: whoever comes with either document finds what both have, and after the undoing only their own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import identity, walk
from tests.builders.city import SYSTEM
from yimen.identity import commands
from yimen.identity.choices import Document
from yimen.identity.queries import looks_at
from yimen.ledger.commands import look
from yimen.vault import commands as vault
from yimen.vault.queries import kinds, valid_of

pytestmark = pytest.mark.django_db
WHEN = walk.at("2026-03-02")


@pytest.fixture
def town(db):
    return walk.town()


@pytest.fixture
def other(town):
    """The same person's passport, with an account of its own."""
    passport = commands.find_or_register_subject(
        document=Document.PASSPORT, number="E12345678", name="ANNA LEE", by=SYSTEM, at=WHEN
    )
    return identity.account(subject=passport, at=WHEN)


def merge(town, other):
    row = commands.propose_merge(
        town.owner, other.subject, proof="护照和身份证照片一致", by=town.act("clerk", WHEN), at=WHEN
    )
    return commands.confirm_merge(row, by=town.act("clerk2", WHEN), at=WHEN)


def undo(town, row):
    commands.undo_merge(row, why="重新核对后不是一人", by=town.act("clerk2", WHEN), at=WHEN)


def test_cases_drafts_and_looks_are_found_under_either_document(client, town, other):
    edition = town.release("food-business-licence")
    case = walk.received(town, edition, at=WHEN)
    walk.apply_for(town, edition, at=WHEN)
    look(town.owner.pk, by=town.act("reviewer", WHEN), at=WHEN, purpose="核对法定代表人", what="基本信息")
    client.force_login(other)
    roads = (reverse("portal:cases"), reverse("portal:firms"), reverse("portal:looks"))
    words = (case.item_name, town.firm.name, "核对法定代表人")

    def found():
        return [word in client.get(road).content.decode() for road, word in zip(roads, words, strict=True)]

    assert found() == [False, False, False]
    row = merge(town, other)
    assert found() == [True, True, True]
    undo(town, row)
    assert found() == [False, False, False]


def test_licences_stand_in_for_either_document(town, other):
    town.release("food-business-licence")
    kind, passport = "id_card", other.subject.pk
    card = {"name": town.owner.name, "id_number": town.owner.number}
    licence = vault.take_in(
        kinds()[kind], holder=town.owner, fields=card, agency=town.agency, number=town.owner.number,
        valid_from=WHEN.date(), by=SYSTEM, at=WHEN,
    )  # fmt: skip

    assert valid_of(passport, kind, WHEN) is None
    row = merge(town, other)
    assert valid_of(passport, kind, WHEN) == licence
    undo(town, row)
    assert valid_of(passport, kind, WHEN) is None


def test_nobody_looks_at_themselves_under_their_other_document(town, other):
    merge(town, other)

    look(town.owner.pk, by=identity.actor(other, WHEN), at=WHEN, purpose="看自己", what="基本信息")

    assert looks_at(town.owner.pk) == []
