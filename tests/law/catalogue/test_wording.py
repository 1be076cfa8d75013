"""Words that say nothing, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.catalogue import STANDARD, BadWording
from yimen.law.catalogue.wording import NAMES

TEXTS = st.text(alphabet="其他它等材料相关证明有按规定符合的、，（）法律身份需要及时较大a1", max_size=40)
WHERES = st.sampled_from(sorted(NAMES))


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
