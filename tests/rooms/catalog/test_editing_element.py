"""A question taken from the field library in the editor: one button fills its widgets as the designer would."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.builders import catalog
from tests.rooms.catalog.test_editing import FOOD, Form, begun, whole_page
from tests.rooms.catalog.test_editing_saving import now, post, signed_in
from yimen.catalog.models import Edition
from yimen.catalog.queries.editing.designing import of_element
from yimen.sheets.queries import library_field

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Edition:
    catalog.item(FOOD)
    return begun()


@pytest.fixture
def first(draft: Edition) -> Client:
    return signed_in()


def new_row(sent: dict[str, Any], **typed: str) -> dict[str, Any]:
    rows = [*sent["form_fields[]"], "n1"]
    return {**sent, "form_fields[]": rows, **{f"form_fields.n1.{name}": value for name, value in typed.items()}}


@pytest.mark.parametrize("code", ["org.uscc", "person.marital_status", "project.investment", "agent.phone"])
def test_a_new_question_says_what_the_library_says_and_is_saved_so(draft: Edition, first: Client, code: str) -> None:
    sent = new_row(whole_page(first, "form", draft), element=code)

    answer = post(first, "form", sent, op="element|form_fields.n1.element")
    page = Form(answer.content.decode())
    assert answer.status_code == 200
    post(first, "form", {**page.sent, "op": "save"})

    wanted = of_element(library_field(code), {each["name"] for each in draft.base.document["form_fields"]})  # type: ignore[union-attr]
    saved = now(draft)["form_fields"][-1]
    assert {name: saved.get(name) for name in wanted} == wanted


def test_an_element_is_named_in_words_too(draft: Edition, first: Client) -> None:
    name = library_field("org.uscc").name
    sent = new_row(whole_page(first, "form", draft), element=name)

    page = post(first, "form", sent, op="element|form_fields.n1.element").content.decode()

    assert 'value="org.uscc"' in page


def test_what_the_item_calls_a_question_stays_and_nothing_is_saved_yet(draft: Edition, first: Client) -> None:
    sent = new_row(whole_page(first, "form", draft), element="agent.phone", name="helper_phone", label="跑腿人的电话")

    page = Form(post(first, "form", sent, op="element|form_fields.n1.element").content.decode()).sent

    row = {name: page[f"form_fields.n1.{name}"][-1] for name in ("name", "label", "type")}
    assert row == {"name": "helper_phone", "label": "跑腿人的电话", "type": "phone"}
    draft.refresh_from_db()
    assert draft.revision == 1


def test_what_the_library_does_not_have_is_said_and_nothing_typed_is_lost(draft: Edition, first: Client) -> None:
    sent = new_row(whole_page(first, "form", draft), element="no.such", label="刚写的名称")

    page = post(first, "form", sent, op="element|form_fields.n1.element").content.decode()

    assert "数据元库里没有这一项" in page
    assert "刚写的名称" in page
