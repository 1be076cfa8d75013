"""One script, one width; everyday words, letters and slips."""

from __future__ import annotations

import pytest

from yimen.catalog.queries.seeking import abbreviations, everyday, letters, slips, text

WORDS = {"公积金": 9, "提取": 5, "身份证": 9, "户口": 4, "新生儿": 3, "落户": 3}
PHRASES = ["住房公积金提取", "居民身份证换领", "建设工程规划许可证"]
SOUNDS = {word: letters.sound(word) for word in WORDS}


@pytest.fixture(scope="module")
def spelling() -> letters.Letters:
    return letters.restore(PHRASES, letters.first_letters(letters.GAP.join(PHRASES)), WORDS, SOUNDS.values())


@pytest.mark.parametrize(
    ("written", "plain"),
    [("身分證遺失", "身份证遗失"), ("ＫＴＶ", "ktv"), ("菸草", "烟草"), ("註冊公司", "注册公司"), ("abc", "abc")],
)
def test_scripts_and_widths_are_one(written: str, plain: str) -> None:
    assert text.plain(written) == plain


@pytest.mark.parametrize(
    ("asked", "core"), [("请问身份证丢了怎么办", "身份证丢了"), ("怎么办", "怎么办"), ("要什么材料", "要")]
)
def test_the_words_of_asking_are_left_out_unless_nothing_else_is_said(asked: str, core: str) -> None:
    assert text.core(asked) == core


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("shenfenzheng", "身份证"), ("xinshengerluohu", "新生儿落户"), ("gongjijintiqu", "公积金提取")],
)
def test_full_pinyin_becomes_words(spelling: letters.Letters, typed: str, meant: str) -> None:
    assert spelling.chinese(typed)[0] == meant


@pytest.mark.parametrize(("typed", "meant"), [("sfz", "身份证"), ("gjjtq", "公积金提取"), ("jsgcghxkz", PHRASES[2])])
def test_initials_become_a_stretch_of_a_name(spelling: letters.Letters, typed: str, meant: str) -> None:
    assert meant in spelling.chinese(typed)


@pytest.mark.parametrize("typed", ["x", "qqqq", "zzzz", "wwwcom"])
def test_letters_without_sense_stay_letters(spelling: letters.Letters, typed: str) -> None:
    assert spelling.chinese(typed) == []


@pytest.mark.parametrize(
    ("slipped", "meant"), [("身份正过期", "身份证"), ("公鸡金", "公积金"), ("护口", "户口"), ("新牛儿", "新生儿")]
)
def test_a_wrong_character_is_seen_through(slipped: str, meant: str) -> None:
    assert slips.fit(WORDS, SOUNDS).mend(slipped) == [meant]


@pytest.mark.parametrize("right", ["身份证过期", "公示", "户口", "新生"])
def test_what_is_written_rightly_is_left_alone(right: str) -> None:
    assert slips.fit(WORDS, SOUNDS).mend(right) == []


def test_everyday_words_bring_the_official_ones() -> None:
    known = everyday.Dictionary({"饭馆": ("餐饮服务",), "饭": ("食品",), "烟": ("烟草专卖",)})

    assert known.expand("开个饭馆卖烟") == ["餐饮服务", "烟草专卖"]
    assert known.expand("身份证") == []


def test_a_city_adds_its_own_dictionary(tmp_path: object, settings: object) -> None:
    own = tmp_path / "own.txt"  # type: ignore[operator]
    own.write_text("# 本地说法\n细路 细路仔 = 未成年人 子女\n", "utf-8")
    settings.YIMEN_EVERYDAY_WORDS = str(own)  # type: ignore[attr-defined]
    everyday.dictionary.cache_clear()

    assert everyday.dictionary().expand("细路仔落户")[:2] == ["未成年人", "子女"]
    everyday.dictionary.cache_clear()


def test_a_line_of_a_dictionary_that_makes_no_sense_is_named() -> None:
    with pytest.raises(ValueError, match="第 2 行"):
        list(everyday.read("甲 = 乙\n丙丁\n"))


SHORTENED = abbreviations.made(
    ["危险化学品经营许可", "公共租赁住房保障资格认定", "失业保险金申领", "居民身份证换领"], {"身份证"}
)


@pytest.mark.parametrize(
    ("said", "term"),
    [("危化品怎么卖", "危险化学品"), ("公租房", "公共租赁住房"), ("领失业金", "失业保险金")],
)
def test_an_abbreviation_that_nobody_wrote_down_is_understood(said: str, term: str) -> None:
    assert abbreviations.Abbreviations(SHORTENED).meant(said) == [term]


@pytest.mark.parametrize("said", ["身份证", "保险", "经营许可", "吃火锅", "whp"])
def test_what_is_a_word_or_stands_in_a_name_is_no_abbreviation(said: str) -> None:
    assert abbreviations.Abbreviations(SHORTENED).meant(said) == []


def test_an_abbreviation_is_known_by_its_letters_too_but_only_where_nothing_else_is() -> None:
    sounds = {"危化品": "weihuapin", "社化品": "shehuapin"}
    known = letters.restore(PHRASES, letters.first_letters(letters.GAP.join(PHRASES)), WORDS, SOUNDS.values(), sounds)

    assert known.chinese("whp") == ["危化品"]
    assert known.chinese("weihuapin")[0] == "危化品"
    assert known.chinese("sfz")[0] == "身份证"


def test_an_abbreviation_is_no_slip_of_something_else() -> None:
    assert slips.fit({"天然气": 1}, {}).mend("天化气") == ["天然气"]
    assert slips.fit({"天然气": 1}, {}, ["天化气"]).mend("天化气") == []
