"""A sentence is a plain text to everybody, and remembers how it was put together."""

from __future__ import annotations

import copy
import json
from datetime import date

import pytest

from yimen.law.calendar import CHINA
from yimen.law.phrases import day_in_words
from yimen.law.reckoning import reckon
from yimen.law.said import Said, said, several
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
