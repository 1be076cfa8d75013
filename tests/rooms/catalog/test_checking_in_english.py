"""What the catalogue's own checks have against a document, for an editor who reads English."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.builders import catalog as items
from tests.rooms.catalog.test_checkups import sign_in
from yimen.catalog.queries.checking import _REASONS, UNFIT, check, check_package
from yimen.catalog.queries.workbook.layout import NOT_CARRIED, SHEETS
from yimen.kit.telling import translated

pytestmark = pytest.mark.django_db

HAN = re.compile(r"[\u4e00-\u9fff]")
FIELD = {"name": "size", "label": "size", "type": "number"}
TABLE = {
    "name": "t", "inputs": [{"name": "size", "label": "size", "field": "size"}],
    "rows": [{"when": {"size": "true", "none": "1"}, "outcome": "x", "grounds": "y"}],
}  # fmt: skip
FAULTS = [
    {"statutory_days": 3, "promised_days": 5},
    {"visits": -1, "statutory_days": "x", "unknown": 1},
    {"kind": "nothing", "steps": []},
    {"case_type": "即办件", "promised_days": 5},
    {"form_fields": [FIELD, FIELD]},
    {"form_fields": [FIELD | {"show_if": "other == 'x'", "prefill": "nowhere.x"}]},
    {"form_fields": [FIELD | {"show_if": "size ==", "prefill": "licence.none.x"}]},
    {"form_fields": [FIELD | {"type": "choice"}]},
    {"form_fields": [FIELD], "form_rules": [{"kind": "order", "fields": ["size", "none"]}]},
    {"form_fields": [FIELD], "manual": {"discretion": [TABLE, TABLE]}},
    {"results": [{"name": "r", "kind": "证照", "licence_type": "none"}]},
]
LISTED = re.compile(r"(?<=Must be one of ).*(?=; it is)")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: "-".join(fault))
def test_every_reason_is_english_and_in_chinese_as_it_was(fault):
    _document, problems = check(items.small(**fault))

    with translation.override("en"):
        told = [translated(each.reason) for each in problems]

    assert told
    # What may be chosen are values of the file; nothing else is quoted here in Chinese.
    assert [each for each in told if HAN.search(LISTED.sub("", each))] == []
    assert all(HAN.search(each.reason) for each in problems)


def test_so_is_what_is_wrong_with_a_package():
    document = {"code": "p", "name": "p", "life_event": "p", "lead_department": "SJ", "description": "p"}
    question = {"name": "q", "label": "q", "choices": ["a", "a"]}

    _, doubled = check_package(document | {"items": [{"slug": "a", "order": 1}], "questions": [question]}, ())
    _, unknown = check_package(document | {"items": [{"slug": "a", "order": 1, "when": "q == 'x'"}]}, ())

    with translation.override("en"):
        told = [translated(each.reason) for each in (*doubled, *unknown)]
    assert len(told) >= 3
    assert not any(HAN.search(each) for each in told), told


def test_every_reason_there_is_and_every_sheet_of_the_workbook_has_its_english():
    said = [UNFIT, *_REASONS.values(), *(sheet.about for sheet in SHEETS), *NOT_CARRIED]

    with translation.override("en"):
        assert [each for each in said if translated(each) == each] == []


def test_the_page_of_the_workbook_says_what_its_sheets_hold(client: Client):
    sign_in(client, "editor")
    client.cookies["django_language"] = "en"

    page = client.get(reverse("catalog:upload")).content.decode()

    assert "One row per legal basis." in page
    assert "一行一条依据" not in page
