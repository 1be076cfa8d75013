"""Discretion tables propose; they never guess, never crash, and what is wrong with them is found before release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.builders import catalog
from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries.checking import check
from yimen.catalog.queries.discretion import discretion_problems, proposals, try_out

FIELDS = [
    {"name": "area", "label": "经营面积（平方米）", "type": "number"},
    {"name": "trade", "label": "主体业态", "type": "choice", "choices": ["食堂", "餐馆"]},
    {"name": "chain", "label": "是否连锁", "type": "boolean"},
]
INPUTS = [
    {"name": "area", "label": "经营面积", "field": "area", "unit": "平方米"},
    {"name": "trade", "label": "业态", "field": "trade"},
]
ROWS = [
    {"when": {"area": "> 500", "trade": "'食堂'"}, "outcome": "从严", "grounds": "供餐人数多"},
    {"when": {"area": "[50..500]"}, "outcome": "一般", "grounds": "面积适中"},
    {"when": {}, "outcome": "从宽", "grounds": "其余情形"},
]


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def document(rows: list[dict[str, Any]] = ROWS, inputs: list[dict[str, Any]] = INPUTS) -> EditionDocument:
    table = {"name": "核查强度", "basis": "某办法第八条", "inputs": inputs, "rows": rows}
    return EditionDocument.model_validate(catalog.small(form_fields=FIELDS, manual={"discretion": [table]}))


@pytest.mark.parametrize(
    ("area", "trade", "row", "outcome"),
    [("600", "食堂", 1, "从严"), ("600", "餐馆", 3, "从宽"), ("50", "餐馆", 2, "一般"), ("500", "食堂", 2, "一般")],
)
def test_the_first_row_that_holds_proposes_with_its_grounds(area, trade, row, outcome):
    (found,) = proposals(document(), {"area": area, "trade": trade})
    assert (found.row, found.outcome, found.basis) == (row, outcome, "某办法第八条")
    assert found.grounds == ROWS[row - 1]["grounds"]
    assert found.facts == (("经营面积", f"{area}平方米"), ("业态", trade))


def test_an_unknown_fact_is_named_and_nothing_is_proposed():
    (found,) = proposals(document(), {"area": "600"})
    assert (found.outcome, found.missing) == ("", ("业态",))
    assert found.why == "还不知道业态，请查明以后对照裁量标准。"


def test_no_row_holds():
    (found,) = proposals(document(ROWS[:1]), {"area": "3", "trade": "食堂"})
    assert (found.outcome, found.why) == ("", "没有一行适用，请按法律规定裁量。")


@pytest.mark.parametrize("cell", ["> > (", "xyz", "食堂", "> 'a'", "foo(", "1..", "'unclosed", ")("])
def test_a_bad_cell_is_a_finding_and_never_lets_another_row_win(cell):
    bad = document([{"when": {"area": cell}, "outcome": "甲", "grounds": "乙"}, ROWS[2]])
    (found,) = proposals(bad, {"area": "600"})
    assert found.outcome == ""
    assert "第 1 行" in found.why
    if cell != "> 'a'":
        assert [problem.field for problem in discretion_problems(bad)] == ["manual.discretion[0].rows[0].when.area"]


def test_what_is_wrong_is_found():
    inputs = [*INPUTS, {"name": "area", "label": "又是面积"}, {"name": "gone", "label": "没有的", "field": "nowhere"}]
    rows = [
        {"when": {}, "outcome": "甲", "grounds": "乙"},
        {"when": {"trade": "'小吃店'", "other": "true"}, "outcome": "甲", "grounds": "乙"},
    ]
    found = {problem.field: problem.reason for problem in discretion_problems(document(rows, inputs))}
    assert found == {
        "manual.discretion[0].inputs[2].name": "裁量因素“area”重复",
        "manual.discretion[0].inputs[3].field": "表单没有字段“nowhere”",
        "manual.discretion[0].rows[1]": "第 1 行适用于一切情形，这一行永远用不到",
        "manual.discretion[0].rows[1].when.trade": "“主体业态”没有选项“小吃店”",
        "manual.discretion[0].rows[1].when.other": "没有裁量因素“other”",
    }
    assert discretion_problems(document()) == []


def test_trying_out_what_somebody_types():
    edition = document()
    (table,) = edition.manual.discretion
    assert try_out(table, edition, {"area": "600", "trade": "食堂"}).outcome == "从严"
    assert try_out(table, edition, {"area": "很大", "trade": "食堂"}).missing == ("经营面积",)
    assert try_out(table, edition, {}).missing == ("经营面积", "业态")


def test_yes_and_no_and_facts_without_a_field():
    inputs = [
        {"name": "chain", "label": "连锁", "field": "chain"},
        {"name": "times", "label": "违法次数", "unit": "次"},
    ]
    rows = [{"when": {"chain": "true", "times": ">= 2"}, "outcome": "从重", "grounds": "屡犯"}]
    edition = document(rows, inputs)
    assert discretion_problems(edition) == []
    (asked,) = proposals(edition, {"chain": True})
    assert asked.missing == ("违法次数",)
    found = try_out(edition.manual.discretion[0], edition, {"chain": "true", "times": "2"})
    assert (found.outcome, found.facts) == ("从重", (("连锁", "是"), ("违法次数", "2次")))


@pytest.mark.django_db
def test_a_document_with_a_bad_table_is_not_fit_to_be_released():
    bad = document([{"when": {"area": "very"}, "outcome": "甲", "grounds": "乙"}]).stored()
    checked, problems = check(bad)

    assert checked is None
    assert [(problem.field, problem.reason) for problem in problems] == [
        ("manual.discretion[0].rows[0].when.area", "无法识别“very”，文字要加引号，如 'very'")
    ]


@pytest.mark.parametrize(
    ("cell", "field", "said"),
    [
        ("'餐馆'", "goods", "contains($, '餐馆')"),
        ("'600'", "area", "不能和数字比较"),
        ("true", "area", "不能和数字比较"),
        ("'是'", "chain", "要写 true 或者 false"),
        ("> 5", "chain", "要写 true 或者 false"),
        ("true", "trade", "不能和文字比较"),
    ],
)
def test_a_cell_that_can_never_hold_is_found_before_release(cell, field, said):
    goods = {"name": "goods", "label": "品类", "type": "multi", "choices": ["餐馆", "外卖"]}
    table = {
        "name": "核查强度", "inputs": [{"name": "fact", "label": "事实", "field": field}],
        "rows": [{"when": {"fact": cell}, "outcome": "甲", "grounds": "乙"}],
    }  # fmt: skip
    raw = catalog.small(form_fields=[*FIELDS, goods], manual={"discretion": [table]})

    problems = discretion_problems(EditionDocument.model_validate(raw))

    assert any(said in problem.reason for problem in problems), problems


CELLS = ("> 5", "<= 3", "[1..5]", "(0..1]", "'x'", "'x', 'y'", "true", "false", "contains($, 'x')", "len($) > 2",
         "not in [1, 2]", "", "> ", "[5..1]", "'", "$", "1/0 > 2", "> 10 and < 5", "startsWith($, 'x')")  # fmt: skip
TYPED = ("nan", "inf", "-inf", "1e400", "1e308", "-1", "0", "１２", "x", "o'brien", '"', "<script>", "true", "是", " ",
         "9" * 400, "\x00", "🙂")  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_is_answered_with_a_row_or_a_sentence(typed):
    for field in (None, "area", "trade", "chain"):
        for cell in CELLS:
            table = {
                "name": "核查强度", "inputs": [{"name": "fact", "label": "事实", "field": field}],
                "rows": [
                    {"when": {"fact": cell}, "outcome": "甲", "grounds": "乙"},
                    {"when": {"fact": cell}, "outcome": "重叠", "grounds": "后面的行"},
                ],
            }  # fmt: skip
            doc = EditionDocument.model_validate(catalog.small(form_fields=FIELDS, manual={"discretion": [table]}))
            found = try_out(doc.manual.discretion[0], doc, {"fact": typed})
            assert (found.row == 1) != bool(found.why), (field, cell)
            assert found.outcome == ("甲" if found.row else "")
