"""A form is published as JSON Schema 2020-12 and can be loaded back from it, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from tests.builders import catalog
from tests.builders.catalog import field, sheet, small
from yimen.catalog.choices import EditionDocument
from yimen.law.completeness import missing
from yimen.sheets import queries
from yimen.sheets.choices import Column, FormField, FormRule, from_schema, to_schema

WORDS = st.text("甲乙丙ab ", min_size=1, max_size=8).filter(lambda text: bool(text.strip())).map(str.strip)
CHOICES = st.lists(WORDS, min_size=1, max_size=4, unique=True)
COLUMNS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["a", "b", "c"]), "label": WORDS, "type": st.sampled_from(["text", "number", "date"])},
        optional={"unit": WORDS},
    ),
    min_size=1,
    max_size=2,
)
SHAPES = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["text", "number", "date", "phone", "idcard", "uscc", "address", "boolean", "period",
                                  "money", "signature", "file"])},
        optional={"format": st.just({"minimum": 1.0, "maximum": 9.5}), "unit": WORDS, "long": st.booleans()},
    ),
    st.fixed_dictionaries({"type": st.sampled_from(["choice", "multi"]), "choices": CHOICES},
                          optional={"multiple": st.booleans()}),
    st.fixed_dictionaries({"type": st.just("choice"), "code_list": st.sampled_from(["gender", "industry"])}),
    st.fixed_dictionaries({"type": st.just("table")}, optional={"columns": COLUMNS}),
    st.fixed_dictionaries({"type": st.just("declaration"), "statement": WORDS}),
)  # fmt: skip
MORE = st.fixed_dictionaries(
    {"label": WORDS},
    optional={
        "required": st.booleans(), "hint": WORDS, "section": WORDS, "prefill": st.just("person.name"),
        "element": st.just("person.name"), "show_if": st.just("f0 == '甲'"), "max_length": st.integers(1, 2000),
    },
)  # fmt: skip
RULES = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["equal", "one_of", "sum"]), "fields": st.just(["f0", "f1"])},
        optional={"message": WORDS, "op": st.just("<"), "value": st.just(2.0)},
    ),
    max_size=2,
)


@st.composite
def forms(draw: Any) -> tuple[tuple[FormField, ...], tuple[FormRule, ...]]:
    raw = draw(st.lists(st.tuples(SHAPES, MORE), max_size=5))
    fields = [FormField.model_validate({"name": f"f{n}", **one, **more}) for n, (one, more) in enumerate(raw)]
    return tuple(fields), tuple(FormRule.model_validate(each) for each in draw(RULES))


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first forms are drawn slowly on a busy machine
@given(forms())
def test_a_form_comes_back_from_its_schema_as_it_was(form: Any) -> None:
    schema = to_schema(*form, title="表单")

    Draft202012Validator.check_schema(schema)
    assert from_schema(schema) == form


def test_every_real_form_comes_back_from_its_schema_and_a_file_may_bring_it_so() -> None:
    for slug in catalog.slugs():
        raw = catalog.raw(slug)
        document = EditionDocument.model_validate(raw)
        schema = to_schema(document.form_fields, document.form_rules)
        Draft202012Validator.check_schema(schema)

        by_schema = EditionDocument.model_validate(
            {k: v for k, v in raw.items() if k != "form_fields"} | {"form": schema}
        )

        assert by_schema == document


ASKED = sheet(
    field("name", required=True),
    field("kind", "choice", required=True, choices=["店", "摊"]),
    field("area", "number", required=True, show_if="kind == '店'", format={"minimum": 1}),
    field("goods", "multi", choices=["酒", "烟"], show_if="kind == '摊'"),
    field("licence", required=True, show_if="goods == '酒'"),
    field("when", "period"),
    field("sum", "money", format={"maximum": 100}),
    field("truth", "declaration", required=True, statement="真实。"),
    field("rows", "table", columns=[Column(name="n", label="数", type="number").model_dump()]),
)
GOOD = {"name": "甲", "truth": True, "kind": "摊"}


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        (GOOD, True),
        (GOOD | {"kind": "店"}, False),
        (GOOD | {"kind": "店", "area": 12}, True),
        (GOOD | {"kind": "店", "area": 0.5}, False),
        (GOOD | {"goods": ["酒"]}, False),
        (GOOD | {"goods": ["酒"], "licence": "证"}, True),
        (GOOD | {"kind": "店", "area": 1, "goods": ["酒"]}, True),
        (GOOD | {"when": {"from": "2026-01-01", "to": "2026-01-02"}, "sum": {"cents": 10000}}, True),
        (GOOD | {"sum": {"cents": 10001}}, False),
        (GOOD | {"truth": False}, False),
        (GOOD | {"rows": [{"n": 1, "多": "字"}, {"n": None}]}, True),
        (GOOD | {"rows": [{"n": "一"}]}, False),
        (GOOD | {"nothing": 1}, False),
        ({}, False),
    ],
)
def test_the_schema_says_of_answers_what_the_platform_says(told: dict[str, Any], fits: bool) -> None:
    schema = Draft202012Validator(to_schema(ASKED.form_fields), format_checker=FormatChecker())
    clean, errors = queries.check(ASKED, told)
    lacks = missing(fields=queries.needs(ASKED), materials=(), answers=clean, documents=())

    assert schema.is_valid(told) is fits
    assert (not errors and not lacks) is fits


VALUES: list[Any] = [
    None, "", "  ", "甲", "乙", "长" * 301, "长" * 2001, 0, 1, 2, 9, 9.5, 10, -1, 0.5, 10**15, True, False, [], ["甲"],
    ["甲", "甲"], ["丁"], [None], {}, "2026-03-02", "2026-02-30", "13800138000", "0753-2345678", "12345", "123",
    "11010519491231002X", "11010519491231002x", "91350100M000100Y43", {"division": "", "detail": "路 1 号"},
    {"division": "4414", "detail": "路"}, {"division": "", "detail": " "}, {"division": "", "detail": "长" * 301},
    {"from": "2026-03-01", "to": "2026-03-02"}, {"from": "2026-03-01"}, {"cents": 0}, {"cents": 1000}, {"cents": -1},
    {"cents": 10**15}, {"cents": 1.5}, {"name": "张三"}, {"name": ""}, [{"a": "甲"}], [{"a": "丁"}], [{"a": 1}],
    [{"a": None}], [{"d": "2026-03-02"}], [{"d": "昨天"}], [{"p": "123"}], [{"p": "13800138000"}], [{"i": "1"}],
    [{"content": "x"}], {"file": "00000000-0000-4000-8000-000000000000", "name": "a.pdf"}, {"file": "x", "name": "a"},
]  # fmt: skip
COLUMNS_OF_EACH = [
    {"name": "a", "label": "甲", "type": "choice", "choices": ["甲"]},
    {"name": "d", "label": "日", "type": "date"},
    {"name": "p", "label": "电话", "type": "phone"},
    {"name": "i", "label": "证号", "type": "idcard"},
]
ONE_OF_EACH: list[dict[str, Any]] = [
    {"type": "text"}, {"type": "text", "long": True, "format": {"min_length": 2, "max_length": 5}},
    {"type": "choice", "choices": ["甲", "乙"]}, {"type": "multi", "choices": ["甲", "乙"]}, {"type": "boolean"},
    {"type": "number", "format": {"minimum": 1, "maximum": 9.5}}, {"type": "date"}, {"type": "phone"},
    {"type": "idcard"}, {"type": "uscc"}, {"type": "address"}, {"type": "period"},
    {"type": "money", "format": {"maximum": 10}}, {"type": "declaration", "statement": "真实。"}, {"type": "signature"},
    {"type": "file"}, {"type": "table"}, {"type": "table", "columns": COLUMNS_OF_EACH},
]  # fmt: skip
CHECKED = ("bad_uscc", "bad_citizen_id")
"""Check characters, for which the standard has no words."""
WHEN = [{"required": need, **more} for need in (True, False) for more in ({}, {"show_if": "k == 'x'"})]


@pytest.mark.parametrize("one", ONE_OF_EACH, ids=lambda one: str(one["type"]))
def test_of_every_kind_the_schema_takes_what_the_form_keeps_and_nothing_that_it_refuses(one: dict[str, Any]) -> None:
    """Needed or not, at all times or where a condition holds; what a form reads liberally it keeps plain."""
    differ = []
    for when in WHEN:
        asked = sheet(field("k", "choice", choices=["x", "y"]), {"name": "v", "label": "项", **one, **when})
        schema = Draft202012Validator(to_schema(asked.form_fields), format_checker=FormatChecker())
        for value in VALUES:
            told = {"k": "x", "v": value}
            clean, errors = queries.check(asked, told)
            refused = errors or missing(fields=queries.needs(asked), materials=(), answers=clean, documents=())
            if any(each["code"] in CHECKED for each in errors):
                continue
            if (refused and schema.is_valid(told)) or (not refused and not schema.is_valid(clean)):
                differ.append((when, value, clean, refused))

    assert differ == []


@pytest.mark.django_db
def test_forms_and_the_library_are_given_out_to_everybody(client: Client) -> None:
    edition = catalog.item("food-business-licence")

    form = client.get("/api/v1/items/food-business-licence/form").json()
    found = client.get("/api/v1/fields", {"q": "统一社会信用代码"}).json()["items"]
    one = client.get("/api/v1/fields/org.uscc").json()
    none = client.get("/api/v1/fields/no.such")

    Draft202012Validator.check_schema(form)
    assert from_schema(form)[0] == edition.doc.form_fields
    assert form["properties"]["uscc"]["x-asks"] == "org.uscc"
    assert "org.uscc" in [each["code"] for each in found]
    assert one["sensitivity"] == "general"
    assert none.status_code == 404
    assert none.json()["code"] == "no_such_element"


@pytest.mark.django_db
def test_a_published_form_says_its_pages_what_its_rules_ask_for_and_where_answers_may_come_from() -> None:
    fields = [
        {"name": "firm", "label": "单位名称", "type": "text", "prefill": "org.name", "section": "单位"},
        {"name": "begin", "label": "开始", "type": "date", "section": "时间"},
        {"name": "end", "label": "结束", "type": "date", "section": "时间"},
    ]
    document = EditionDocument.model_validate(
        small(form_fields=fields, form_rules=[{"kind": "order", "fields": ["begin", "end"]}])
    )

    form = queries.schema(document)

    assert form["x-layout"] == [{"title": "单位", "fields": ["firm"]}, {"title": "时间", "fields": ["begin", "end"]}]
    assert form["x-rules"] == [{"kind": "order", "fields": ["begin", "end"], "x-says": "“结束”不能早于“开始”。"}]
    assert form["properties"]["firm"]["x-sources"] == ["org.name", "licence.business_licence.name"]
    assert from_schema(form) == (document.form_fields, document.form_rules)


def test_what_is_no_form_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="表单的定义"):
        EditionDocument.model_validate(small(form={"type": "object"}))
