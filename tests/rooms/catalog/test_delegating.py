"""One standard, four levels: a county keeps its own edition of the city's item."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import catalog, city, identity, jobs
from yimen.catalog import commands, queries
from yimen.catalog.choices import EditionDocument, MeasureKind
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


def test_what_the_city_eased_for_open_cases_is_eased_for_the_countys_too(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    taken_on(upper, county, hands, places=[PLACE])

    later = catalog.release(catalog.small(materials=MATERIALS, promised_days=4), agency=upper.agency)
    Edition.objects.filter(pk=later.pk).update(reach={"promised_days": "all"})
    jobs.run()

    found = queries.current(f"small-item-{city.COUNTY}")
    assert (found.doc.promised_days, found.reach) == (4, {"promised_days": "all"})


def test_a_limit_the_city_shortens_further_is_shortened_in_the_county_too(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    taken_on(upper, county, hands, promised_days=7, places=[PLACE])

    catalog.release(catalog.small(materials=MATERIALS, promised_days=4), agency=upper.agency)
    jobs.run()

    assert queries.current(f"small-item-{city.COUNTY}").doc.promised_days == 4


def test_a_countys_item_that_a_city_brings_along_hangs_below_the_citys_whatever_their_files_are_called(
    tmp_path: Path, db: None
) -> None:
    cities = catalog.small(materials=MATERIALS, promised_days=10, agency=city.agency("SJ", division="441400").code)
    own = {"agency": city.agency("SJ", city.COUNTY).code, "level": ["县"], "slug": "a-county-item"}
    (tmp_path / "items").mkdir()
    for name, document in (
        ("b", cities),
        ("a", {**cities, **own, "promised_days": 3, "inherits": {"slug": cities["slug"], "version": 1}}),
    ):
        (tmp_path / "items" / f"{name}.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")

    assert commands.load_folder(tmp_path, by=city.SYSTEM, at=AT).ok
    upper = Item.objects.get(slug=cities["slug"])
    catalog.release({**cities, "promised_days": 8, "name": "小事（新）"}, agency=upper.agency)
    jobs.run()

    found = queries.current("a-county-item")
    assert found.item.upper == upper
    assert (found.version, found.doc.name, found.doc.promised_days) == (2, "小事（新）", 3)


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


def above(upper: Item, days: int = 5, **changes: Any) -> Edition:
    """The city releases again, and the worker does what follows."""
    document = catalog.small(**{"materials": MATERIALS, "promised_days": 10, **changes})
    edition = catalog.release(document, agency=upper.agency, at=AT + timedelta(days=days))
    jobs.run()
    return edition


def now_below() -> EditionDocument:
    return queries.current(f"small-item-{city.COUNTY}").doc


@pytest.mark.parametrize(
    ("unit", "days"),
    [("自然日", 30), ("月", 1), ("工作日", 11), ("小时", 24 * 30), ("自然日", 13)],
)
def test_another_unit_is_no_way_to_a_longer_limit(
    upper: Item, county: Agency, hands: dict[str, Actor], unit: str, days: int
) -> None:
    with pytest.raises(commands.NotReady) as refused:
        taken_on(upper, county, hands, promised_days=days, promised_unit=unit, statutory_days=60)

    assert "promised_days" in {each.field for each in refused.value.problems}


def test_a_limit_that_may_be_longer_over_a_holiday_isnt_a_shorter_one(county: Agency, hands: dict[str, Actor]) -> None:
    city_item = catalog.release(
        catalog.small(slug="other-item", promised_days=3, promised_unit="自然日"), agency=city.agency("SJ", "441400")
    ).item
    with pytest.raises(commands.NotReady) as refused:
        taken_on(city_item, county, hands, promised_days=3, promised_unit="工作日")

    assert "promised_days" in {each.field for each in refused.value.problems}


@pytest.mark.parametrize(
    ("own", "place"),
    [
        ({"inherits": None}, "inherits"),
        ({"inherits": {"slug": "elsewhere", "version": 1}}, "inherits"),
        ({"agency": "441400-SJ"}, "agency"),
        ({"promised_days": 12, "inherits": None}, "promised_days"),
        ({"materials": [{**MATERIALS[0], "copy": 3}, MATERIALS[1]]}, "materials[0].copy"),
        ({"materials": [{**MATERIALS[0], "show_if": None, "name": "申请表（新）"}]}, "materials[0].name"),
        ({"statutory_days": None}, "statutory_days"),
    ],
)
def test_nobody_leaves_the_standard_by_taking_a_line_out(
    upper: Item, county: Agency, hands: dict[str, Actor], own: dict[str, Any], place: str
) -> None:
    with pytest.raises(commands.NotReady) as refused:
        taken_on(upper, county, hands, **own)

    assert place in {each.field for each in refused.value.problems}


def test_a_town_of_another_county_cant_take_on_from_this_one(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    mine = taken_on(upper, county, hands, places=[PLACE]).item
    near, far = city.agency("SJ", "441402102"), city.agency("SJ", "441403100")
    editor = identity.actor(identity.staff("editor"))

    with pytest.raises(commands.NotBelow):
        commands.take_on(mine, agency=far, by=editor, at=AT)
    draft = commands.take_on(mine, agency=near, by=editor, at=AT)

    assert (draft.item.upper, draft.document["level"]) == (mine, ["镇"])


def test_neighbours_of_an_item_with_a_long_name_dont_take_each_others(hands: dict[str, Actor]) -> None:
    top = city.agency("SJ", "441400")
    long = catalog.release(catalog.small(slug="a" * 30 + "-" + "b" * 25), agency=top).item
    counties = [city.agency("SJ", code) for code in (city.COUNTY, "441403")]
    drafts = [
        commands.take_on(
            long, agency=each, by=identity.actor(identity.staff(post=city.post(Duty.EDITOR, agency=each))), at=AT
        )
        for each in counties
    ]

    assert len({draft.item.slug for draft in drafts}) == 2
    assert all(draft.item.slug.endswith(each.division.code) for draft, each in zip(drafts, counties, strict=True))


def test_what_the_county_dropped_stays_dropped_when_the_city_rewords_it(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    taken_on(upper, county, hands, materials=MATERIALS[:1], places=[PLACE])

    above(upper, materials=[MATERIALS[0], {**MATERIALS[1], "standard": "近期免冠"}])

    assert [each.name for each in now_below().materials] == ["申请表"]


def test_a_material_that_the_city_drops_is_dropped_below_and_nothing_else_is_lost(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    """The county had made it lighter: its shorter limit isn't to pay for that."""
    lighter = [MATERIALS[0], {**MATERIALS[1], "necessity": "非必要"}]
    taken_on(upper, county, hands, materials=lighter, promised_days=3, places=[PLACE])

    above(upper, materials=MATERIALS[:1])

    found = now_below()
    assert ([each.name for each in found.materials], found.promised_days) == (["申请表"], 3)
    assert found.places[0].name == PLACE["name"]


def test_a_material_that_the_city_adds_is_asked_for_below_too(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    taken_on(upper, county, hands, materials=MATERIALS[:1], promised_days=3, places=[PLACE])

    above(upper, materials=[*MATERIALS, {**MATERIALS[0], "key": "m03", "name": "产权证"}])

    assert ([each.name for each in now_below().materials], now_below().promised_days) == (["申请表", "产权证"], 3)


def test_a_limit_is_its_number_with_its_unit(upper: Item, county: Agency, hands: dict[str, Actor]) -> None:
    taken_on(upper, county, hands, promised_days=3, places=[PLACE])

    above(upper, promised_days=20, promised_unit="自然日")
    longer = now_below()
    above(upper, 9, promised_days=2, promised_unit="自然日")

    assert (longer.promised_days, longer.promised_unit) == (3, "工作日")
    assert (now_below().promised_days, now_below().promised_unit) == (2, "自然日")


def test_what_is_better_below_and_told_as_a_warning_costs_nothing(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    taken_on(upper, county, hands, promised_days=3, delivery=["电子"], places=[PLACE])

    above(upper, quota="每年 100 家")

    assert (now_below().promised_days, now_below().quota, now_below().delivery) == (3, "每年 100 家", ("电子",))


def test_the_city_changes_while_the_county_is_with_the_offices(
    upper: Item, county: Agency, hands: dict[str, Actor]
) -> None:
    draft = commands.take_on(upper, agency=county, by=hands["editor"], at=AT)
    own = {**draft.document, "promised_days": 6, "places": [PLACE]}
    saved = commands.save_draft(draft, own, base=1, by=hands["editor"], at=AT).edition
    sent = commands.submit(saved, planned_from=AT.date(), note="承接", by=hands["editor"], at=AT)
    above(upper, 0, promised_days=4, quota="每年 100 家")
    for office in ("staffing", "legal"):
        commands.approve(sent, digest=sent.digest, by=hands[office], at=AT)
    jobs.run()

    found = now_below()
    assert (found.promised_days, found.quota) == (4, "每年 100 家")
    assert found.inherits is not None
    assert found.inherits.version == 2
