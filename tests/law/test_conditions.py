"""The language of show_if."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.condition_tree import Differs, Either, Equals, Every, Not, OneOf
from yimen.law.conditions import ConditionError, parse

NAMES = st.sampled_from(["has_storage", "form", "经营方式", "licence.kind", "a1"])
VALUES = st.one_of(st.booleans(), st.text(max_size=8))
ATOMS = st.one_of(
    st.builds(Equals, NAMES, VALUES),
    st.builds(Differs, NAMES, VALUES),
    st.builds(OneOf, NAMES, st.lists(VALUES, min_size=1, max_size=4).map(tuple)),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(Every, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(Either, st.lists(parts, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
ANSWERS = st.dictionaries(NAMES, st.one_of(VALUES, st.none(), st.lists(VALUES, max_size=3)))


@pytest.mark.parametrize(
    ("text", "answers", "holds"),
    [
        ("form == '家庭经营'", {"form": "家庭经营"}, True),
        ("form == '家庭经营'", {"form": "个人经营"}, False),
        ("form == '家庭经营'", {}, False),
        ("form != '家庭经营'", {}, True),
        ("form != '家庭经营'", {"form": "家庭经营"}, False),
        ("structure in ['独立落地','屋顶']", {"structure": "屋顶"}, True),
        ("structure in ['独立落地','屋顶']", {"structure": "墙面"}, False),
        ("has_storage == true", {"has_storage": True}, True),
        ("has_storage == true", {"has_storage": "true"}, False),
        ("has_storage == false", {"has_storage": False}, True),
        ("has_storage == false", {}, False),
        ("items == '热食'", {"items": ["冷食", "热食"]}, True),
        ("items != '热食'", {"items": ["冷食", "热食"]}, False),
        ("items in ['热食']", {"items": []}, False),
    ],
)
def test_a_comparison_holds_or_not(text, answers, holds):
    assert parse(text).holds(answers) is holds


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("a == 'x' or b == 'x' and c == 'x'", "a == 'x' or (b == 'x' and c == 'x')"),
        ("not a == 'x' and b == 'x'", "(not a == 'x') and b == 'x'"),
        ("not (a == 'x' and b == 'x')", "not ((a == 'x') and (b == 'x'))"),
    ],
)
def test_not_binds_most_then_and_then_or(text, same_as):
    assert parse(text) == parse(same_as)


def test_a_condition_names_the_fields_it_looks_at():
    assert parse("a == 'x' or not (b in ['y'] and c != true)").fields == {"a", "b", "c"}


def test_a_quote_inside_a_text_is_escaped():
    assert parse(r"name == 'O\'Neill \\ 子'") == Equals("name", "O'Neill \\ 子")


@given(CONDITIONS)
def test_a_printed_condition_is_read_back_as_itself(condition):
    assert parse(str(condition)) == condition


@given(CONDITIONS, ANSWERS)
def test_not_turns_every_answer_round(condition, answers):
    assert Not(condition).holds(answers) is not condition.holds(answers)


@given(NAMES, st.lists(VALUES, min_size=1, max_size=4), ANSWERS)
def test_in_is_a_row_of_equals(field, values, answers):
    row = [Equals(field, value).holds(answers) for value in values]

    assert OneOf(field, tuple(values)).holds(answers) is any(row)


@pytest.mark.parametrize(
    ("text", "position", "why"),
    [
        ("", 1, "此处应为字段名"),
        ("form = 'x'", 6, "无法识别“=”"),
        ("form == 'x", 9, "引号没有结束"),
        ("form == x", 9, "此处应为带单引号的文字、true 或 false"),
        ("form == 5", 9, "无法识别“5”"),
        ("form in 'x'", 9, "此处应为“[”"),
        ("form in ['x'", 13, "此处应为“]”"),
        ("form in []", 10, "此处应为带单引号的文字、true 或 false"),
        ("form", 5, "此处应为 ==、!= 或 in"),
        ("(form == 'x'", 13, "此处应为“)”"),
        ("form == 'x' form", 13, "多余的内容“form”"),
        ("and == 'x'", 1, "此处应为字段名"),
        ("__import__('os')", 11, "此处应为 ==、!= 或 in"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, position, why):
    with pytest.raises(ConditionError) as refused:
        parse(text)

    assert refused.value.sentence == f"条件第{position}个字符处有误：{why}。"
    assert refused.value.position == position


@pytest.mark.parametrize("text", ["(" * 500 + "a == 'x'" + ")" * 500, "not " * 500 + "a == 'x'"])
def test_nesting_without_measure_is_refused(text):
    with pytest.raises(ConditionError, match="嵌套过深"):
        parse(text)


@given(st.text("ab='[]()!, truefalsnodi", max_size=30))
def test_no_text_whatever_fails_otherwise_than_in_words(text):
    with suppress(ConditionError):
        assert parse(text).fields
