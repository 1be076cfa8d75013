"""What is missing from an application is named, all of it, and nothing else (许可法 31, 32)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.completeness import (
    FieldNeed,
    MaterialNeed,
    Missing,
    Necessity,
    answers_that_count,
    asked_fields,
    asked_materials,
    is_blank,
    missing,
    owed_later,
)

NAME = FieldNeed("name", "单位名称")
STORAGE = FieldNeed("has_storage", "是否有仓库", "boolean")
AREA = FieldNeed("area", "仓库面积", "number", show_if="has_storage == true")
REMARK = FieldNeed("remark", "备注", required=False)
FIELDS = [NAME, STORAGE, AREA, REMARK]

FORM = MaterialNeed("form", "申请书")
PLAN = MaterialNeed("plan", "仓库平面图", show_if="has_storage == true")
HEALTH = MaterialNeed("health", "健康证明", Necessity.DEFERRABLE)
POWER = MaterialNeed("power", "授权委托书", Necessity.OPTIONAL)
MATERIALS = [FORM, PLAN, HEALTH, POWER]


def lacking(answers, documents=()):
    """The keys of what is missing."""
    told = missing(fields=FIELDS, materials=MATERIALS, answers=answers, documents=documents)
    return [each.key for each in told]


def test_an_empty_application_lacks_everything_that_is_asked_of_everybody():
    assert lacking({}) == ["name", "has_storage", "form"]


def test_each_missing_thing_is_called_for_in_chinese():
    told = missing(fields=[NAME], materials=[FORM], answers={}, documents=[])

    assert told == [Missing("field", "name", "请填写“单位名称”。"), Missing("material", "form", "请提供“申请书”。")]


def test_an_answer_brings_up_the_field_and_the_material_that_depend_on_it():
    assert lacking({"name": "甲", "has_storage": True}, ["form"]) == ["area", "plan"]
    assert lacking({"name": "甲", "has_storage": False}, ["form"]) == []


def test_no_and_nought_are_answers_and_blanks_are_not():
    assert lacking({"name": " ", "has_storage": False}, ["form"]) == ["name"]


def test_what_may_come_later_is_not_missing_but_owed():
    complete = {"name": "甲", "has_storage": False}

    owed = owed_later(fields=FIELDS, materials=MATERIALS, answers=complete, documents=["form"])

    assert lacking(complete, ["form"]) == []
    assert owed == [Missing("material", "health", "“健康证明”可以容缺，请承诺后补。")]
    assert owed_later(fields=FIELDS, materials=MATERIALS, answers=complete, documents=["health"]) == []


def test_documents_may_be_a_mapping_by_key():
    assert lacking({"name": "甲", "has_storage": False}, {"form": 1}) == []


def test_an_answer_to_a_field_that_is_no_longer_asked_brings_up_nothing():
    kind = FieldNeed("kind", "类型")
    detail = FieldNeed("detail", "明细", show_if="kind == '甲'")
    deeper = FieldNeed("deeper", "再明细", show_if="detail == '子'")
    fields = [deeper, detail, kind]  # the order does not matter

    assert asked_fields(fields, {"kind": "甲", "detail": "子"}) == {"kind", "detail", "deeper"}
    assert asked_fields(fields, {"kind": "乙", "detail": "子"}) == {"kind"}
    assert answers_that_count(fields, {"kind": "乙", "detail": "子"}) == {"kind": "乙"}


def test_the_situation_counts_though_it_is_no_field_of_the_sheet():
    by_agent = MaterialNeed("power", "授权委托书", show_if="by_agent == true")

    told = missing(fields=[], materials=[by_agent], answers={"by_agent": True}, documents=[])

    assert [each.key for each in told] == ["power"]


def test_fields_that_hide_each_other_do_not_go_round_for_ever():
    one = FieldNeed("one", "一", show_if="two != 'x'")
    two = FieldNeed("two", "二", show_if="one != 'x'")

    assert asked_fields([one, two], {"one": "x", "two": "x"}) <= {"one", "two"}


@pytest.mark.parametrize(
    ("answer", "blank"),
    [
        (None, True),
        ("", True),
        ("　", True),
        ([], True),
        ([{"name": ""}], True),
        ({"region": "", "detail": None}, True),
        ({"region": "441400"}, False),
        ([{"name": "甲"}], False),
        (0, False),
        (False, False),
    ],
)
def test_what_counts_as_no_answer(answer, blank):
    assert is_blank(answer) is blank


@given(st.sets(st.sampled_from(["form", "plan", "health", "power"])), st.booleans(), st.text(max_size=3))
def test_bringing_what_was_called_missing_completes_the_application(documents, storage, name):
    answers = {"name": name, "has_storage": storage}
    called = missing(fields=FIELDS, materials=MATERIALS, answers=answers, documents=documents)
    answers |= {each.key: "甲" for each in called if each.kind == "field"}
    documents |= {each.key for each in called if each.kind == "material"}

    assert missing(fields=FIELDS, materials=MATERIALS, answers=answers, documents=documents) == []


def test_materials_are_asked_for_in_the_editions_order():
    assert [need.key for need in asked_materials(MATERIALS, {"has_storage": True})] == [
        "form",
        "plan",
        "health",
        "power",
    ]
