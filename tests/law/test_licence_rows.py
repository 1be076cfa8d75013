"""Numbers and dates as people wrote them over the years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.licence_rows import day_of, mask_wrong, number_of, number_wrong

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))
WAYS = (
    "{0:%Y-%m-%d}",
    "{0:%Y%m%d}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    " {0:%Y-%m-%d} 00:00:00",
)


@given(DAYS, st.sampled_from(WAYS))
def test_a_day_is_read_in_every_way_in_which_it_is_written(day: date, way: str) -> None:
    assert day_of(way.format(day)) == day


@pytest.mark.parametrize(
    "text", ["", "2015", "2015-02-30", "20151301", "15-3-2", "三月二日", "0000-00-00", "1799-01-01", "42065"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" JY 1441 4020 000123 ", "JY14414020000123"),
        ("ＪＹ１２３", "JY123"),
        ("粤食药许〔2015〕第 12 号", "粤食药许〔2015〕第12号"),
        ("（2015）字第1号", "（2015）字第1号"),
    ],
)
def test_a_number_is_kept_without_blanks_and_in_one_width(typed: str, kept: str) -> None:
    assert (number_of(typed), number_wrong(number_of(typed))) == (kept, "")


@pytest.mark.parametrize("number", ["", "JY\x00123", "=1+1", "a;b", "<b>", "\u202e321", "1" * 61])
def test_what_can_be_no_number_is_told(number: str) -> None:
    assert number_wrong(number) in ("编号含有不应有的符号", "编号超过60个字")


@pytest.mark.parametrize(
    ("mask", "number", "why"),
    [
        ("JY99999", "JY12345", ""),
        ("JY99999", "JY1234", "编号格式不对"),
        ("字AN-9", "粤BX-1", ""),
        ("字AN-9", "粤bX-1", "编号格式不对"),
        ("", "随便1", ""),
        ("(99)", "(12)", ""),
    ],
)
def test_a_mask_says_how_numbers_of_a_kind_look(mask: str, number: str, why: str) -> None:
    assert (mask_wrong(mask), number_wrong(number, mask)) == ("", why)


@given(st.text(max_size=60))
def test_no_mask_makes_the_check_fall(mask: str) -> None:
    number_wrong("JY123", mask)
