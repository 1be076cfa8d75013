"""What was said in Chinese is told in the language of the visit."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from yimen.kit.errors import Invalid, NotFound, Refusal
from yimen.kit.telling import translated, translated_errors
from yimen.law.phrases import day_in_words, span_in_words
from yimen.law.said import said, several
from yimen.law.states import NotPossible, State, Verb
from yimen.law.terms import Limit, Unit

SENTENCE = said(
    "“{ground}”不能暂停计时；可以暂停的有：{named}。", ground="散步", named=several([said("听证"), said("检测")])
)


def test_chinese_is_what_was_said() -> None:
    assert translated(SENTENCE) is SENTENCE


def test_english_fills_the_facts_into_the_translated_template() -> None:
    with translation.override("en"):
        assert translated(SENTENCE) == "“散步” doesn't stop the clock. These do: hearing, testing."


def test_what_the_catalogue_does_not_know_stays() -> None:
    with translation.override("en"):
        assert [translated(each) for each in ("张小三", "plain", "", None, 7)] == ["张小三", "plain", "", None, 7]


def test_what_people_wrote_is_quoted_as_they_wrote_it() -> None:
    """Also where it happens to be a word of ours."""
    with translation.override("en"):
        assert translated(said("请填写“{field}”。", field="听证")) == "Fill in “听证”."
        assert translated(said("请填写“{field}”。", field=said("听证"))) == "Fill in “hearing”."


def test_a_lazy_text_is_left_to_speak_for_itself() -> None:
    lazy = gettext_lazy("登录")

    assert translated(lazy) is lazy


def test_days_and_spans() -> None:
    first, last = date(2026, 3, 9), date(2026, 3, 13)
    with translation.override("en"):
        assert translated(day_in_words(first)) == "9 March 2026"
        assert translated(span_in_words(first, last, year=2026)) == "9 to 13 March"
        assert translated(span_in_words(date(2025, 12, 31), first, year=2025)) == "31 December to 9 March 2026"


@pytest.mark.parametrize(
    ("limit", "told"),
    [(Limit(1), "1 working day"), (Limit(20), "20 working days"), (Limit(2, Unit.MONTH), "2 months")],
)
def test_one_has_a_singular(limit: Limit, told: str) -> None:
    with translation.override("en"):
        assert translated(str(limit)) == told


def test_labels_inside_a_sentence_are_translated() -> None:
    objection = NotPossible(State.CLOSED, Verb.WITHDRAW)

    with translation.override("en"):
        told = translated(objection.sentence)

    assert told == "The case stands at “Closed”, so this can't be done: Take back."


def test_a_refusal_is_recorded_in_chinese_whatever_is_spoken() -> None:
    with translation.override("en"):
        refusal = NotFound()
        assert refusal.detail == str(refusal) == "没有找到您要的内容，请核对后重试。"
        assert translated(refusal.detail) == "What you asked for was not found. Check it and try again."


def test_field_errors() -> None:
    wrong = Invalid([{"field": "when", "code": "no_such_day", "message": said("年份 {year} 有误，请核对。", year=1)}])

    with translation.override("en"):
        told = translated_errors(wrong.errors)

    assert told == [{"field": "when", "code": "no_such_day", "message": "The year 1 is wrong. Check it."}]
    assert wrong.errors[0]["message"] == "年份 1 有误，请核对。"


def test_a_sentence_of_its_own_may_bear_facts() -> None:
    refusal = Refusal("这次上传现在是“{state}”，不能放弃。", state="正在检查")

    assert refusal.detail == "这次上传现在是“正在检查”，不能放弃。"
    assert refusal.detail.template == "这次上传现在是“{state}”，不能放弃。"
