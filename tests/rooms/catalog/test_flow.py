"""The chart is drawn from the edition's steps, whole, readable by people and by machines that read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import translation

from tests.builders import catalog
from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries.flow import Shape, chart
from yimen.catalog.queries.flow_svg import WIDTH, svg, wrapped

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def document(**changes: Any) -> EditionDocument:
    return EditionDocument.model_validate(catalog.small(**changes))


STEPS = [
    {"name": "受理", "role": "窗口", "days": 1},
    {"name": "规划核实", "role": "规划科", "days": 2, "kind": "review"},
    {"name": "消防核实", "role": "消防科", "days": 2, "kind": "review", "parallel_with_previous": True},
    {"name": "缴费", "role": "申请人", "kind": "applicant"},
    {"name": "决定", "role": "负责人", "days": 0.5},
    {"name": "送达", "role": "窗口"},
]


def test_every_step_once_with_both_ways_out() -> None:
    found = chart(document(steps=STEPS, kind="行政许可"))
    names = [box.name for stage in found.stages for box in stage.boxes]
    assert names == ["提交申请", "受理", "规划核实", "消防核实", "缴费", "决定", "送达", "办结"]
    assert [stage.parallel for stage in found.stages] == [False, False, True, False, False, False, False]
    shapes = {box.name: box.shape for stage in found.stages for box in stage.boxes}
    assert (shapes["缴费"], shapes["决定"]) == (Shape.APPLICANT, Shape.DECISION)
    decision = next(stage for stage in found.stages if stage.boxes[0].name == "决定")
    assert decision.onward == "准予"
    assert decision.asides[0][0] == "不予许可"
    assert found.stages[1].asides[0][0] == "材料不齐"


def test_special_procedures_stand_beside_the_review() -> None:
    special = [{"name": "专家评审", "days": 30, "unit": "自然日"}]
    found = chart(document(steps=STEPS, special_procedures=special))
    review = next(stage for stage in found.stages if stage.parallel)
    assert review.asides == (("特别程序", "专家评审，30 个自然日，不计入时限"),)


def test_a_list_without_a_decision_has_no_second_way() -> None:
    found = chart(document(steps=[{"name": "受理", "role": "窗口"}, {"name": "制证", "role": "窗口"}]))
    assert not any(stage.onward for stage in found.stages)


def test_drawing_is_accessible_and_stays_in_its_width() -> None:
    root = ElementTree.fromstring(svg(chart(document(steps=STEPS))))  # noqa: S314 - our own drawing
    assert root.attrib["role"] == "img"
    ids = {each.attrib["id"] for each in root.iter() if "id" in each.attrib}
    assert set(root.attrib["aria-labelledby"].split()) <= ids
    description = root.findtext(f"{SVG}desc") or ""
    assert all(step["name"] in description for step in STEPS)
    for text in root.iter(f"{SVG}text"):
        size, words = float(text.attrib["font-size"]), text.text or ""
        half = sum(0.56 if each.isascii() else 1 for each in words) * size
        left = float(text.attrib["x"]) - (half / 2 if "text-anchor" in text.attrib else 0)
        assert left >= 0
        assert left + half <= WIDTH + 1, words
    assert not [each for each in root.iter() if "style" in each.attrib]


@pytest.mark.parametrize("slug", catalog.slugs())
def test_every_researched_item_can_be_drawn(slug: str) -> None:
    item = EditionDocument.model_validate(catalog.raw(slug))
    drawn = ElementTree.fromstring(svg(chart(item)))  # noqa: S314 - our own drawing
    words = "".join(text.text or "" for text in drawn.iter(f"{SVG}text"))
    assert all(step.name in words for step in item.steps)


def test_names_are_text_never_markup() -> None:
    drawn = svg(chart(document(name="<script>", steps=[{"name": "受理 & <b>", "role": "窗口"}])))
    assert "<script" not in drawn
    assert "<b>" not in drawn


def test_lines_are_even_and_keep_numbers_with_their_units() -> None:
    assert wrapped("一二三四五六七八九十一", 10) == ["一二三四五六", "七八九十一"]
    assert "5 个工作日" in wrapped("现场核查，5 个工作日", 8)
    assert wrapped("", 5) == [""]
