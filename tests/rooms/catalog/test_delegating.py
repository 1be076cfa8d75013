"""One standard, four levels: a county keeps its own edition of the city's item."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import catalog, city, identity, jobs
from yimen.catalog import commands, queries
from yimen.catalog.choices import MeasureKind
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries.editions import Suspended
from yimen.city.choices import Duty
from yimen.city.models import Agency
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden

AT = city.AT
PLACE = {"name": "梅江区政务服务中心", "address": "梅江区江南路 1 号 3 号窗口", "hours": "工作日 8:30-12:00"}
MATERIALS: list[dict[str, Any]] = [
    {"name": name, "kind": "文书", "source": "申请人自备", "necessity": "必要", "key": key}
    for key, name in (("m01", "申请表"), ("m02", "照片"))
]


@pytest.fixture
def upper(db: None) -> Item:
    agency = city.agency("SJ", division="441400")
    return catalog.release(catalog.small(materials=MATERIALS, promised_days=10), agency=agency).item


@pytest.fixture
def county(upper: Item) -> Agency:
    return city.agency("SJ", city.COUNTY)


@pytest.fixture
def hands(county: Agency) -> dict[str, Actor]:
    duties = (Duty.EDITOR, Duty.STAFFING, Duty.LEGAL)
    return {str(duty): identity.actor(identity.staff(post=city.post(duty, agency=county))) for duty in duties}


def taken_on(upper: Item, county: Agency, hands: dict[str, Actor], **own: Any) -> Edition:
    draft = commands.take_on(upper, agency=county, by=hands["editor"], at=AT)
    saved = commands.save_draft(draft, {**draft.document, **own}, base=1, by=hands["editor"], at=AT).edition
    sent = commands.submit(saved, planned_from=AT.date(), note="承接", by=hands["editor"], at=AT)
    for office in ("staffing", "legal"):
        commands.approve(sent, digest=sent.digest, by=hands[office], at=AT)
    return Edition.objects.get(pk=sent.pk)


def test_a_county_shortens_drops_and_sets_its_own_place(upper: Item, county: Agency, hands: dict[str, Actor]) -> None:
    edition = taken_on(upper, county, hands, promised_days=3, materials=MATERIALS[:1], places=[PLACE])

    assert edition.item.upper == upper
    assert edition.item.agency == county
    found = queries.current(f"small-item-{city.COUNTY}").doc
    assert (found.promised_days, len(found.materials), found.places[0].name) == (3, 1, "梅江区政务服务中心")
    assert found.level == ("县",)


@pytest.mark.parametrize(
    ("own", "place"),
    [
        ({"promised_days": 12}, "promised_days"),
        ({"materials": [*MATERIALS, {**MATERIALS[0], "key": "m03", "name": "多要的材料"}]}, "materials[2]"),
        ({"conditions": ["只限本区户籍"]}, "conditions"),
        ({"fee": {"charged": True, "basis": "某办法", "standard": "100 元"}}, "fee"),
    ],
)
def test_what_it_may_not_change_keeps_it_from_the_offices(
    upper: Item, county: Agency, hands: dict[str, Actor], own: dict[str, Any], place: str
) -> None:
    with pytest.raises(commands.NotReady) as refused:
        taken_on(upper, county, hands, **own)

    assert place in {each.field for each in refused.value.problems}


def test_when_the_citys_edition_changes_the_countys_follows_with_its_own(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    taken_on(upper, county, hands, promised_days=3, materials=MATERIALS[:1], places=[PLACE])

    changed = [{**MATERIALS[0], "standard": "加盖公章"}, MATERIALS[1]]
    catalog.release(
        catalog.small(materials=changed, promised_days=8, quota="每年 100 家"), agency=upper.agency,
        at=AT + timedelta(days=5),
    )  # fmt: skip
    jobs.run()

    found = queries.current(f"small-item-{city.COUNTY}")
    assert found.version == 2
    assert (found.doc.quota, found.doc.promised_days) == ("每年 100 家", 3)
    assert [(each.name, each.standard) for each in found.doc.materials] == [("申请表", "加盖公章")]
    assert found.doc.places[0].name == "梅江区政务服务中心"
    assert found.doc.inherits is not None
    assert found.doc.inherits.version == 2


def test_a_limit_the_city_shortens_further_is_shortened_in_the_county_too(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    taken_on(upper, county, hands, promised_days=7, places=[PLACE])

    catalog.release(catalog.small(materials=MATERIALS, promised_days=4), agency=upper.agency)
    jobs.run()

    assert queries.current(f"small-item-{city.COUNTY}").doc.promised_days == 4


def test_suspending_the_citys_item_suspends_the_countys(upper: Item, county: Agency, hands: dict[str, Actor]) -> None:
    taken_on(upper, county, hands, places=[PLACE])
    duties = (Duty.EDITOR, Duty.STAFFING, Duty.LEGAL)
    above = {str(duty): identity.actor(identity.staff(post=city.post(duty, agency=upper.agency))) for duty in duties}

    measure = commands.propose(
        MeasureKind.SUSPEND, [upper], planned_from=AT.date(), reason="修法", by=above["editor"], at=AT
    )
    for office in ("staffing", "legal"):
        commands.approve_measure(measure, by=above[office], at=AT)

    with pytest.raises(Suspended):
        queries.current(f"small-item-{city.COUNTY}")


def test_only_agencies_below_take_an_item_on_and_only_their_own_editors(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    other = identity.actor(identity.staff(post=city.post(Duty.EDITOR, agency=upper.agency)))

    with pytest.raises(Forbidden):
        commands.take_on(upper, agency=county, by=other, at=AT)
    with pytest.raises(commands.NotBelow):
        commands.take_on(upper, agency=upper.agency, by=other, at=AT)
