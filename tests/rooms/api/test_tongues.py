"""A program is answered in the language that it asks for; Chinese when it asks for none."""

from __future__ import annotations

import json
import re

import pytest

HAN = re.compile(r"[\u4e00-\u9fff]")


def problem(answer, status, code):
    told = answer.json()
    assert (answer.status_code, told["code"], told["status"]) == (status, code, status)
    return told


def asking(program, language):
    known = program()
    known.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return known


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("en", "en"),
        ("en-GB,en;q=0.8", "en"),
        ("fr, en;q=0.5", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("en;q=0", "zh-hans"),
        ("fr", "zh-hans"),
        ("*", "zh-hans"),
        ("", "zh-hans"),
        ("nonsense;;;", "zh-hans"),
    ],
)
def test_the_first_language_that_the_house_speaks(program, town, language, spoken):
    answer = asking(program, language).get("items/no-such-item")

    assert answer.headers["Content-Language"] == spoken
    assert "Accept-Language" in answer.headers["Vary"]
    assert bool(HAN.search(problem(answer, 404, "no_such_item")["detail"])) is (spoken == "zh-hans")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("me", 401, "sign_in_needed"),
        ("nowhere", 404, "no_such_route"),
        ("items?cursor=x", 422, "invalid"),
        ("public/due?opened=x&limit=-1", 422, "invalid"),
        ("cases/4414000000000000000000", 401, "sign_in_needed"),
    ],
)
def test_problems_are_in_english(program, town, path, status, code):
    told = problem(asking(program, "en").get(path), status, code)

    assert not HAN.search(json.dumps(told, ensure_ascii=False))


def test_outside_every_room_too(program, town):
    answer = program().client.get("/api/elsewhere", headers={"Accept-Language": "en"})

    assert problem(answer, 404, "no_such_route")["detail"] == "There is no such operation. Check the address."


def test_a_reckoning_is_in_english_and_in_chinese_as_ever(program, town):
    path = "public/due?opened=2026-02-09&limit=20&unit=working_day&extension=10"

    english, chinese = asking(program, "en").get(path).json(), program().get(path).json()

    assert not HAN.search("".join(english["reckoning"]).replace("张", ""))
    assert chinese["reckoning"][0].startswith("从2026年2月9日起算，当日不计入；期限20个工作日")
    assert english["reckoning"][0] == (
        "Counted from 9 February 2026, that day not included; the limit is 20 working days, "
        "extended with approval by 10 working days."
    )
    assert english["due"] == chinese["due"]


def test_the_schema_is_in_english(program, town):
    english, chinese = asking(program, "en").get("openapi.json").json(), program().get("openapi.json").json()

    spoken = [
        words
        for methods in english["paths"].values()
        for operation in methods.values()
        for words in (operation["summary"], operation.get("description", ""), *operation["tags"])
    ]
    assert [words for words in spoken if HAN.search(words)] == []
    assert english["paths"].keys() == chinese["paths"].keys()
    assert chinese["paths"]["/api/v1/me"]["get"]["summary"] == "我是谁"
