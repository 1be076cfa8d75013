"""Words that say nothing, whatever stands around them."""

from __future__ import annotations

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.wordings import FINE_CONDITIONS, FINE_NAMES, OPEN_CONDITIONS, OPEN_NAMES
from yimen.law.catalogue import STANDARD, BadWording
from yimen.law.catalogue.levelling import levelled
from yimen.law.catalogue.wording import WHERES as KINDS_OF_TEXT

TEXTS = st.text(alphabet="其他它等材料相关证明有按规定符合的、，（）法律身份需要及时较大a1", max_size=40)
WHERES = st.sampled_from(KINDS_OF_TEXT)


@pytest.mark.parametrize("wording", STANDARD.wordings, ids=lambda wording: wording.example)
def test_every_wording_finds_its_example_and_has_a_source(wording) -> None:
    for where in wording.where:
        kinds = {found.kind for found in STANDARD.offences(wording.example, where)}
        assert kinds, where
    assert wording.kind in {found.kind for found in STANDARD.offences(wording.example, wording.where[0])}
    assert wording.why
    assert wording.source


@given(TEXTS, WHERES)
def test_marks_lie_within_the_text_in_order_and_apart(text, where) -> None:
    for found in STANDARD.offences(text, where):
        ends = [0]
        for begin, end in found.marks:
            assert ends[-1] <= begin < end <= len(text)
            ends.append(end)


@given(TEXTS, WHERES)
def test_catch_all_and_vague_words_never_overlap(text, where) -> None:
    spans = [span for found in STANDARD.offences(text, where) for span in found.marks]

    assert sum(end - begin for begin, end in spans) == len({at for begin, end in spans for at in range(begin, end)})


@given(st.text(alphabet="甲乙丙丁户口簿", max_size=10), st.sampled_from(["其他材料", "等相关材料", "根据需要"]))
def test_catch_all_words_are_found_after_anything(before, words) -> None:
    found = STANDARD.offences(f"{before}{words}", "name")

    assert found[0].kind == "catch_all"
    assert found[0].marks[-1][1] == len(before) + len(words)


def test_a_city_adds_words_of_its_own() -> None:
    row = {
        "kind": "vague",
        "where": ["name"],
        "pattern": "有效期内",
        "why": "没有写明到哪天",
        "example": "",
        "source": "",
    }
    more = STANDARD.and_also([row])

    assert [found.marks for found in more.offences("有效期内的许可证", "name")] == [((0, 4),)]
    assert STANDARD.offences("有效期内的许可证", "name") == ()
    for bad in ({**row, "pattern": "("}, {**row, "kind": "loud"}, {**row, "where": ["title"]}, {"pattern": "a"}):
        with pytest.raises(BadWording):
            STANDARD.and_also([bad])


@pytest.mark.parametrize("wording", STANDARD.wordings, ids=lambda wording: wording.example)
def test_no_script_or_blank_or_width_hides_it(wording) -> None:
    where, example = wording.where[0], wording.example
    others = [
        *(opencc.OpenCC(way).convert(example) for way in ("s2t", "s2tw", "s2hk")),
        " ".join(example),
        "\u3000".join(example),
        "\u200b".join(example),
    ]

    for other in others:
        told = [found.kind for found in STANDARD.offences(other, where)]
        assert told == [found.kind for found in STANDARD.offences(example, where)], other


@given(TEXTS, st.lists(st.integers(0, 40), max_size=5), WHERES)
def test_marks_are_places_of_the_text_as_it_was_written(text, gaps, where) -> None:
    spaced = text
    for gap in gaps:
        spaced = f"{spaced[:gap]} {spaced[gap:]}"

    for close, wide in zip(STANDARD.offences(text, where), STANDARD.offences(spaced, where), strict=True):
        words = ["".join(spaced[begin:end].split()) for begin, end in wide.marks]
        assert words == [text[begin:end] for begin, end in close.marks]
        assert all(spaced[begin:end].strip() == spaced[begin:end] for begin, end in wide.marks)


def test_the_name_of_another_paper_is_not_read_as_a_demand() -> None:
    assert STANDARD.offences("《关于规范其他材料的通知》复印件", "name") == ()
    assert STANDARD.offences("《其他相关材料》", "name")
    assert levelled("《其他材料》一份").plain[0] == "《"


@pytest.mark.parametrize("text", FINE_NAMES)
def test_names_of_things_are_left_alone(text) -> None:
    assert STANDARD.offences(text, "name") == ()


@pytest.mark.parametrize("text", OPEN_NAMES)
def test_names_that_leave_open_what_is_asked_for_stop_a_release(text) -> None:
    assert "catch_all" in {found.kind for found in STANDARD.offences(text, "name")}


@pytest.mark.parametrize("text", FINE_CONDITIONS)
def test_terms_of_law_in_conditions_are_left_alone(text) -> None:
    assert STANDARD.offences(text, "condition") == ()


@pytest.mark.parametrize("text", OPEN_CONDITIONS)
def test_conditions_that_leave_open_what_must_be_met(text) -> None:
    assert "catch_all" in {found.kind for found in STANDARD.offences(text, "condition")}
