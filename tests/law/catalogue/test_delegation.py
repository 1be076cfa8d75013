"""One standard on four levels: what a lower edition may change, and what is named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.catalogue import deviations

UPPER: dict[str, Any] = {
    "slug": "city", "name": "居住登记", "agency": "441400-GA", "level": ["市"], "case_type": "承诺件",
    "promised_days": 10, "promised_unit": "工作日", "statutory_days": 20, "statutory_unit": "工作日", "visits": 1,
    "visits_reason": "核对原件", "online_depth": "三级", "fee": {"charged": True, "standard": "20元"},
    "conditions": ["年满16周岁"],
    "materials": [
        {
            "key": "m01", "name": "申请表", "necessity": "必要", "original": 2, "copy": 1, "electronic": False,
            "basis": "条例第七条",
        },
        {
            "key": "m02", "name": "租赁合同", "necessity": "容缺", "original": 0, "copy": 1, "electronic": True,
            "show_if": None,
        },
    ],
    "steps": [{"name": "受理", "days": 1, "office": "户政科"}, {"name": "决定", "days": 9}],
    "authority": {"source": "法定本级行使", "handled_by": {"name": "户政科"}}, "places": [{"name": "市政务中心"}],
}  # fmt: skip


def lower(**changes: Any) -> dict[str, Any]:
    return {**UPPER, "slug": "town", **changes}


def materials(number: int, **changes: Any) -> list[dict[str, Any]]:
    return [{**each, **changes} if place == number else each for place, each in enumerate(UPPER["materials"])]


def steps(number: int, **changes: Any) -> list[dict[str, Any]]:
    return [{**each, **changes} if place == number else each for place, each in enumerate(UPPER["steps"])]


def test_the_same_is_no_deviation() -> None:
    assert deviations(UPPER, lower()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"promised_days": 5},
        {"promised_days": 0, "case_type": "即办件"},
        {"statutory_days": 10},
        {"promised_days": 9, "promised_unit": "自然日"},
        {"materials": UPPER["materials"][:1]},
        {"materials": materials(0, original=1, copy=0)},
        {"materials": materials(0, necessity="容缺")},
        {"materials": materials(0, electronic=True)},
        {"materials": materials(1, show_if="a == 'b'", exempt_when="数据共享", data_service="租赁备案")},
        {"materials": materials(0, key="own", obtained_at="镇便民服务中心")},
        {"steps": steps(1, days=3)},
        {"steps": steps(0, office="派出所")},
        {"places": [{"name": "镇便民服务中心", "hours": "工作日"}], "contacts": {"consult_phone": "0753-1"}},
        {"authority": {"source": "法定本级行使", "handled_by": {"name": "派出所"}}},
        {"agency": "441421-GA", "level": ["镇"], "codes": {"basic": "1"}, "terminals": []},
        {"faq": [], "scope": None},
    ],
)
def test_what_it_may_change(changes: dict[str, Any]) -> None:
    assert deviations(UPPER, lower(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"promised_days": 11}, "promised_days"),
        ({"promised_days": None}, "promised_days"),
        ({"statutory_days": 3, "statutory_unit": "月"}, "statutory_days"),
        ({"case_type": "即办件"}, "case_type"),
        ({"materials": [*UPPER["materials"], {"name": "村委会证明"}]}, "materials[2]"),
        ({"materials": materials(0, original=3)}, "materials[0].original"),
        ({"materials": materials(1, necessity="必要")}, "materials[1].necessity"),
        ({"materials": materials(1, electronic=False)}, "materials[1].electronic"),
        ({"materials": materials(0, basis="条例第八条")}, "materials[0].basis"),
        ({"steps": steps(1, days=10)}, "steps[1].days"),
        ({"steps": UPPER["steps"][:1]}, "steps"),
        ({"conditions": ["年满18周岁"]}, "conditions"),
        ({"name": "居住证登记"}, "name"),
        ({"visits": 2}, "visits"),
        ({"fee": {"charged": True, "standard": "30元"}}, "fee"),
        ({"online_depth": "二级"}, "online_depth"),
        ({"authority": {"source": "上级委托", "handled_by": None}}, "authority.source"),
    ],
)
def test_anything_else_is_named_with_its_place(changes: dict[str, Any], place: str) -> None:
    found = deviations(UPPER, lower(**changes))

    assert [(each.rule, each.place, each.slug) for each in found] == [("delegation_exceeds", place, "town")]


@pytest.mark.parametrize(
    "changes",
    [{"visits": 0, "visits_reason": None}, {"fee": {"charged": False}}, {"online_depth": "四级"}, {"commitment": True}],
)
def test_what_is_better_for_people_belongs_into_the_standard(changes: dict[str, Any]) -> None:
    assert {each.rule for each in deviations(UPPER, lower(**changes))} == {"delegation_milder"}


def test_places_are_told_in_the_words_of_whoever_asks() -> None:
    found = deviations(UPPER, lower(conditions=[]), named=lambda place: f"〈{place}〉")

    assert found[0].sentence == "〈conditions〉与上级版本不同。"


@given(st.integers(0, 40), st.sampled_from(["工作日", "自然日", "月", "小时"]), st.integers(0, 3), st.integers(0, 3))
def test_never_longer_and_never_more(days, unit, original, copies) -> None:
    changed = lower(promised_days=days, promised_unit=unit, materials=materials(0, original=original, copy=copies))
    places = {each.place for each in deviations(UPPER, changed) if each.rule == "delegation_exceeds"}

    assert ("materials[0].original" in places) is (original > 2)
    assert ("materials[0].copy" in places) is (copies > 1)
    assert ("promised_days" in places) >= (unit == "工作日" and days > 10)
