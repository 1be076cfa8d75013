"""One-thing packages over the researched items: who takes part, what is asked once, what is refused."""

from __future__ import annotations

import json

import pytest

from tests.builders import catalog
from tests.builders.city import AT, SYSTEM
from yimen.catalog.choices import PackageDocument, package_chain
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.queries import packaging
from yimen.kit.errors import Invalid
from yimen.ledger.queries import story

pytestmark = pytest.mark.django_db

RESTAURANT = {
    "biz_form": "个体工商户", "use_signboard": "是", "drain_public": "否", "lodging_beauty": "否", "sell_tobacco": "是",
}  # fmt: skip


def raw(code):
    rows = json.loads((catalog.FOLDER / "packages.json").read_text("utf-8"))
    return next(row for row in rows if row["code"] == code)


def released(code):
    document = PackageDocument.model_validate(raw(code))
    for slug in document.slugs:
        catalog.item(slug)
    release_package(document, by=SYSTEM, at=AT)
    return packaging.find_package(code)


@pytest.fixture
def restaurant():
    return released("open-restaurant")


def test_answers_decide_which_items_take_part(restaurant):
    found = packaging.resolve(restaurant, RESTAURANT)

    assert [member.slug for member in found.assembly.members] == [
        "individual-business-registration", "food-business-licence", "outdoor-signboard", "tobacco-retail-licence",
    ]  # fmt: skip
    assert found.optional == ("outdoor-signboard", "tobacco-retail-licence")


def test_what_may_be_left_out_can_be_and_what_may_not_stays(restaurant):
    found = packaging.resolve(restaurant, RESTAURANT, left_out={"outdoor-signboard", "food-business-licence"})

    assert [member.slug for member in found.assembly.members] == [
        "individual-business-registration", "food-business-licence", "tobacco-retail-licence",
    ]  # fmt: skip
    assert found.left_out == ("outdoor-signboard",)


def test_an_open_question_is_named(restaurant):
    with pytest.raises(Invalid) as refused:
        packaging.resolve(restaurant, RESTAURANT | {"sell_tobacco": "也许"})

    assert [error["field"] for error in refused.value.errors] == ["sell_tobacco"]


def test_the_composite_limit_is_the_longest_way(restaurant):
    path = packaging.resolve(restaurant, RESTAURANT).assembly.path

    assert path.critical[-1] == "tobacco-retail-licence"
    assert (path.working_days, path.one_by_one) == (45, 45)
    wide = packaging.resolve(restaurant, RESTAURANT | {"drain_public": "是", "sell_tobacco": "否"}).assembly.path
    assert (wide.working_days, wide.one_by_one) == (25, 40)


def test_what_everybody_asks_is_asked_once_and_says_whom_it_serves(restaurant):
    assembly = packaging.resolve(restaurant, RESTAURANT).assembly
    fields = {field.label: field for field in assembly.sheet().form_fields}

    assert [field.label for field in assembly.sheet().form_fields].count("联系人") == 1
    assert "用于：食品经营许可" in fields["联系人"].hint
    assert len(assembly.sheet().form_fields) < sum(len(member.document.form_fields) for member in assembly.members)


def test_the_licence_that_an_earlier_item_gives_need_not_be_brought(restaurant):
    assembly = packaging.resolve(restaurant, RESTAURANT).assembly
    licence = next(each for each in assembly.materials if each.name == "营业执照")

    assert licence.given == "individual-business-registration"
    assert licence.key not in {need.key for need in assembly.material_needs({})}


def test_the_code_of_a_firm_that_is_only_founded_is_asked_by_nobody(restaurant):
    assembly = packaging.resolve(restaurant, RESTAURANT).assembly

    assert "统一社会信用代码" not in {field.label for field in assembly.sheet().form_fields}
    assert {"uscc", "org_name"} <= assembly.given_fields("food-business-licence")


def test_answers_go_back_to_each_item_under_its_own_names(restaurant):
    assembly = packaging.resolve(restaurant, RESTAURANT).assembly
    names = {field.label: field.name for field in assembly.sheet().form_fields}
    told = {names["结果领取方式"]: "邮寄", names["联系人"]: "李四"}

    own = assembly.answers_of("food-business-licence", told)

    assert own["delivery_mode"] == "邮寄"
    assert own["contact_name"] == "李四"
    assert assembly.answers_in("food-business-licence", own) == told


@pytest.mark.parametrize(
    "code", [row["code"] for row in json.loads((catalog.FOLDER / "packages.json").read_text("utf-8"))]
)
def test_every_researched_package_is_fit_and_merges_without_loss(code):
    package = released(code)
    document, findings = packaging.check_package_whole(package.document)
    assembly = packaging.preview(document)

    assert [finding for finding in findings if finding.stops] == []
    for member in assembly.members:
        names = {name for (slug, name) in assembly.form.places if slug == member.slug}
        assert names == {field.name for field in member.document.form_fields}
        assert len(assembly.keys_of(member.slug)) == len(member.document.materials)


def test_what_is_wrong_with_a_package_is_said_with_its_place(restaurant):
    broken = raw("open-restaurant")
    broken["items"][0]["slug"] = "no-such-item"
    broken["items"][2]["when"] = "nobody == '是'"
    broken["items"][3]["when"] = "lodging_beauty == '可能'"
    broken["items"][4]["depends_on"] = ["tobacco-retail-licence"]
    broken["items"][6]["depends_on"] = ["outdoor-signboard"]

    _document, findings = packaging.check_package_whole(broken)
    told = {finding.field: finding.reason for finding in findings if finding.stops}

    assert told["items[0].slug"] == "没有事项“no-such-item”"
    assert told["items[2].when"] == "条件引用了不存在的问题：nobody"
    assert "可能" in told["items[3].when"]
    assert "循环" in told["items"]


def test_a_declaration_that_cannot_hold_is_found(restaurant):
    broken = raw("open-restaurant") | {
        "same_fields": [
            ["individual-business-registration.industry", "drainage-licence.industry"],
            ["food-business-licence.nothing", "drainage-licence.uscc"],
        ]
    }

    _document, findings = packaging.check_package_whole(broken)

    assert {finding.field for finding in findings} >= {"same_fields[0]", "same_fields[1]"}


def test_every_version_is_kept_and_the_ledger_knows_who_released_it(restaurant):
    changed = PackageDocument.model_validate(raw("open-restaurant") | {"description": "改过的说明。"})

    release_package(changed, by=SYSTEM, at=AT, reason="说明更清楚")

    versions = list(packaging.package_versions("open-restaurant"))
    assert [each.version for each in versions] == [2, 1]
    assert versions[1].doc.description != "改过的说明。"
    assert [line.verb for line in story(package_chain("open-restaurant"))] == ["package_released"] * 2
