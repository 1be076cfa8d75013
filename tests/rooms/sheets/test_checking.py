"""Answers are read liberally and checked strictly; a good one is kept even when another is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import city
from tests.builders.catalog import field, sheet
from yimen.sheets import queries

CHOICES = ["窗口领取", "邮寄"]


def answer(kind: str, raw: Any, **more: Any) -> Any:
    clean, errors = queries.check(sheet(field("a", kind, **more)), {"a": raw})
    return clean["a"] if not errors else errors[0]["code"]


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("text", "  张 三\u0000\u202e ", "张 三"),
        ("text", "第一行\n第二行", "第一行 第二行"),
        ("text", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("text", "", None),
        ("boolean", "on", True),
        ("boolean", "否", False),
        ("boolean", True, True),
        ("number", "１２，０００", 12000),
        ("number", "36.50", 36.5),
        ("number", 0, 0),
        ("date", "2026年3月2日", "2026-03-02"),
        ("date", "20260302", "2026-03-02"),
        ("date", "2026-3-2", "2026-03-02"),
        ("phone", "138 0013 8000", "13800138000"),
        ("phone", "+86-13800138000", "13800138000"),
        ("phone", "0753—2345678", "0753-2345678"),
        ("phone", "12345", "12345"),
        ("idcard", "11010519491231002x ", "11010519491231002X"),
        ("uscc", "91350100m000100y43", "91350100M000100Y43"),
        ("address", "江南路 1 号", {"division": "", "detail": "江南路 1 号"}),
        ("table", ["甲", "", "乙"], [{"content": "甲", "note": None}, {"content": "乙", "note": None}]),
        ("table", [{"内容": "甲", "备注": "一"}], [{"content": "甲", "note": "一"}]),
        ("table", [{"content": "甲", "颜色": "红"}], [{"content": "甲", "note": None, "颜色": "红"}]),
        ("table", [{"content": "", "note": ""}], None),
        ("period", {"from": "2026-3-1", "to": "2026年3月5日"}, {"from": "2026-03-01", "to": "2026-03-05"}),
        ("period", "2026-03-01至2026-03-05", {"from": "2026-03-01", "to": "2026-03-05"}),
        ("period", {"from": "", "to": ""}, None),
        ("money", "￥1,280.5元", {"cents": 128050}),
        ("money", "3.5万元", {"cents": 3_500_000}),
        ("money", 12, {"cents": 1200}),
        ("money", {"cents": 1200}, {"cents": 1200}),
        ("signature", " 张 三 ", {"name": "张 三"}),
        ("signature", {"name": "张三", "at": "2020-01-01", "way": "account"}, {"name": "张三"}),
    ],
)
def test_what_people_write_becomes_one_plain_form(kind: str, raw: Any, kept: Any) -> None:
    assert answer(kind, raw) == kept


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("text", "字" * 2001, "too_long"),
        ("text", {"a": 1}, "not_text"),
        ("boolean", "也许", "not_yes_or_no"),
        ("number", "十二", "not_a_number"),
        ("number", "1e9", "not_a_number"),
        ("number", float("nan"), "not_a_number"),
        ("number", 10**400, "not_a_number"),
        ("number", "9" * 400, "not_a_number"),
        ("number", True, "not_text"),
        ("date", "明天", "not_a_date"),
        ("date", "2026-02-30", "no_such_day"),
        ("phone", "1380013800", "not_a_phone"),
        ("idcard", "110105194912310021", "bad_citizen_id"),
        ("uscc", "91350100M000100Y44", "bad_uscc"),
        ("address", {"division": "北京", "detail": "一号"}, "no_such_division"),
        ("address", {"zip": "514000"}, "unknown_part"),
        ("address", 7, "bad_address"),
        ("table", 7, "not_a_table"),
        ("table", ["甲"] * 201, "too_many_rows"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_reason(kind: str, raw: Any, code: str) -> None:
    assert answer(kind, raw) == code


def test_a_choice_is_one_of_the_choices_and_several_may_be_chosen_where_the_field_says_so() -> None:
    assert answer("choice", " 邮寄", choices=CHOICES) == "邮寄"
    assert answer("choice", "电子", choices=CHOICES) == "not_a_choice"
    assert answer("choice", ["邮寄", "窗口领取"], choices=CHOICES, multiple=True) == CHOICES
    assert answer("choice", "邮寄、窗口领取", choices=CHOICES, multiple=True) == CHOICES


def test_a_cell_is_checked_as_its_column_says_and_the_message_names_row_and_column() -> None:
    columns = [{"name": "who", "label": "姓名"}, {"name": "number", "label": "身份号码", "type": "idcard"}]
    form = sheet(field("a", "table", "成员", columns=columns))

    clean, errors = queries.check(form, {"a": [{"who": "甲", "number": "123"}]})

    assert clean == {}
    assert errors[0]["message"].startswith("成员：第 1 行“身份号码”：")


def test_good_answers_are_kept_beside_wrong_and_unknown_ones() -> None:
    form = sheet(field("name", label="姓名"), field("born", "date", "出生日期"))

    clean, errors = queries.check(form, {"name": "张三", "born": "昨天", "hack": 1})

    assert clean == {"name": "张三"}
    assert [(error["field"], error["code"]) for error in errors] == [("born", "not_a_date"), ("hack", "unknown_field")]


def test_nobody_is_born_tomorrow() -> None:
    form = sheet(field("a", "idcard"))

    assert queries.check(form, {"a": "11010519491231002X"}, today=date(1940, 1, 1))[1][0]["code"] == "bad_citizen_id"


@pytest.mark.django_db
def test_a_division_of_this_city_must_exist_and_one_elsewhere_is_believed() -> None:
    city.divisions()

    kept = answer("address", {"county": city.COUNTY, "town": city.TOWN, "village": "", "detail": "1 号"})

    assert kept == {"division": city.TOWN, "detail": "1 号"}
    assert answer("address", {"division": "441402999", "detail": "1 号"}) == "no_such_division"
    assert answer("address", {"division": "110105", "detail": "1 号"}) == {"division": "110105", "detail": "1 号"}


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("period", {"from": "2026-03-01", "to": ""}, "half_a_period"),
        ("period", "2026-03-01", "half_a_period"),
        ("period", {"from": "2026-03-05", "to": "2026-03-01"}, "period_reversed"),
        ("period", {"from": "2026-02-30", "to": "2026-03-01"}, "no_such_day"),
        ("money", "1.234", "not_money"),
        ("money", "-5", "not_money"),
        ("money", {"cents": 1.5}, "not_money"),
        ("money", {"cents": True}, "not_money"),
        ("signature", "字" * 61, "not_a_name"),
    ],
)
def test_values_of_several_parts_are_checked_as_wholes(kind: str, raw: Any, code: str) -> None:
    assert answer(kind, raw) == code


@pytest.mark.parametrize(("raw", "kept"), [("true", True), (True, True), ("同意", True), ("", None), (False, None)])
def test_a_declaration_is_agreed_to_or_not_answered(raw: Any, kept: Any) -> None:
    assert answer("declaration", raw, statement="我承诺所填内容真实。") is kept


@pytest.mark.parametrize(
    ("kind", "raw", "more", "code"),
    [
        ("text", "12a", {"pattern": r"\d+"}, "bad_format"),
        ("text", "1", {"min_length": 2}, "too_short"),
        ("text", "12345", {"max_length": 4}, "too_long"),
        ("number", "1.5", {"precision": 0}, "too_precise"),
        ("number", "-1", {"minimum": 0}, "too_small"),
        ("money", "1001", {"maximum": 1000}, "too_big"),
    ],
)
def test_a_format_says_what_a_value_looks_like(kind: str, raw: Any, more: dict[str, Any], code: str) -> None:
    assert answer(kind, raw, format=more) == code


def test_a_long_list_is_searched_by_typing_and_named_by_its_standard() -> None:
    asked = sheet(field("trade", "choice", code_list="industry"))

    [shown] = queries.fields_for(asked, {})
    clean, _errors = queries.check(asked, {"trade": " 餐饮业 "})
    _clean, errors = queries.check(asked, {"trade": "不存在的行业"})

    assert len(shown["choices"]) == 97
    assert clean == {"trade": "餐饮业"}
    assert len(errors[0]["message"]) < 60


def test_values_of_several_parts_are_said_in_words() -> None:
    asked = sheet(
        field("when", "period"),
        field("sum", "money"),
        field("truth", "declaration", statement="我承诺所填内容真实。"),
        field("name", "signature"),
    )
    told = {
        "when": {"from": "2026-03-01", "to": "2026-03-05"},
        "sum": {"cents": 128050},
        "truth": True,
        "name": {"name": "张三", "at": "2026-03-02T14:32:10+08:00", "way": "account", "of": "…"},
    }

    assert [line.text for line in queries.show(asked, told)] == [
        "2026年3月1日 至 2026年3月5日（5 天）",
        "1,280.50 元（人民币壹仟贰佰捌拾元伍角整）",
        "已阅读并同意",
        "张三（2026-03-02 14:32 用实名账户签名）",
    ]


def test_a_signature_is_the_signers_and_stands_over_what_was_signed() -> None:
    asked = sheet(field("a"), field("mine", "signature"))
    clean, _errors = queries.check(asked, {"a": "一", "mine": "张 三"})
    zhang, li = queries.Signer("张三", verified=True), queries.Signer("李四", verified=True)

    signed, none = queries.sign(asked, clean, {}, signer=lambda: zhang, at=city.AT)
    later, _none = queries.sign(asked, clean, signed, signer=lambda: zhang, at=city.AT.replace(year=2030))
    refused, why = queries.sign(asked, clean, {}, signer=lambda: li, at=city.AT)
    unverified = queries.sign(asked, clean, {}, signer=lambda: queries.Signer("张三", verified=False), at=city.AT)[1]

    assert none == []
    assert later["mine"] == signed["mine"]
    assert queries.broken_signatures(asked, signed) == []
    assert [each.code for each in queries.broken_signatures(asked, signed | {"a": "二"})] == ["signed_before"]
    assert "mine" not in refused
    assert [each["code"] for each in why + unverified] == ["not_your_name", "not_verified"]
