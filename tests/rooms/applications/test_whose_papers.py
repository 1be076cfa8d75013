"""A licence stands in for a material only where it is the right person's: a guardian's, a representative's, both's."""

from __future__ import annotations

import pytest

from tests.builders import identity
from tests.builders.walk import SYSTEM, at
from yimen.applications import commands
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented
from yimen.applications.commands.refusals import NoSuchLicence
from yimen.identity.choices import MandateKind, Power
from yimen.law.resolution import Way
from yimen.vault.commands import take_in
from yimen.vault.queries import kind_named

pytestmark = pytest.mark.django_db
DAY = at("2026-03-02")
OWN, GUARDIAN = "申请人居民身份证", "监护人身份证及户口簿"
"""Of 残疾人证新办."""


def card(town, holder):
    kind = kind_named("id_card")
    fields = dict.fromkeys(kind.key_fields, "甲")
    return take_in(
        kind, holder=holder, fields=fields, agency=town.agency, number=f"N-{holder.pk}", valid_from=DAY.date(),
        by=SYSTEM, at=DAY,
    )  # fmt: skip


def begun(edition, who, subject):
    return commands.begin(edition=edition, subject=subject, channel=Channel.WEB, by=who, at=DAY)


def met(draft):
    """{name: (way, licence)} of what is asked."""
    return {each.name: (each.way, each.ref) for each in drafts.resolutions(draft, DAY) if each.asked}


def test_one_s_own_card_is_not_one_s_guardian_s(town):
    edition = town.release("disability-certificate")
    mine = card(town, town.citizen)

    draft = begun(edition, town.act("citizen", DAY), town.citizen)

    found = met(draft)
    assert found[OWN] == (Way.LICENCE, mine.pk)
    assert found[GUARDIAN] == (Way.UPLOAD, None)
    put = draft.documents.filter(presented=Presented.LICENCE).values_list("licence", flat=True)
    assert list(put) == [mine.pk]
    key = next(each.key for each in draft.edition.doc.materials if each.name == GUARDIAN)
    with pytest.raises(NoSuchLicence):
        commands.attach(draft, key, presented=Presented.LICENCE, by=town.act("citizen", DAY), at=DAY)


def test_a_guardian_s_card_is_the_guardian_s_and_not_the_ward_s(town):
    identity.mandate(town.citizen, town.owner, Power.FILE, kind=MandateKind.GUARDIAN, at=DAY)
    edition = town.release("disability-certificate")
    theirs = card(town, town.owner)

    draft = begun(edition, town.act("owner", DAY), town.citizen)

    found = met(draft)
    assert found[GUARDIAN] == (Way.LICENCE, theirs.pk)
    assert found[OWN] == (Way.UPLOAD, None)


def test_the_card_of_whoever_only_handles_a_firm_s_matter_is_not_its_representative_s(town):
    edition, handler = town.release("public-place-hygiene"), town.users["stranger"].subject
    identity.mandate(town.firm, handler, Power.FILE, kind=MandateKind.HANDLER, at=DAY)
    card(town, handler)
    name = "法定代表人身份证明"

    handled = begun(edition, town.act("stranger", DAY), town.firm)
    legal = card(town, town.owner)
    own = begun(edition, town.act("owner", DAY), town.firm)

    assert met(handled)[name] == (Way.UPLOAD, None)
    assert met(own)[name] == (Way.LICENCE, legal.pk)


def test_of_two_people_s_cards_one_s_own_is_here_and_the_other_s_is_asked_for(town):
    edition = town.release("marriage-registration")
    card(town, town.citizen)

    draft = begun(edition, town.act("citizen", DAY), town.citizen)

    (both,) = [each for each in drafts.resolutions(draft, DAY) if each.name == "男女双方居民身份证"]
    assert both.way is Way.UPLOAD
    assert [str(each) for each in both.hints] == ["您本人的居民身份证我们已经有了，不用再交；请提交其他人的。"]
