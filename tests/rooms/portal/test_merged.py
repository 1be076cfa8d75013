"""Merged records: whoever comes with either document finds what both have, and after the undoing only their own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import identity, walk
from tests.builders.city import SYSTEM
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.counter.access import note_for
from yimen.identity import commands
from yimen.identity.choices import Document
from yimen.identity.queries import looks_at
from yimen.ledger.commands import look
from yimen.notices import commands as notices
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


def test_drafts_and_messages_of_either_record_are_in_ones_space(client, town, other):
    edition = town.release("food-business-licence", subjects=["自然人", "企业法人"])
    draft = applications.begin(
        edition=edition, subject=town.owner, channel=Channel.WEB, by=town.act("owner", WHEN), at=WHEN
    )
    notices.send(
        subject=town.owner.pk, about=draft.number, title="请补交材料", body="详见办件。", once="m:1", by=SYSTEM, at=WHEN
    )
    row = merge(town, other)
    client.force_login(other)

    mine = client.get(reverse("portal:my")).content.decode()
    step = client.get(reverse("portal:tasks", args=[draft.number]))
    messages = client.get(reverse("portal:messages")).content.decode()

    assert draft.item.name in mine
    assert step.status_code == 200
    assert "请补交材料" in messages
    undo(town, row)
    assert draft.item.name not in client.get(reverse("portal:my")).content.decode()
    assert "请补交材料" not in client.get(reverse("portal:messages")).content.decode()
    assert client.get(reverse("portal:tasks", args=[draft.number])).status_code == 404


def test_the_counter_finds_licences_and_cases_of_either_record_and_says_that_it_looked(client, town, other):
    edition = town.release("food-business-licence", subjects=["自然人", "企业法人"])
    card = {"name": town.owner.name, "id_number": town.owner.number}
    vault.take_in(
        kinds()["id_card"], holder=town.owner, fields=card, agency=town.agency, number=town.owner.number,
        valid_from=WHEN.date(), by=SYSTEM, at=WHEN,
    )  # fmt: skip
    case = walk.received(town, edition, at=WHEN, subject=town.owner)
    client.force_login(town.users["clerk"])
    page = reverse("counter:visitor", args=[note_for(other.subject.pk, town.act("clerk", WHEN))])

    before = client.get(page).content.decode()
    merge(town, other)
    after = client.get(page).content.decode()

    name = kinds()["id_card"].name
    assert [words in before for words in (name, case.number)] == [False, False]
    assert [words in after for words in (name, case.number)] == [True, True]
    assert "窗口受理" in {each.ground for each in looks_at(other.subject.pk)}
