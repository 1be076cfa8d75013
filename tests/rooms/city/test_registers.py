"""Divisions, agencies, halls, windows, posts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

import yimen.demo
from tests.builders import city
from tests.builders.city import AT, CITY, COUNTY, SYSTEM, TOWN, VILLAGE
from yimen.city import commands, queries
from yimen.city.choices import Duty, Level, Reach, clash
from yimen.city.models import Agency, Division, Post
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid, NotFound
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db


def test_a_city_may_have_towns_directly_under_it():
    dongguan = commands.put_division(code="441900", name="某市", level=Level.CITY, parent=None, by=SYSTEM, at=AT)
    commands.put_division(code="441900101", name="石碣镇", level=Level.TOWN, parent=dongguan, by=SYSTEM, at=AT)

    lists = queries.address_lists({"town": "441900101"}, city="441900")

    assert lists["counties"] == []
    assert lists["towns"] == [{"code": "441900101", "name": "石碣镇"}]
    assert lists["villages"] == []


def test_the_address_lists_follow_what_has_been_chosen():
    city.divisions()

    nothing = queries.address_lists({})
    county = queries.address_lists({"county": COUNTY})
    town = queries.address_lists({"county": COUNTY, "town": TOWN})

    assert [place["name"] for place in nothing["counties"]] == ["梅江区", "梅县区"]
    assert nothing["towns"] == []
    assert [place["name"] for place in county["towns"]] == ["江南街道", "三角镇"]
    assert town["villages"] == [{"code": VILLAGE, "name": "梅龙社区居委会"}]


def test_an_address_is_written_by_names_without_the_city():
    city.divisions()

    written = queries.address_text({"county": COUNTY, "town": TOWN, "village": "", "detail": "江南路 1 号"})

    assert written == "梅江区江南街道江南路 1 号"
    assert queries.address_text("江南路 1 号") == "江南路 1 号"
    assert queries.address_text(None) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("梅江区江南街道梅龙社区居委会梅龙路18号", (COUNTY, TOWN, VILLAGE, "梅龙路18号")),
        ("广东省岭东市 梅江区江南街道 江南路 1 号", (COUNTY, TOWN, "", "江南路1号")),
        ("岭东市梅江区府前路2号", (COUNTY, "", "", "府前路2号")),
        ("江南街道江南路 1 号", ("", "", "", "江南街道江南路 1 号")),
        ("广州市天河区江南街道 1 号", ("", "", "", "广州市天河区江南街道 1 号")),
        ("三角镇梅江区", ("", "", "", "三角镇梅江区")),
    ],
)
def test_the_divisions_of_a_written_address_are_recognised_from_its_beginning(written, read):
    city.divisions()

    assert tuple(queries.address_parts(written).values()) == read


def test_a_town_directly_under_its_city_is_recognised():
    dongguan = commands.put_division(code="441900", name="某市", level=Level.CITY, parent=None, by=SYSTEM, at=AT)
    commands.put_division(code="441900101", name="石碣镇", level=Level.TOWN, parent=dongguan, by=SYSTEM, at=AT)

    assert queries.address_parts("某市石碣镇政文路1号", city="441900") == {
        "county": "", "town": "441900101", "village": "", "detail": "政文路1号",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "level", "parent", "field"),
    [
        ("4414", Level.COUNTY, CITY, "code"),
        ("441499", Level.CITY, CITY, "parent"),
        ("441499", "province", CITY, "level"),
    ],
)
def test_a_division_that_makes_no_sense_is_refused(code, level, parent, field):
    places = city.divisions()

    with pytest.raises(Invalid) as refusal:
        commands.put_division(code=code, name="某地", level=level, parent=places[parent], by=SYSTEM, at=AT)

    assert [error["field"] for error in refusal.value.errors] == [field]


def test_a_division_does_not_move_to_another_place():
    places = city.divisions()

    with pytest.raises(Invalid):
        commands.put_division(code=TOWN, name="江南街道", level=Level.TOWN, parent=places["441403"], by=SYSTEM, at=AT)

    assert queries.division(TOWN).parent_id == places[COUNTY].pk


def test_putting_an_agency_twice_corrects_it_and_the_ledger_says_what_changed():
    first = city.agency("SJ", COUNTY)

    again = commands.put_agency(
        code=first.code, name="梅江区市监局", department="SJ", division=first.division, by=SYSTEM, at=AT
    )

    assert Agency.objects.count() == 1
    assert again.name == "梅江区市监局"
    assert "name" in story(f"city:agency:{first.code}")[-1].facts["changed"]


def test_the_agency_that_serves_a_place_is_its_own_else_the_next_above():
    county, town = city.agency("SJ", COUNTY), city.agency("SJ", TOWN)

    assert queries.agency_for("SJ", queries.division(VILLAGE)) == town
    assert queries.agency_for("SJ", queries.division("441402102")) == county
    assert queries.agency_for("SJ", queries.division(CITY)) is None


def test_two_agencies_do_not_share_a_unified_code():
    first = city.agency("SJ", COUNTY)
    code = "11440300MB2C92117X"
    put = {"name": "甲", "department": "SJ", "division": first.division, "uscc": code, "by": SYSTEM, "at": AT}
    commands.put_agency(code="a", **put)

    with pytest.raises(Invalid) as refusal:
        commands.put_agency(code="b", **put)

    assert refusal.value.errors[0]["field"] == "uscc"


def test_an_unknown_agency_is_not_found():
    with pytest.raises(NotFound):
        queries.agency("441400-XX")


@pytest.mark.parametrize("duties", [(), ("clerk",), ("hall_manager",), ("supervisor",)])
def test_only_the_administration_changes_registers(duties):
    somebody = Actor(user=1, duties=frozenset(duties))

    with pytest.raises(Forbidden):
        commands.put_division(code=CITY, name="岭东市", level=Level.CITY, parent=None, by=somebody, at=AT)

    assert Division.objects.count() == 0


def test_a_hall_manager_changes_halls_and_windows():
    manager = Actor(user=1, duties=frozenset({"hall_manager"}))
    place = city.divisions()[COUNTY]

    hall = commands.put_hall(code="H", name="大厅", division=place, address="江南路", by=manager, at=AT)
    window = commands.put_window(hall=hall, number="1", name="综合受理", kind="comprehensive", by=manager, at=AT)

    assert list(queries.windows(hall)) == [window]


def test_a_post_reaches_its_agency_or_its_division_with_all_below_or_everything():
    county, town, other = city.agency("SJ", COUNTY), city.agency("WJ", TOWN), city.agency("SJ", "441403")
    place = queries.division(COUNTY)

    own = city.post(Duty.REVIEWER, agency=county)
    wide = city.post(Duty.SUPERVISOR, division=place)
    every = city.post(Duty.CHIEF)

    assert queries.agencies_reached_by(own) == {county.pk}
    assert queries.agencies_reached_by(wide) == {county.pk, town.pk}
    assert queries.agencies_reached_by(every) == {county.pk, town.pk, other.pk}


def test_posts_and_what_they_reach_are_read_in_one_statement(django_assert_num_queries):
    own, wide = city.post(agency=city.agency()), city.post(division=queries.division(COUNTY))

    with django_assert_num_queries(1):
        held = {each.pk: set(each.reached) for each in queries.posts().annotate(reached=queries.agencies_reached())}

    assert held == {own.pk: {own.agency_id}, wide.pk: queries.agencies_reached_by(wide)}


@pytest.mark.parametrize(
    "duties",
    [("supervisor", "clerk"), ("administrator", "chief"), ("editor", "legal"), ("supervisor", "administrator")],
)
def test_some_duties_do_not_meet_in_one_post(duties):
    with pytest.raises(commands.DutiesClash):
        city.post(*duties)


@pytest.mark.parametrize(
    "duties", [{"clerk", "reviewer", "chief", "deliverer"}, {"staffing", "legal"}, {"hall_manager", "clerk"}]
)
def test_other_duties_do(duties):
    assert clash(duties) is None


def test_a_reach_without_its_place_is_refused_by_command_and_database():
    with pytest.raises(Invalid):
        city.post(Duty.CLERK, reach=Reach.AGENCY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(code="x", name="x", duties=["clerk"], reach=Reach.AGENCY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(code="x", name="x", duties=["emperor"], reach=Reach.ALL)


def test_the_demonstration_city_loads_whole_and_a_second_time_changes_nothing():
    data = json.loads((Path(yimen.demo.__file__).parent / "data/catalog/departments.json").read_text("utf-8"))

    first = commands.load_divisions(data, by=SYSTEM, at=AT)
    again = commands.load_divisions(data, by=SYSTEM, at=AT)

    assert first == again == {"divisions": Division.objects.count(), "agencies": Agency.objects.count()}
    assert queries.agency("441400-SJ").name == "岭东市市场监督管理局"
    assert queries.division(CITY).name == "岭东市"
    assert Agency.objects.filter(division__level=Level.TOWN).exclude(department="DZ").exists()


def test_a_list_with_one_wrong_line_loads_nothing():
    line = {"code": "12", "name": "某地", "level": "县", "parent": "441400"}
    data = {"divisions": [{"code": CITY, "name": "岭东市", "level": "市", "parent": "440000"}, line], "departments": []}

    with pytest.raises(Invalid), transaction.atomic():
        commands.load_divisions(data, by=SYSTEM, at=AT)

    assert Division.objects.count() == 0
