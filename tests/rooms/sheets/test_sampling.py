"""Sample answers fit the form that they are for."""

from __future__ import annotations

import pytest

from tests.builders import catalog
from tests.builders.catalog import field, sheet
from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries.editing.designing import of_element
from yimen.law.completeness import missing
from yimen.sheets import queries
from yimen.sheets.choices import FormField, Kind, LibraryDocument

MORE = {"choice": {"choices": ["甲", "乙"]}, "multi": {"choices": ["甲", "乙"]}, "declaration": {"statement": "真实。"}}


@pytest.mark.parametrize("kind", [kind.value for kind in Kind if kind is not Kind.FILE])
def test_a_sample_is_an_answer_that_the_field_takes(kind: str) -> None:
    asked = sheet(field("a", kind, required=True, **MORE.get(kind, {})))

    told = queries.sample(asked)
    clean, errors = queries.check(asked, told)

    assert errors == []
    assert clean == told
    assert missing(fields=queries.needs(asked), materials=(), answers=clean, documents=()) == []


def test_every_field_of_the_library_makes_a_question_with_a_sample_that_fits() -> None:
    for raw in queries.shipped():
        element = LibraryDocument.model_validate(raw)
        asked = EditionDocument.model_validate(catalog.small(form_fields=[of_element(element)]))

        told = queries.sample(asked)

        assert told, element.code
        assert queries.check(asked, told)[1] == [], element.code
        assert FormField.model_validate(of_element(element)).element == element.code


@pytest.mark.parametrize(
    "pattern", [r"\d{4}-\d{6}", "[A-Z]\\d{9}", r"[^@\s]+@[^@\s]+\.[^@\s]+", "(甲|乙)x?", r"\w+ \S"]
)
def test_a_sample_matches_a_pattern(pattern: str) -> None:
    asked = sheet(field("a", format={"pattern": pattern}))

    assert queries.check(asked, queries.sample(asked))[1] == []
    assert queries.sample(asked)
