"""Every field of the document has a Chinese name and a place among the elements; nothing is said in code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.utils import translation

from tests.builders import catalog
from yimen.catalog.choices import EditionDocument
from yimen.catalog.choices.labels import LABELS
from yimen.catalog.queries.condition_words import condition_words
from yimen.catalog.queries.elements import GROUPS, elements, said
from yimen.sheets.choices import Part

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def _parts(model: type[Part]) -> set[type[Part]]:
    found: set[type[Part]] = {model}
    for field in model.model_fields.values():
        found |= {part for part in _named(field.annotation) if part not in found}
    return found


def _named(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield from _parts(annotation)
    for inner in get_args(annotation):
        yield from _named(inner)


def test_every_field_of_every_part_has_a_name() -> None:
    for part in _parts(EditionDocument):
        assert set(LABELS[part]) == set(part.model_fields), part.__name__


def test_every_field_of_the_document_stands_in_one_group() -> None:
    names = [name for _key, _title, group in GROUPS for name in group]
    assert sorted(names) == sorted(EditionDocument.model_fields)


def test_values_are_words() -> None:
    raw = catalog.raw("food-business-licence") | {
        "fee": {"charged": True, "amount_cents": 5050, "standard": "每证"},
        "confidence": "high",
    }
    document = EditionDocument.model_validate(raw)
    rows = {row.place: row for group in elements(document) for row in group.rows}
    assert rows["fee.amount_cents"].value == "50.50 元"
    assert rows["confidence"].value == "高"
    assert rows["commitment"].value == "否"
    for row in rows.values():
        assert not re.search(r"\b(True|False|None|tuple|Part)\b", row.value), row


def test_conditions_in_words() -> None:
    labels = {"a": "业态", "b": "是否网售"}
    assert condition_words("a == '食堂'", labels) == "“业态”为“食堂”"
    assert condition_words("a in ['甲','乙'] and not b == true", labels) == (
        "“业态”为“甲”“乙”之一，并且不属于：“是否网售”为“是”"
    )
    assert condition_words("broken ((", labels) == "broken (("


def test_nothing_is_nothing() -> None:
    assert [said(value) for value in (None, "", (), {})] == ["", "", "", ""]
