"""Editions, their differences and their schema for programs."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from tests.builders import catalog, city
from yimen.catalog.choices import EditionDocument

pytestmark = pytest.mark.django_db


def ask(path: str) -> object:
    answer = Client().get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_schema_of_an_edition_is_published_and_every_researched_item_keeps_to_it() -> None:
    schema = ask("schemas/item")

    assert schema == json.loads(json.dumps(EditionDocument.model_json_schema()))
    assert {"places", "contacts", "authority", "codes", "rights", "manual"} <= set(schema["properties"])


def test_all_editions_and_one_of_them_and_what_differs() -> None:
    catalog.release(catalog.small())
    catalog.release(catalog.small(promised_days=3, conditions=["年满十八周岁"]), at=city.AT + timedelta(days=9))

    listed = ask("items/small-item/editions")["items"]
    assert [(each["edition"], each["state"]) for each in listed] == [(2, "released"), (1, "released")]
    assert listed[1]["valid_to"] == (city.AT + timedelta(days=8)).date().isoformat()
    assert ask("items/small-item/editions/1")["promised_days"] == 5
    changes = {each["place"]: each for each in ask("items/small-item/editions/2/difference?against=1")["items"]}
    promised, condition = changes["promised_days"], changes["conditions[年满十八周岁]"]
    (detail,) = promised["details"]
    assert (detail["label"], detail["before"], detail["after"]) == ("", "5 工作日", "3 工作日")
    assert [(each["kind"], each["text"]) for each in detail["segments"]] == [
        ("removed", "5"), ("added", "3"), ("same", " 工作日"),
    ]  # fmt: skip
    assert (promised["effect"], condition["effect"]) == ("eases", "burdens")
    assert (promised["choosable"], condition["choosable"]) == (True, False)


def test_what_does_not_exist_is_not_found() -> None:
    catalog.release(catalog.small())

    for path in (
        "items/nowhere/editions",
        "items/small-item/editions/9",
        "items/small-item/editions/1/difference?against=9",
    ):
        assert Client().get(f"/api/v1/{path}").status_code == 404
