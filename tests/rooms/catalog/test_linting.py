"""Findings of drafts and of released editions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import catalog
from tests.builders.city import AT
from yimen.catalog.choices import EditionDocument, PassageKind
from yimen.catalog.models import Passage
from yimen.catalog.queries import linting
from yimen.catalog.queries.lenient import lenient
from yimen.law.catalogue import STANDARD, findings, weights

RAW = catalog.raw("food-business-licence")
LENS = linting.Lens({}, weights({}), STANDARD)
JUNK = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2))


def rules(found: Any) -> set[str]:
    return {each.rule for each in found}


def test_a_document_in_order_is_read_leniently_as_it_is() -> None:
    assert lenient(RAW).stored() == EditionDocument.model_validate(RAW).stored()


def test_the_rest_is_looked_at_while_a_field_is_wrong() -> None:
    materials = [{"name": "其他材料"}, *RAW["materials"]]
    document = lenient({**RAW, "materials": materials, "visits": "many", "no_such": 1})

    found = LENS.findings(document)

    assert ("catch_all_name", "materials[0].name") in {(each.rule, each.place) for each in found}
    assert document.materials[1].name == RAW["materials"][0]["name"]


@given(st.dictionaries(st.sampled_from(sorted(EditionDocument.model_fields)), JUNK))
@settings(deadline=None)
def test_no_draft_is_too_broken_to_be_looked_at(junk: dict[str, Any]) -> None:
    found = findings(lenient({**RAW, **junk}))

    assert all(each.sentence for each in found)


@given(JUNK)
def test_nor_is_anything_else(junk: Any) -> None:
    assert rules(findings(lenient(junk)))


@pytest.mark.django_db
def test_a_draft_says_what_is_wrong_with_its_form_and_what_the_rules_find() -> None:
    catalog.kinds()
    broken = {**RAW, "case_type": "快办件", "conditions": ["符合有关规定"]}

    reading = linting.read(broken)

    assert reading.document is None
    assert [each.field for each in reading.problems] == ["case_type"]
    assert "vague_words" in rules(reading.findings)
    assert not reading.fit


@pytest.mark.django_db
def test_what_the_library_holds_is_known_by_code_and_name() -> None:
    catalog.kinds()

    told = linting.provided()

    assert told["id_card"] == told["居民身份证"] == "电子证照库已有“居民身份证”"


@pytest.mark.django_db
def test_a_proof_without_a_basis_keeps_a_draft_from_release() -> None:
    catalog.kinds()
    proof = {**RAW["materials"][0], "name": "无违法记录证明", "kind": "证明", "basis": None}

    reading = linting.read({**RAW, "materials": [proof]})

    assert reading.document is not None
    assert "proof_without_basis" in rules(reading.stopping)
    assert not reading.fit


@pytest.mark.django_db
def test_released_editions_come_in_a_stream_with_few_statements(django_assert_max_num_queries: Any) -> None:
    catalog.item("food-business-licence")
    catalog.item("id-card-renewal")

    with django_assert_max_num_queries(4):
        lens = linting.lens()
        told = {edition.item.slug: rules(lens.findings(document)) for edition, document in linting.of_current()}

    assert set(told) == {"food-business-licence", "id-card-renewal"}
    assert "place_missing" in told["id-card-renewal"]


@pytest.mark.django_db
def test_an_edition_that_a_folder_brought_is_not_asked_for_the_offices() -> None:
    catalog.item("food-business-licence")
    edition = next(iter(linting.of_current()))[0]

    assert "approvals_missing" not in rules(linting.of_edition(edition))


def test_the_stamp_changes_with_what_findings_depend_on() -> None:
    others = [
        linting.Lens({"a": "b"}, weights({}), STANDARD),
        linting.Lens({}, weights({"vague_words": "off"}), STANDARD),
    ]

    assert len({LENS.stamp, *(each.stamp for each in others)}) == 3
    assert LENS.stamp == linting.Lens({}, weights({}), STANDARD).stamp


@pytest.mark.parametrize(
    "table", [{"no_such_rule": "off"}, {"proof_without_basis": "warning"}, {"vague_words": "loud"}]
)
def test_a_slip_in_the_citys_table_is_told_at_the_start(settings: Any, table: dict[str, str]) -> None:
    settings.YIMEN_CATALOG_RULES = table

    with pytest.raises(ImproperlyConfigured):
        linting.require_sound_table()


def test_a_city_adds_words_in_a_file(settings: Any, tmp_path: Any) -> None:
    row = {
        "kind": "vague",
        "where": ["name"],
        "pattern": "有效期内",
        "why": "没有写明到哪天",
        "example": "",
        "source": "",
    }
    settings.YIMEN_CATALOG_WORDS = tmp_path / "words.json"
    settings.YIMEN_CATALOG_WORDS.write_text(json.dumps([row]), "utf-8")

    assert linting.words().offences("有效期内的许可证", "name")
    settings.YIMEN_CATALOG_WORDS = tmp_path / "bad.json"
    settings.YIMEN_CATALOG_WORDS.write_text("[{}]", "utf-8")
    with pytest.raises(ImproperlyConfigured):
        linting.require_sound_table()


@pytest.mark.django_db
def test_an_edition_that_went_through_the_offices_must_have_both() -> None:
    edition = catalog.item("food-business-licence")
    for kind in (PassageKind.SUBMITTED, PassageKind.STAFFING):
        Passage.objects.create(edition=edition, kind=kind, at=AT, name="钟")

    found = {each.rule: each for each in linting.of_edition(edition)}

    assert "法制部门" in found["approvals_missing"].sentence


@pytest.mark.django_db
def test_what_a_lower_edition_changes_of_the_one_above_is_found(django_assert_num_queries: Any) -> None:
    catalog.release(catalog.small(slug="city"))
    more = [{"name": "村委会意见", "kind": "文书", "source": "其他", "necessity": "必要"}]
    inherits = {"slug": "city", "version": 1}
    town = catalog.release(catalog.small(slug="town", inherits=inherits, materials=more))
    eager = catalog.release(catalog.small(slug="eager", inherits=inherits, promised_days=1))
    lens = linting.lens()

    found = {each.rule: each for each in linting.of_edition(town, lens)}

    assert found["delegation_exceeds"].place == "materials[0]"
    assert found["delegation_exceeds"].stops
    assert "delegation_exceeds" not in rules(linting.of_edition(eager, lens))
    with django_assert_num_queries(1):
        lens.look(town)
