"""What must hold between the fields of a form. Rule in words: docs/rules/form-rules.md"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.test_rules_in_words import rows
from yimen.law.form_rules import Asked, Rule, RuleKind, broken, owners, unfit
from yimen.law.money import MOST, in_words

PAGE = "form-rules"
FIELDS = [
    *(Asked(name, f"{name}日", "date", {}, {}) for name in "ab"),
    Asked("p", "起止日期", "period", {}, {}),
    *(Asked(name, f"{name}数", "number", {}, {}) for name in "xyz"),
    Asked("t", "明细", "table", {"n": "number"}, {"n": "数量"}),
]


def rule(text: str) -> Rule:
    kind, fields, *more = [part.strip() for part in text.split(",")]
    op, value = [*more, "", ""][:2]
    return Rule(RuleKind(kind), tuple(fields.split()), op, float(value) if value else None)


def answers(text: str) -> dict[str, Any]:
    return {name: value(name, said) for name, _sign, said in (part.partition("=") for part in text.split())}


def value(name: str, said: str) -> Any:
    if name == "t":
        return [{"n": float(cell)} for cell in said.split("/")]
    if name == "p":
        first, last = said.split("~")
        return {"from": f"2026-{first}", "to": f"2026-{last}"}
    return f"2026-{said}" if name in "ab" else float(said)


@pytest.mark.parametrize(("written", "told", "holds"), rows(PAGE, "rule"))
def test_the_worked_table(written: str, told: str, holds: str) -> None:
    found = broken([rule(written)], FIELDS, answers(told), {field.name for field in FIELDS})

    assert ("no" if found else "yes") == holds
    assert unfit(rule(written), FIELDS) == ""


@pytest.mark.parametrize(("cents", "words"), rows(PAGE, "cents"))
def test_money_in_capital_words(cents: str, words: str) -> None:
    assert in_words(int(cents)) == words


@given(st.integers(0, MOST - 1))
def test_capital_words_have_no_two_noughts_beside_each_other_and_say_what_they_are(cents: int) -> None:
    words = in_words(cents)

    assert words.startswith("人民币")
    assert "零零" not in words
    assert words.endswith(("整", "分"))


@given(st.integers(0, MOST - 1), st.integers(0, MOST - 1))
def test_two_amounts_never_have_the_same_words(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


def test_a_rule_over_something_that_is_not_asked_is_silent() -> None:
    told = answers("a=03-02 b=03-01")

    assert broken([rule("order, a b")], FIELDS, told, {"a"}) == []


def test_a_rule_says_what_it_asks_for_in_words_or_as_its_editor_put_it() -> None:
    plain, own = rule("sum, x t.n"), Rule(RuleKind.ORDER, ("a", "b"), message="先开工，后竣工。")
    told = answers("a=03-02 b=03-01 x=1 t=1/2")

    found = broken([plain, own], FIELDS, told, {"a", "b", "x", "t"})

    assert [each.message for each in found] == ["“x数”应当等于“明细 · 数量”之和。", "先开工，后竣工。"]
    assert [each.fields for each in found] == [("x", "t"), ("a", "b")]


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("order, a nowhere", "nowhere"),
        ("sum, x t.nothing", "t.nothing"),
        ("order, a x", "日期"),
        ("sum, x a", "数字"),
        ("compare, x y", "怎样比较"),
        ("distance, a b, <=", "天数"),
        ("equal, x", "至少"),
        ("equal, x x", "至少"),
    ],
)
def test_a_rule_that_the_form_cannot_bear_is_named(written: str, word: str) -> None:
    assert word in unfit(rule(written), FIELDS)


VALUES = st.one_of(
    st.none(), st.integers(-5, 5), st.text(max_size=4), st.lists(st.integers(), max_size=2), st.booleans()
)


@given(
    st.sampled_from([row[0] for row in rows(PAGE, "rule")]),
    st.dictionaries(st.sampled_from("abpxyzt"), st.one_of(VALUES, st.dictionaries(st.text(max_size=4), VALUES))),
)
def test_whatever_is_answered_a_rule_is_judged_and_names_only_its_own_fields(written: str, told: Any) -> None:
    for each in broken([rule(written)], FIELDS, told, {field.name for field in FIELDS}):
        assert set(each.fields) <= set(owners(rule(written)))
        assert each.message.endswith("。")
