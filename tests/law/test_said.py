"""A sentence is a plain text to everybody, and remembers how it was put together."""

from __future__ import annotations

import copy
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.calendar import CHINA
from yimen.law.phrases import day_in_words
from yimen.law.reckoning import reckon
from yimen.law.said import Said, about, packed, said, several, unpacked
from yimen.law.terms import Limit, Unit


def test_it_is_the_text_and_remembers_template_and_facts() -> None:
    told = said("应为18位，现为{count}位。", count=17)

    assert told == "应为18位，现为17位。"
    assert (told.template, told.facts) == ("应为18位，现为{count}位。", {"count": 17})


def test_what_has_no_facts_is_not_filled_in() -> None:
    assert said("应为对象（{…}）。") == "应为对象（{…}）。"


def test_what_is_said_already_stays_as_it_is() -> None:
    told = said("{a}年", a=2026)

    assert said(told) is told


@pytest.mark.parametrize("keep", [copy.copy, copy.deepcopy])
def test_copies_remember_too(keep) -> None:
    kept = keep(said("{a}年", a=2026))

    assert (type(kept), kept, kept.template, kept.facts) == (Said, "2026年", "{a}年", {"a": 2026})


def test_records_hold_plain_text() -> None:
    assert json.dumps({"reason": said("{a}年", a=2026)}, ensure_ascii=False) == '{"reason": "2026年"}'


def test_several_things_are_listed_and_remembered() -> None:
    told = several(["听证", said("{name}（{why}）", name="检测", why="水质")])

    assert told == "听证、检测（水质）"
    assert (told.template, len(told.parts), told.joint) == ("", 2, "、")


@pytest.mark.parametrize("unit", list(Unit))
def test_a_reckoning_is_told_by_templates_alone(unit: Unit) -> None:
    told = reckon(opened=date(2026, 2, 2), limit=Limit(20, unit, "许可法第四十二条第一款"), calendar=CHINA)

    assert all(isinstance(each, Said) for each in told.sentences())
    assert told.text() == "".join(told.sentences())
    assert isinstance(day_in_words(told.due), Said)


def test_what_was_said_to_somebody_is_read_of_them_by_others():
    item = "您的事项"
    mine = several((said("您的常用信息"), said("以前办理“{item}”", item=item), said("{a}", a=said("您"))), "；")

    theirs = about(mine, "申请人")

    assert theirs == "申请人的常用信息；以前办理“您的事项”；申请人"
    assert about("您写的", "申请人") == "您写的"


@given(st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=8))
def test_what_is_kept_as_json_is_said_again_word_for_word_with_its_templates(tree):
    def made(node):
        if isinstance(node, str):
            return said("“{words}”", words=node)
        return several((made(each) for each in node), "、")

    told = made(tree)

    again = unpacked(json.loads(json.dumps(packed(told))))

    assert (again, again.template, again.joint) == (told, told.template, told.joint)
    assert about(again, "他") == about(told, "他")
