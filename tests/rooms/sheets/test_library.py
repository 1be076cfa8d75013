"""The field library: canonical fields that the forms of many items are made of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from tests.builders import catalog, city
from tests.builders.catalog import field
from yimen.catalog.choices import EditionDocument
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid
from yimen.ledger.queries import faults
from yimen.sheets import commands, queries
from yimen.sheets.choices import FormField, LibraryDocument, Sensitivity
from yimen.sheets.commands.field_library import AlreadyRetired, BadReplacement, OtherKind
from yimen.sheets.models import LibraryField
from yimen.sheets.queries import library, library_field

pytestmark = pytest.mark.django_db


def document(**changes: Any) -> LibraryDocument:
    raw = {
        "code": "shop.colour", "name": "店面颜色", "meaning": "店面外墙的颜色。", "kind": "text",
        "authority": "申请人自行填写", "sensitivity": "general",
    }  # fmt: skip
    return LibraryDocument.model_validate({**raw, **changes})


def test_the_library_that_comes_along_is_whole() -> None:
    fields = [LibraryDocument.model_validate(each) for each in queries.shipped()]

    assert len(fields) >= 80
    assert len({each.code for each in fields}) == len(fields)
    assert all(each.since and each.authority for each in fields)
    assert {each.sensitivity for each in fields} == set(Sensitivity)
    assert all(re.compile(each.format.pattern or "") for each in fields)


def test_it_is_known_before_anybody_has_loaded_it_and_loading_it_twice_changes_nothing() -> None:
    before = library().fields.keys()

    call_command("load_library")
    after = library()
    call_command("load_library")

    assert after.fields.keys() == before
    assert library().version == after.version > 0
    assert list(faults()) == []


def test_a_field_is_defined_changed_and_retired_and_the_library_shows_it_at_once() -> None:
    commands.define_field(document(), by=city.SYSTEM, at=city.AT)
    commands.define_field(document(meaning="店面外墙和招牌的颜色。"), by=city.SYSTEM, at=city.AT)
    commands.define_field(document(code="shop.paint", name="外墙颜色"), by=city.SYSTEM, at=city.AT)
    before = library()

    commands.retire_field("shop.colour", replaced_by="shop.paint", by=city.SYSTEM, at=city.AT + timedelta(days=3))

    assert before.fields["shop.colour"].meaning == "店面外墙和招牌的颜色。"
    retired = library_field("shop.colour")
    assert retired.replaced_by == "shop.paint"
    assert retired.retired == (city.AT + timedelta(days=3)).date()


def test_what_forms_rely_on_is_not_changed_under_them() -> None:
    commands.define_field(document(), by=city.SYSTEM, at=city.AT)

    with pytest.raises(OtherKind):
        commands.define_field(document(kind="number"), by=city.SYSTEM, at=city.AT)
    with pytest.raises(BadReplacement):
        commands.retire_field("shop.colour", replaced_by="shop.nowhere", by=city.SYSTEM, at=city.AT)
    commands.retire_field("shop.colour", replaced_by=None, by=city.SYSTEM, at=city.AT)
    with pytest.raises(AlreadyRetired):
        commands.define_field(document(), by=city.SYSTEM, at=city.AT)


def test_a_file_with_a_bad_field_says_which_and_loads_nothing() -> None:
    raw = {"code": "shop.colour", "name": "颜色", "kind": "choice"}

    with pytest.raises(Invalid) as refused:
        commands.load_library([raw], by=city.SYSTEM, at=city.AT)

    assert all(each["field"].startswith("shop.colour") for each in refused.value.errors)
    assert not LibraryField.objects.exists()


@pytest.mark.parametrize(
    ("duties", "reach", "may"),
    [
        ({"editor"}, "all", True),
        ({"editor"}, "one", False),
        ({"administrator"}, "one", True),
        ({"legal", "staffing"}, "all", False),
        (set(), "none", False),
    ],
)
def test_only_the_citys_editors_and_administrators_change_it(duties: set[str], reach: str, may: bool) -> None:
    agencies = [city.agency("SJ").pk, city.agency("WJ").pk]
    reached = {"all": agencies, "one": agencies[:1], "none": []}[reach]
    somebody = replace(Actor(user=7, name="某人"), duties=frozenset(duties), agencies=frozenset(reached))

    if may:
        assert commands.define_field(document(), by=somebody, at=city.AT).code == "shop.colour"
    else:
        with pytest.raises(Forbidden):
            commands.define_field(document(), by=somebody, at=city.AT)


@pytest.mark.parametrize(
    ("label", "more", "element"),
    [
        ("单位名称", {"prefill": "org.name"}, "org.name"),
        ("住所（经营场所）", {"prefill": "org.address"}, "org.address"),
        ("邮寄地址", {"prefill": "org.address"}, "delivery.address"),
        ("邮寄地址", {"prefill": "person.residence_address"}, "delivery.address"),
        ("生产场所", {"prefill": "licence.business_licence.address"}, "premises.address"),
        ("男方姓名", {"prefill": "person.name"}, "person.name"),
        ("男方姓名", {"prefill": "person.name", "element": "spouse.name"}, "spouse.name"),
        ("单位名称", {}, None),
        ("单位名称", {"prefill": "org.nothing"}, None),
    ],
)
def test_a_question_says_which_field_it_asks_or_where_it_is_prefilled_from_does(
    label: str, more: dict[str, str], element: str | None
) -> None:
    assert queries.element_of(FormField.model_validate(field("a", "text", label=label, **more))) == element


def test_everything_that_the_real_items_prefill_is_in_the_library() -> None:
    documents = [EditionDocument.model_validate(catalog.raw(slug)) for slug in catalog.slugs()]
    asked = [one for document in documents for one in document.form_fields if one.prefill]

    unknown = {one.prefill for one in asked if queries.element_of(one) is None}

    assert unknown == set()
