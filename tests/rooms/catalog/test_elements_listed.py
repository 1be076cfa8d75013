"""The page of elements is complete, and what it says is so: editable, carried by the workbook, shown at the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from tools.lint import ROOT
from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries.editing.layout import OF_FIELD
from yimen.catalog.queries.editing.specs import specs
from yimen.catalog.queries.elements import GROUPS
from yimen.catalog.queries.workbook.columns import Column, Sheet
from yimen.catalog.queries.workbook.layout import SHEETS
from yimen.sheets.choices import Part

PAGE = (ROOT / "docs" / "rules" / "elements.md").read_text("utf-8")
TABLE_4, EXCHANGE = PAGE.split("## Columns of the national exchange")
COLUMNS = """
ROW_GUID CATALOG_CODE TASK_CODE TASK_HANDLE_ITEM TASK_VERSION PLAN_EFFECTIVE_DATE BY_LAW USE_LEVEL ANTICIPATE_DAY
PROMISE_EXPLAIN SPECIAL_PROCEDURE HANDLE_FLOW LIMIT_SCENE_EXPLAIN APP_IS_SINGLE_LOGIN IS_SERVICE_TERMINALS SCHEDULE_RULE
IS_MAIL_RESULT HANDLE_AREA DESC_EXPLAIN RESULT_GUID TRAFFIC_GUIDE SUPERVISE_WAY CORP_TOPIC_TYPE INTERMEDIARY_CONTENT
DUTY_PERFORM_BY_LAW TOWN_NAME LINK_NAME QUESTION
"""


def _fields() -> list[str]:
    cells = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    return sorted({each[2].strip(" |`") for each in cells if len(each) > 2 and each[2].startswith("`")})


def test_no_number_of_the_standard_is_missing() -> None:
    numbers: list[int] = []
    for first, last in re.findall(r"^\| (\d+)(?:–(\d+))? \|", TABLE_4, re.MULTILINE):
        numbers += range(int(first), int(last or first) + 1)

    assert numbers == list(range(1, 65))


@pytest.mark.parametrize("column", COLUMNS.split())
def test_no_column_of_the_exchange_is_missing(column: str) -> None:
    assert column in EXCHANGE


@pytest.mark.parametrize("field", _fields())
def test_an_element_exists_is_editable_carried_and_shown(field: str) -> None:
    top, *inside = field.split(".")
    alias = _resolved(EditionDocument, field.split("."))

    assert top in OF_FIELD
    assert _editable(EditionDocument, field.split("."))
    assert top in {name for _key, _title, names in GROUPS for name in names}
    assert any(
        _carries(sheet, column, (top, *inside[:-1], *([alias] if inside else []))) for sheet, column in _columns()
    )


def _resolved(model: type[Part], path: list[str]) -> str:
    """The last part's name in the file."""
    name, *rest = path
    field = model.model_fields[name]
    if not rest:
        return field.alias or name
    inner = next(iter(_parts(field.annotation)))
    return _resolved(inner, rest)


def _parts(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def _editable(model: type[Part], path: list[str]) -> bool:
    found = next((spec for spec in specs(model) if spec.field == path[0]), None)
    if found is None or len(path) == 1:
        return found is not None
    return _editable(next(iter(_parts(model.model_fields[path[0]].annotation))), path[1:])


def _columns() -> Iterator[tuple[Sheet, Column]]:
    return ((sheet, column) for sheet in SHEETS for column in sheet.columns)


def _carries(sheet: Sheet, column: Column, place: tuple[str, ...]) -> bool:
    """Does the column say this place, or something inside it?"""
    if sheet.categories:
        return place in sheet.categories.values()
    return (*sheet.place, *column.path)[: len(place)] == place
