"""Every field of every part of the document has a Chinese name, and places are said with them."""

from __future__ import annotations

import pytest

from yimen.catalog.choices import EditionDocument
from yimen.catalog.choices.labels import LABELS, label_of, part_of, place_words
from yimen.sheets.choices import Part


def parts(part: type[Part], seen: set[type[Part]]) -> set[type[Part]]:
    seen.add(part)
    for field in part.model_fields.values():
        below = part_of(field.annotation)
        if below is not None and below not in seen:
            parts(below, seen)
    return seen


def test_every_field_has_a_name_and_no_name_is_of_a_field_that_is_gone() -> None:
    for part in parts(EditionDocument, set()):
        assert set(LABELS[part]) == set(part.model_fields), part
        assert len({str(name) for name in LABELS[part].values()}) == len(part.model_fields), part


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("name", "事项名称"), ("materials", "申请材料"), ("materials.name", "材料名称"),
        ("materials[2].copy", "复印件份数"), ("fee.rows[0].basis", "收费依据"), ("materials[m01].name", "材料名称"),
        ("rights.reconsideration.phone", "电话"), ("conditions[3]", "受理条件"), ("nonsense", "nonsense"),
    ],
)  # fmt: skip
def test_a_place_by_its_last_name(place: str, said: str) -> None:
    assert label_of(place) == said


def test_a_place_in_full() -> None:
    assert place_words("materials[2].blank_form.name") == "申请材料第 3 项 · 空白表格 · 文件名称"
    assert place_words("materials[m01].name") == "申请材料“m01” · 材料名称"
    assert place_words("conditions[0]") == "受理条件第 1 项"
