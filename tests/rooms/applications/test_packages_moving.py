"""What was handed in for a package stays for every item that it serves, whoever comes and goes meanwhile."""

from __future__ import annotations

import pytest

from tests.builders import catalog as items
from tests.builders import walk
from tests.rooms.applications.test_packages import DAY, released
from tests.rooms.applications.test_packages_resolving import NEWBORN, answered, begun, how, licence
from yimen.applications.choices import Presented
from yimen.applications.commands import together
from yimen.applications.queries import together as queries
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.queries.packaging import find_package
from yimen.law.resolution import Way
from yimen.ledger.queries import faults

pytestmark = pytest.mark.django_db

AWAY = NEWBORN | {"local_hukou": "否"}
MARRIED = "birth_hukou_registration_m05"
PROOF = {
    "name": "居住情况证明", "kind": "证明", "necessity": "必要", "source": "申请人自备", "original": 1, "copies": 0,
}  # fmt: skip


@pytest.fixture
def by(town):
    return town.act("citizen", DAY)


@pytest.fixture
def newborn(town):
    package = released(town, "newborn")
    licence(town, town.citizen, "marriage_certificate")
    draft = begun(town, package, who="citizen", subject=town.citizen, situation=NEWBORN)
    return answered(town, draft, "citizen")


@pytest.fixture
def three(town):
    """Three items; what the second wants is what the first wants, and what the third wants: only with it all is one."""
    for slug in ("one-item", "both-item", "two-item"):
        document = items.small(slug=slug, name=f"事项{slug}", materials=[PROOF | {"name": f"{slug} 的证明"}])
        items.release(document | {"department": town.agency.department}, agency=town.agency)
    members = [{"slug": slug, "order": 1, "required": False} for slug in ("one-item", "both-item", "two-item")]
    same = [["one-item.m01", "both-item.m01"], ["both-item.m01", "two-item.m01"]]
    document = {
        "code": "three", "name": "三件事", "life_event": "居住", "lead_department": town.agency.department,
        "description": "三件事一次办", "items": members, "same_materials": same,
    }  # fmt: skip
    release_package(PackageDocument.model_validate(document), by=walk.SYSTEM, at=DAY)
    return begun(town, find_package("three"), who="citizen", subject=town.citizen, situation={})


def left_out(draft, *slugs, by):
    return together.change_situation(draft, {}, left_out=slugs, by=by, at=DAY)


def at_places(draft):
    return sorted((each.material, each.file_id) for each in queries.package_papers(draft))


def test_a_licence_that_nobody_wanted_for_a_while_is_used_again_by_itself(newborn, by):
    together.attach_to_package(newborn, MARRIED, presented=Presented.LICENCE, by=by, at=DAY)

    without = together.change_situation(newborn, AWAY, by=by, at=DAY)
    meanwhile = queries.package_papers(without)
    back = together.change_situation(newborn, NEWBORN, by=by, at=DAY)

    assert meanwhile == []
    assert (how(back)[MARRIED].way, how(back)[MARRIED].met) == (Way.LICENCE, True)
    assert [each.material for each in queries.package_papers(back)] == [MARRIED]


def test_what_was_declined_stays_declined_however_often_the_situation_changes(newborn, by):
    together.attach_to_package(newborn, MARRIED, presented=Presented.LICENCE, by=by, at=DAY)
    together.decline_in_package(newborn, MARRIED, by=by, at=DAY)

    for situation in (AWAY, NEWBORN, AWAY, NEWBORN):
        back = together.change_situation(newborn, situation, by=by, at=DAY)

    assert (how(back)[MARRIED].met, Way.LICENCE in how(back)[MARRIED].open) == (False, True)
    assert queries.package_papers(back) == []


def test_a_paper_for_two_items_stays_for_both_when_they_part_and_is_one_when_they_meet_again(three, by):
    (merged,) = queries.assembly_of(three).materials
    paper = together.attach_to_package(three, merged.key, upload=("a.pdf", walk.PDF), by=by, at=DAY)

    parted = left_out(three, "both-item", by=by)
    there = at_places(parted)
    lacking = [each for each in queries.package_lacking(parted, DAY) if each.kind == "material"]
    whole = left_out(three, by=by)

    assert there == [("one_item_m01", paper.file_id), ("two_item_m01", paper.file_id)]
    assert lacking == []
    assert at_places(whole) == [(merged.key, paper.file_id)]
    assert list(faults()) == []


def test_it_serves_whoever_of_them_is_there_in_whatever_order_they_come_and_go(three, by):
    paper = together.attach_to_package(three, "one_item_m01", upload=("a.pdf", walk.PDF), by=by, at=DAY)

    for staying in ("one-item", "two-item", "both-item", "two-item"):
        others = [each for each in ("one-item", "both-item", "two-item") if each != staying]
        alone = left_out(three, *others, by=by)
        assert at_places(alone) == [(f"{staying.replace('-', '_')}_m01", paper.file_id)]

    whole = left_out(three, by=by)
    assert at_places(whole) == [("one_item_m01", paper.file_id)]


def test_what_the_person_takes_back_does_not_come_back_with_an_item_that_was_away(three, by):
    together.attach_to_package(three, "one_item_m01", upload=("a.pdf", walk.PDF), by=by, at=DAY)
    alone = left_out(three, "both-item", "two-item", by=by)
    (paper,) = queries.package_papers(alone)

    together.remove_from_package(paper, by=by, at=DAY)

    assert at_places(left_out(three, by=by)) == []
