"""The one list of a package is met as each item's own would be, told once, and goes on into each item's application."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from tests.builders import walk
from tests.rooms.applications.test_packages import DAY, released
from yimen.applications import commands as single
from yimen.applications import queries as drafts
from yimen.applications.choices import Channel, Presented
from yimen.applications.commands import together
from yimen.applications.queries import together as queries
from yimen.applications.queries.resolving_together import package_counts
from yimen.catalog.commands.choosing import put_together
from yimen.kit.errors import Forbidden
from yimen.kit.time import CHINA
from yimen.law.resolution import Way
from yimen.ledger.queries import faults
from yimen.vault.commands import freeze, take_in
from yimen.vault.queries import kind_named, valid_of

pytestmark = pytest.mark.django_db

LATER = walk.at("2026-03-16")
NEWBORN = {"born_in_hospital": "是", "local_hukou": "是", "need_card": "是"}
FIRM = ("food-business-licence", "outdoor-signboard")
CARD = "id_card"


def licence(town, holder, code, **fields):
    kind = kind_named(code)
    told = {key: fields.get(key, "甲") for key in kind.key_fields}
    return take_in(
        kind, holder=holder, fields=told, agency=town.agency, number=f"N-{code}", valid_from=DAY.date(),
        by=walk.SYSTEM, at=DAY,
    )  # fmt: skip


def begun(town, package, *, who, subject, situation, at=DAY, **how):
    return together.begin_package(
        package=package, situation=situation, subject=subject, channel=Channel.WEB, by=town.act(who, at), at=at, **how
    )


def answered(town, draft, who, at=DAY):
    by, sheet = town.act(who, at), queries.assembly_of(draft).sheet(draft.answers)
    assert together.answer_package(draft, walk.sample_answers(sheet, draft.answers), by=by, at=at) == []
    draft.refresh_from_db()
    return draft


def firm_draft(town, at=DAY, *, there=()):
    for slug in FIRM:
        if slug not in there:
            town.release(slug)
    if not valid_of(town.firm.pk, "business_licence", at):
        licence(town, town.firm, "business_licence")
    edition = put_together(FIRM, by=town.act("owner", at), at=at)
    return answered(town, begun(town, edition, who="owner", subject=town.firm, situation={}, at=at), "owner", at)


def how(draft, at=DAY):
    return {each.key: each for each in queries.package_resolutions(draft, at)}


def agrees_with_every_item(draft, at):
    """What the package still wants of the applicant is what the items' own lists want, and nothing else."""
    own = {part.item.slug: part.application for part in queries.parts_of(draft) if part.application}
    keys = {slug: queries.assembly_of(draft).keys_of(slug) for slug in own}
    for each in queries.package_resolutions(draft, at):
        lacking = [
            slug
            for slug, application in own.items()
            if each.key in keys[slug]
            and any(own_one.lacks for own_one in [drafts.resolution_of(application, keys[slug][each.key], at)])
        ]
        if set(own) >= {slug for slug, _ in each.members}:
            assert each.lacks == bool(lacking), each.key


def test_a_newborns_package_asks_for_no_licence_that_lies_in_the_vault_and_no_form_on_paper(town):
    package = released(town, "newborn")
    for code in (CARD, "household_register"):
        licence(town, town.citizen, code)
    draft = answered(
        town, begun(town, package, who="citizen", subject=town.citizen, situation=NEWBORN), "citizen"
    )  # fmt: skip

    found = how(draft).values()
    wanted = {each.key for each in queries.package_lacking(draft, DAY) if each.kind == "material"}

    assert {each.way for each in found if each.met} >= {Way.LICENCE, Way.FORM}
    for each in found:
        asked = [queries.assembly_of(draft).material(each.key).needs]
        assert all(need.fact.kind != "申请表格" for needs in asked for need in needs if each.key in wanted)
        if any(own.way is Way.LICENCE for _slug, own in each.members):
            assert each.key not in wanted or each.demanded
    assert not any(queries.assembly_of(draft).material(key).licence in (CARD, "household_register") and
                   how(draft)[key].members and all(own.way is Way.LICENCE for _s, own in how(draft)[key].members)
                   for key in wanted)  # fmt: skip
    together.divide_package(draft, by=town.act("citizen", DAY), at=DAY)
    agrees_with_every_item(draft, DAY)
    assert list(faults()) == []


def test_a_restaurants_two_licences_ask_once_for_what_is_not_here_and_the_rest_is_told_with_its_reason(town):
    draft = firm_draft(town)

    lacking = {each.key: each.message for each in queries.package_lacking(draft, DAY) if each.kind == "material"}
    found = how(draft)
    shared = next(each for each in found.values() if len(each.members) == 2 and each.way is Way.LICENCE)

    assert shared.key not in lacking
    assert len(shared.whys) == 1
    assert "已从电子证照库取得营业执照" in shared.whys[0]
    assert {each.way for each in found.values() if each.lacks} == {Way.UPLOAD, Way.TOLERATED, Way.COMMITMENT}
    assert [each.name for each in found.values() if each.item_by_item and each.key not in lacking] == ["安全维护承诺书"]
    total, here = package_counts(list(found.values()))
    assert 0 < here < total


def test_handed_in_once_it_reaches_every_item_and_each_can_be_sent(town):
    draft, by = firm_draft(town), town.act("owner", DAY)
    for each in queries.package_lacking(draft, DAY):
        promise = how(draft)[each.key].way is Way.TOLERATED
        given = {"presented": Presented.PROMISE} if promise else {"upload": ("a.pdf", walk.PDF)}
        together.attach_to_package(draft, each.key, by=by, at=DAY, **given)
    assert queries.package_lacking(draft, DAY) == []
    assert [each.message for each in queries.package_owed(draft, DAY)]

    together.divide_package(draft, by=by, at=DAY)

    agrees_with_every_item(draft, DAY)
    for part in queries.parts_of(draft):
        lacks = {each.key for each in drafts.lacking(part.application, at=DAY)}
        letters = {each.key for each in drafts.resolutions(part.application, DAY) if each.way is Way.COMMITMENT}
        assert lacks == letters
    (waiting,) = [
        each for part in queries.parts_of(draft) for each in drafts.documents(part.application)
        if each.presented == Presented.PROMISE
    ]  # fmt: skip
    assert waiting.until is not None


def test_what_is_handed_in_after_dividing_reaches_the_drafts_that_wait_for_it(town):
    draft, by = firm_draft(town), town.act("owner", DAY)
    together.divide_package(draft, by=by, at=DAY)
    key = next(each.key for each in how(draft).values() if each.demanded)

    together.attach_to_package(draft, key, upload=("a.pdf", walk.PDF), by=by, at=DAY)

    assert how(draft)[key].met
    agrees_with_every_item(draft, DAY)


def test_what_is_declined_for_the_package_is_declined_for_every_item_and_may_be_taken_after_all(town):
    draft, by = firm_draft(town), town.act("owner", DAY)
    key = next(each.key for each in how(draft).values() if len(each.members) == 2 and each.way is Way.LICENCE)

    together.decline_in_package(draft, key, by=by, at=DAY)
    declined = how(draft)[key]
    together.divide_package(draft, by=by, at=DAY)
    agrees_with_every_item(draft, DAY)
    together.attach_to_package(draft, key, presented=Presented.LICENCE, by=by, at=DAY)

    assert (declined.way, Way.LICENCE in declined.open) == (Way.UPLOAD, True)
    assert how(draft)[key].met
    form = next(each.key for each in how(draft).values() if each.way is Way.FORM)
    with pytest.raises(single.NothingToDecline):
        together.decline_in_package(draft, form, by=by, at=DAY)


def test_what_is_declined_stays_declined_under_whatever_key_a_changed_situation_gives_it(town):
    package, by = released(town, "newborn"), town.act("citizen", DAY)
    licence(town, town.citizen, "household_register")
    draft = answered(town, begun(town, package, who="citizen", subject=town.citizen, situation=NEWBORN), "citizen")
    first, second = "birth_hukou_registration_m04", "resident_medical_newborn_m03"
    together.decline_in_package(draft, first, by=by, at=DAY)

    moved = together.change_situation(draft, NEWBORN | {"local_hukou": "否"}, by=by, at=DAY)
    elsewhere = how(moved)
    back = together.change_situation(draft, NEWBORN, by=by, at=DAY)

    assert first not in elsewhere
    assert (elsewhere[second].way, elsewhere[second].open) == (Way.UPLOAD, (Way.LICENCE,))
    assert (how(back)[first].way, how(back)[first].met) == (Way.UPLOAD, False)


def test_what_was_handed_in_for_one_of_the_items_is_confirmed_once_and_follows(town):
    edition = town.release(FIRM[0])
    walk.received(town, edition, at=DAY)
    draft, by = firm_draft(town, LATER, there=FIRM[:1]), town.act("owner", LATER)
    key = next(each.key for each in how(draft, LATER).values() if each.way is Way.EARLIER and each.lacks)

    together.attach_to_package(draft, key, presented=Presented.EARLIER, by=by, at=LATER)
    confirmed = how(draft, LATER)[key]
    together.divide_package(draft, by=by, at=LATER)

    assert (confirmed.way, confirmed.met) == (Way.EARLIER, True)
    own = next(part.application for part in queries.parts_of(draft) if part.item.slug == FIRM[0])
    assert [each.presented for each in drafts.documents(own) if each.repeats_id] == [Presented.EARLIER]
    agrees_with_every_item(draft, LATER)


def test_a_licence_that_is_frozen_meanwhile_does_not_count_and_the_sentence_says_so(town):
    draft, by = firm_draft(town), town.act("owner", DAY)
    key = next(each.key for each in how(draft).values() if len(each.members) == 2 and each.way is Way.LICENCE)
    together.attach_to_package(draft, key, presented=Presented.LICENCE, by=by, at=DAY)
    (paper,) = queries.package_papers(draft)

    freeze(paper.licence, why="丢了手机", by=by, at=DAY)

    lack = next(each for each in queries.package_lacking(draft, DAY) if each.key == key)
    assert "已由持证人冻结" in lack.message
    assert how(draft)[key].demanded


def test_a_promise_is_refused_where_some_item_cannot_wait(town):
    draft, by = firm_draft(town), town.act("owner", DAY)
    key = next(each.key for each in how(draft).values() if each.demanded)

    with pytest.raises(single.NotDeferrable):
        together.attach_to_package(draft, key, presented=Presented.PROMISE, by=by, at=DAY)
    with pytest.raises(single.NoSuchEarlier):
        together.attach_to_package(draft, key, presented=Presented.EARLIER, by=by, at=DAY)
    with pytest.raises(single.LetterFirst):
        together.attach_to_package(draft, key, presented=Presented.COMMITMENT, by=by, at=DAY)


@pytest.mark.parametrize("who", ["citizen", "stranger", "clerk", "reviewer", "admin"])
def test_nobody_else_declines(town, who):
    draft = firm_draft(town)
    key = next(each.key for each in how(draft).values() if each.way is Way.LICENCE)

    with pytest.raises(Forbidden):
        together.decline_in_package(draft, key, by=town.act(who, DAY), at=DAY)


def test_a_letter_of_a_package_is_signed_in_the_items_own_application_by_who_has_just_said_who_they_are(
    town, client, monkeypatch
):
    monkeypatch.setattr("yimen.kit.stepping.now", lambda: datetime.now(tz=CHINA))  # allauth goes by the machine's clock
    draft = firm_draft(town)
    (merged,) = [each.key for each in how(draft).values() if each.item_by_item]
    client.force_login(town.users["owner"])
    listed = client.get(reverse("portal:package_materials", args=[draft.number])).content.decode()
    together.divide_package(draft, by=town.act("owner", DAY), at=DAY)
    (own,) = [part.application for part in queries.parts_of(draft) if part.item.slug == FIRM[1]]
    key = queries.assembly_of(draft).keys_of(FIRM[1])[merged]
    address = reverse("portal:commit", args=[own.number, key])

    unsure = client.post(address, {"agreed": "true"})
    client.post(reverse("account_reauthenticate"), {"password": walk.PASSWORD, "next": address})
    signed = client.post(address, {"agreed": "true"})

    assert "可以用承诺书代替的" in listed
    assert unsure["Location"].startswith(reverse("account_reauthenticate"))
    assert signed.status_code == 302
    assert drafts.resolution_of(own, key, DAY).met
    assert how(draft)[merged].met
