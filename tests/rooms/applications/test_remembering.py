"""常用信息: what somebody keeps to be filled in, what they want forgotten, and nothing at all when they say so."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders.walk import at
from tests.rooms.applications.test_prefilling import DAY, LATER, agree, begin, file, item, told
from yimen.applications import access
from yimen.applications.commands.remembering import forget, remember, switch_remembering
from yimen.applications.models import Remembered
from yimen.applications.queries.remembered import NotKeepable, Way, usual
from yimen.identity.commands import update_profile
from yimen.kit.errors import Invalid
from yimen.law.prefill import Origin
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

AFTER = at("2026-05-06")


def keep(town, element, value, *, who="citizen", subject=None, when=DAY):
    return remember(subject or town.citizen, element, value, by=town.act(who, when), at=when)


def listed(town, subject=None, who="citizen", when=LATER):
    rows = usual(subject or town.citizen, by=town.act(who, when), at=when)
    return {each.element.code: (each.value, each.way, each.on) for each in rows}


def test_what_was_typed_there_fills_a_form_and_says_so_with_its_day(town):
    keep(town, "person.employer", "梅江中学")

    draft = begin(town, item(town), when=LATER)

    assert told(draft)["employer"] == (Origin.PROFILE, "梅江中学", date(2026, 3, 2))
    assert draft.sources["employer"] == "您的常用信息 2026-03-02"


def test_each_key_of_the_profile_carries_the_day_it_was_last_changed(town):
    by = town.act("owner", DAY)
    update_profile(town.firm, changes={"contact_name": "李四", "contact_phone": "13900139000"}, by=by, at=DAY)
    update_profile(town.firm, changes={"contact_name": "王五", "contact_phone": "13900139000"}, by=by, at=LATER)
    town.firm.refresh_from_db()

    rows = listed(town, town.firm, "owner", AFTER)

    assert rows["org.contact_name"] == ("王五", Way.PROFILE, date(2026, 4, 1))
    assert rows["org.contact_phone"] == ("13900139000", Way.PROFILE, date(2026, 3, 2))


def test_correcting_a_value_means_that_older_applications_say_nothing_of_it(town):
    edition = item(town)
    file(town, edition, {"employer": "梅江中学"})
    assert listed(town)["person.employer"] == ("梅江中学", Way.APPLICATION, date(2026, 3, 2))

    keep(town, "person.employer", "岭东医院", when=LATER)

    assert told(begin(town, edition, when=AFTER))["employer"][1] == "岭东医院"
    assert listed(town)["person.employer"] == ("岭东医院", Way.TYPED, date(2026, 4, 1))


def test_what_an_application_says_later_is_newer_than_what_was_typed(town):
    edition = item(town)
    keep(town, "person.employer", "梅江中学")
    file(town, edition, {"employer": "岭东医院"}, when=LATER)

    assert told(begin(town, edition, when=AFTER))["employer"][:2] == (Origin.SAME_ITEM, "岭东医院")


def test_what_was_forgotten_is_in_no_form_any_more_and_its_value_is_gone(town):
    edition = item(town)
    file(town, edition, {"employer": "梅江中学", "income": 90_000})
    keep(town, "agent.phone", "13900139000")

    forget(town.citizen, "person.employer", by=town.act("citizen", LATER), at=LATER)
    assert {"person.annual_income", "agent.phone", "person.education"} <= listed(town).keys()
    assert "person.employer" not in listed(town)

    forget(town.citizen, by=town.act("citizen", LATER), at=LATER)
    town.citizen.refresh_from_db()
    assert listed(town).keys() == {"person.phone"}, "one signs in with it"
    assert not {"employer", "income"} & begin(town, edition, when=AFTER).answers.keys()
    assert [row.value for row in Remembered.objects.all()] == [None]


def test_switched_off_nothing_written_before_is_used_and_switched_on_it_is_again(town):
    edition, by = item(town), town.act("citizen", LATER)
    file(town, edition, {"employer": "梅江中学"})
    keep(town, "person.annual_income", 90_000)

    switch_remembering(town.citizen, on=False, by=by, at=LATER)
    assert not {"employer", "income"} & begin(town, edition, when=AFTER).answers.keys()

    switch_remembering(town.citizen, on=True, by=by, at=LATER)
    assert {"employer", "income"} <= begin(town, edition, when=AFTER).answers.keys()


def test_the_list_says_what_serves_other_items_too(town):
    file(town, item(town), {"employer": "梅江中学", "income": 90_000})

    def everywhere():
        rows = usual(town.citizen, by=town.act("citizen", LATER), at=LATER)
        return {each.element.code: each.everywhere for each in rows if each.way is Way.APPLICATION}

    assert everywhere() == {"person.employer": False, "person.annual_income": False}
    agree(town, when=LATER)
    assert everywhere() == {"person.employer": True, "person.annual_income": False}, "income is sensitive"


@pytest.mark.parametrize("element", ["person.name", "person.id_number", "org.contact_phone", "staff.list"])
def test_what_registers_vouch_for_or_concerns_others_is_not_kept(town, element):
    with pytest.raises(NotKeepable):
        keep(town, element, "张三")


def test_a_wrong_value_is_refused_as_a_form_would(town):
    with pytest.raises(Invalid) as refused:
        keep(town, "agent.phone", "12")
    assert refused.value.errors[0]["code"] == "not_a_phone"


@pytest.mark.parametrize("who", ["stranger", "owner", "clerk", "chief", "supervisor", "admin"])
def test_nobody_else_keeps_forgets_or_switches(town, who):
    by = town.act(who, DAY)

    for tried in (
        lambda: remember(town.citizen, "person.employer", "梅江中学", by=by, at=DAY),
        lambda: forget(town.citizen, by=by, at=DAY),
        lambda: switch_remembering(town.citizen, on=False, by=by, at=DAY),
    ):
        with pytest.raises(access.MayNotKeep):
            tried()


def test_a_firms_representative_keeps_for_the_firm_and_the_ledger_holds_no_value(town):
    keep(town, "premises.name", "江畔小馆", who="owner", subject=town.firm)

    assert listed(town, town.firm, "owner")["premises.name"][0] == "江畔小馆"
    line = list(story(subject_chain(town.firm.pk)))[-1]
    assert line.verb == "usual_kept"
    assert "江畔小馆" not in str(line.facts)
