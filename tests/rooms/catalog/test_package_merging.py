"""The merged form and list, over every situation of the researched packages, and over packages that nobody has seen."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from math import ceil
from typing import Any

import pytest

from tests.builders import catalog
from tests.builders.city import AT, SYSTEM
from tests.builders.city import agency as make_agency
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands.packaging import release_package
from yimen.catalog.models import PackageEdition
from yimen.catalog.queries import packaging
from yimen.catalog.queries.packaging import Assembly, Resolution
from yimen.law.completeness import Necessity, missing
from yimen.law.terms import Limit, Unit

pytestmark = pytest.mark.django_db

CODES = [row["code"] for row in json.loads((catalog.FOLDER / "packages.json").read_text("utf-8"))]
FORM = "申请表格"


def researched(code: str) -> PackageEdition:
    rows = json.loads((catalog.FOLDER / "packages.json").read_text("utf-8"))
    document = PackageDocument.model_validate(next(row for row in rows if row["code"] == code))
    for slug in document.slugs:
        catalog.item(slug)
    release_package(document, by=SYSTEM, at=AT)
    return packaging.find_package(code)


def situations(package: PackageEdition) -> list[Resolution]:
    names = [each.name for each in package.doc.questions]
    every = [dict(zip(names, told, strict=True)) for told in product(*(each.choices for each in package.doc.questions))]
    found = {}
    for answers in every:
        resolution = packaging.resolve(package, answers)
        found.setdefault(tuple(member.slug for member in resolution.assembly.members), resolution)
    return list(found.values())


def days(limit: Limit) -> int:
    """Worked out here again, as the rules in words say: 5 in 7 natural days, a month of 30, 8 office hours a day."""
    share = {Unit.WORKING_DAY: 1.0, Unit.NATURAL_DAY: 5 / 7, Unit.MONTH: 30 * 5 / 7, Unit.HOUR: 1 / 6.5}[limit.unit]
    return ceil(limit.amount * share - 1e-9)


def by_hand(assembly: Assembly) -> int:
    """The longest way, by trying all of them: rule 3 and 4 of docs/rules/packages.md told once more."""
    members = list(assembly.members)

    def before(place: int) -> list[int]:
        rule, here = members[place].rule, {member.slug: at for at, member in enumerate(members)}
        if rule.depends_on is not None:
            return _through(rule.depends_on, here)
        earlier = [at for at, other in enumerate(members) if other.rule.order < rule.order]
        if not rule.parallel:
            same = [at for at in range(place) if members[at].rule.order == rule.order and not members[at].rule.parallel]
            earlier += same[-1:]
        return earlier

    def _through(slugs: tuple[str, ...], here: dict[str, int]) -> list[int]:
        found: list[int] = []
        for slug in slugs:
            if slug in here:
                found.append(here[slug])
            elif (away := assembly.package.member(slug)) is not None:
                lower = [each.slug for each in assembly.package.items if each.order < away.order]
                found += _through(away.depends_on if away.depends_on is not None else tuple(lower), here)
        return found

    def done(place: int) -> int:
        own = days(members[place].document.decision_limits.promise)
        return own + max((done(each) for each in before(place)), default=0)

    return max(done(place) for place in range(len(members)))


@pytest.mark.parametrize("code", CODES)
def test_in_every_situation_each_thing_is_asked_once_forms_stay_one_per_item_and_nothing_is_lost(code: str) -> None:
    for found in situations(researched(code)):
        assembly = found.assembly
        labels = Counter(field.label for field in assembly.sheet().form_fields)
        assert {label: n for label, n in labels.items() if n > 1} == {}, (code, labels.most_common(3))
        for member in assembly.members:
            asked = {name for (slug, name), places in assembly.form.places.items() if slug == member.slug and places}
            assert asked | assembly.given_fields(member.slug) == {each.name for each in member.document.form_fields}
        wanted = [assembly.material(need.key) for need in assembly.material_needs({})]
        names = Counter(each.name for each in wanted if each is not None)
        assert {name: n for name, n in names.items() if n > 1} == {}, code
        for merged in assembly.materials:  # each item is decided on its own application
            assert len(merged.needs) == 1 or all(need.fact.kind != FORM for need in merged.needs), merged.name
        assert assembly.path.working_days == by_hand(assembly), (code, [each.slug for each in assembly.members])


# A package that nobody has researched.


def fact(name: str, label: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "type": kind, "required": True, **more}


def paper(name: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name, "kind": "文书", "source": "申请人自备", "necessity": "必要", "original": 1, **more,
    }  # fmt: skip


ITEMS = {
    "school-founding": {
        "promised_days": 10,
        "form_fields": [
            fact("school", "学校名称"), fact("seats", "学位数", "number"), fact("opening", "开办日期", "date"),
            fact("bus", "是否有校车", "boolean"), fact("mode", "办学形式", "choice", choices=["全日制", "非全日制"]),
        ],
        "materials": [
            paper("校舍使用证明"), paper("办学申请表", kind=FORM), paper("举办者身份证明", licence_type="id_card"),
        ],
    },
    "canteen": {
        "promised_days": 14, "promised_unit": "自然日",
        "form_fields": [
            fact("name_of_school", "学校名称"), fact("seats", "学位数"), fact("meals", "供餐人数", "number"),
            fact("mode", "办学形式", "choice", choices=["全日制", "非全日制", "寄宿"]),
        ],
        "materials": [
            paper("校舍使用证明", necessity="非必要"), paper("食堂申请表", kind=FORM), paper("布局图"),
        ],
    },
    "school-bus": {
        "promised_days": 1, "promised_unit": "月",
        "form_fields": [fact("school", "学校名称"), fact("buses", "车辆数", "number")],
        "materials": [paper("车辆清单"), paper("校车申请表", kind=FORM)],
    },
    "opening": {
        "promised_days": 0, "case_type": "即办件",
        "form_fields": [fact("school", "学校名称"), fact("opening", "开办日期", "date")],
        "materials": [paper("校舍使用证明")],
    },
}  # fmt: skip


@pytest.fixture
def school() -> PackageEdition:
    office = make_agency("JY")
    catalog.kinds()
    for slug, more in ITEMS.items():
        catalog.release(catalog.small(slug=slug, name=slug, department="JY", statutory_days=60, **more), agency=office)
    document = PackageDocument.model_validate({
        "code": "open-school", "name": "开办学校“一件事”", "life_event": "办学", "lead_department": "JY",
        "description": "一次申请。", "basis": "某文",
        "questions": [
            {"name": "canteen", "label": "是否办食堂", "choices": ["是", "否"]},
            {"name": "bus", "label": "是否有校车", "choices": ["是", "否"]},
        ],
        "items": [
            {"slug": "school-founding", "order": 1, "required": True},
            {"slug": "canteen", "order": 2, "parallel": True, "when": "canteen == '是'"},
            {"slug": "school-bus", "order": 2, "parallel": True, "when": "bus == '是'"},
            {"slug": "opening", "order": 3, "required": True, "depends_on": ["canteen"]},
        ],
    })  # fmt: skip
    release_package(document, by=SYSTEM, at=AT)
    return packaging.find_package("open-school")


@pytest.mark.parametrize(
    ("canteen", "bus", "total"),
    # 10 + 14 natural days as 10; the bus runs beside them, a month as 22; the opening waits for the canteen alone
    [("是", "是", 32), ("是", "否", 20), ("否", "是", 32), ("否", "否", 10)],
)
def test_members_come_and_go_and_the_longest_way_follows(
    school: PackageEdition, canteen: str, bus: str, total: int
) -> None:
    assembly = packaging.resolve(school, {"canteen": canteen, "bus": bus}).assembly

    assert ("canteen" in assembly.path.critical) == (bus == "否" and canteen == "是")
    assert assembly.path.working_days == total == by_hand(assembly)
    assert assembly.path.mixed == (canteen == "是" or bus == "是")


def test_one_meaning_under_several_names_is_one_and_other_kinds_stay_two(school: PackageEdition) -> None:
    assembly = packaging.resolve(school, {"canteen": "是", "bus": "是"}).assembly
    sheet = assembly.sheet()
    labels = [field.label for field in sheet.form_fields]

    assert labels.count("学校名称") == 1
    assert labels.count("开办日期") == 1
    seats = [field for field in sheet.form_fields if field.label.startswith("学位数")]
    assert {field.kind.value for field in seats} == {"number", "text"}
    assert len({field.label for field in seats}) == 2
    assert [conflict.why for conflict in assembly.form.conflicts] == ["填写方式不同"]
    told = {"school": "新苗小学"}
    assert {slug: assembly.answers_of(slug, told) for slug in ITEMS} == {
        "school-founding": {"school": "新苗小学"}, "canteen": {"name_of_school": "新苗小学"},
        "school-bus": {"school": "新苗小学"}, "opening": {"school": "新苗小学"},
    }  # fmt: skip


def test_a_choice_that_one_member_lacks_is_asked_again_just_then(school: PackageEdition) -> None:
    assembly = packaging.resolve(school, {"canteen": "是", "bus": "否"}).assembly

    def lacking(mode: str) -> list[str]:
        needs = assembly.field_needs({"mode": mode})
        told = missing(fields=needs, materials=[], answers={"mode": mode}, documents=set())
        return [each.message for each in told if "办学形式" in each.message]

    merged = next(field for field in assembly.sheet().form_fields if field.name == "mode")
    assert set(merged.choices or ()) == {"全日制", "非全日制", "寄宿"}
    assert lacking("全日制") == []
    assert lacking("寄宿") == ["请填写“办学形式（school-founding）”。"]
    assert assembly.answers_of("canteen", {"mode": "寄宿"}) == {"mode": "寄宿"}
    assert assembly.answers_of("school-founding", {"mode": "寄宿"}) == {}


def test_a_material_is_asked_once_in_the_strictest_way_and_forms_are_each_item_s_own(school: PackageEdition) -> None:
    assembly = packaging.resolve(school, {"canteen": "是", "bus": "是"}).assembly
    needs = {assembly.material(need.key).name: need.necessity for need in assembly.material_needs({})}

    assert needs["校舍使用证明"] is Necessity.REQUIRED
    assert assembly.wanted_by(next(each for each in assembly.materials if each.name == "校舍使用证明"), {}) == (
        "school-founding", "canteen", "opening",
    )  # fmt: skip
    assert [name for name in needs if name.endswith("申请表")] == ["办学申请表", "食堂申请表", "校车申请表"]
    assert len(needs) == 7
