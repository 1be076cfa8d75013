"""Two editions side by side: rows that were renamed, words that changed, and what each change means."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import catalog
from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries.difference import Change, difference
from yimen.catalog.queries.elements import elements
from yimen.catalog.queries.pairing import Row, alike, pairs
from yimen.catalog.queries.wording import segments
from yimen.law.transition import Effect

pytestmark = pytest.mark.django_db

TEXT = st.text("提交身份证复印件原件，。的和 ab12\n加盖公章", max_size=40)
ROWS = st.lists(
    st.builds(Row, st.sampled_from("abcdef"), st.sampled_from(["受理", "收件受理", "现场核查", "实地核查", "发证"]))
)


def document(**changes: Any) -> EditionDocument:
    return EditionDocument.model_validate(catalog.small(**changes))


def compared(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    return difference(document(**before), document(**after))


@pytest.fixture(scope="module", autouse=True)
def _dictionary() -> None:
    """Read once, before anything is timed."""
    segments("受理", "审查")


@given(TEXT, TEXT)
def test_no_word_is_lost_between_two_wordings(before, after):
    found = segments(before, after)

    assert "".join(each.text for each in found if each.kind != "added") == before
    assert "".join(each.text for each in found if each.kind != "removed") == after


@given(TEXT)
def test_a_text_beside_itself_has_no_change(text):
    assert {each.kind for each in segments(text, text)} <= {"same"}


def test_words_are_marked_and_not_letters():
    found = segments("申请人应当提交身份证复印件，并加盖公章。", "申请人应当出示身份证原件，并签名。")

    assert [each.text for each in found if each.kind == "removed"] == ["提交", "复印件", "加盖公章"]
    assert [each.text for each in found if each.kind == "added"] == ["出示", "原件", "签名"]


def test_another_text_is_not_told_as_another_wording():
    assert [each.kind for each in segments("申请人应当年满十八周岁", "符合当地总体规划")] == ["removed", "added"]


@given(ROWS, ROWS)
def test_every_row_is_in_exactly_one_pair(before, after):
    found = pairs(before, after)

    assert Counter(one for one, _two in found if one) == Counter(before)
    assert Counter(two for _one, two in found if two) == Counter(after)


@given(ROWS, st.randoms())
def test_moving_rows_is_no_change(rows, random):
    moved = random.sample(rows, len(rows))

    assert all(one == two for one, two in pairs(rows, moved))


@given(ROWS, ROWS)
def test_going_back_tells_the_same_pairs(before, after):
    assert Counter(pairs(before, after)) == Counter((two, one) for one, two in pairs(after, before))


@given(TEXT, TEXT)
def test_likeness_is_the_same_from_both_sides(one, two):
    assert alike(one, two) == alike(two, one)


def test_an_edition_does_not_differ_from_itself():
    for slug in catalog.slugs():
        whole = EditionDocument.model_validate(catalog.raw(slug))
        assert difference(whole, whole) == []


def test_with_all_changes_the_one_becomes_the_other():
    """Whatever two items have little in common: what stays, goes and comes adds up to both."""
    slugs = catalog.slugs()
    for first, second in pairwise(slugs):
        before, after = (EditionDocument.model_validate(catalog.raw(slug)) for slug in (first, second))
        told = difference(before, after)
        went, came = Counter[str](), Counter[str]()
        for change in told:
            for detail in change.details:
                went += _said(change, detail.label, detail.before)
                came += _said(change, detail.label, detail.after)
        one, two = _all_rows(before), _all_rows(after)
        assert went <= one
        assert came <= two
        assert one - went == two - came


def _all_rows(document: EditionDocument) -> Counter[str]:
    """Every value of every row, as its chapter and label tell it."""
    found = Counter[str]()
    for group in elements(document):
        for label, entries in group.lists:
            found += Counter(
                f"{label}/{row.label}/{row.value}"
                for entry in entries
                for row in entry.rows
                if row.value and not row.place.endswith(".key")
            )
    return found


def _said(change: Change, label: str, value: str) -> Counter[str]:
    return Counter([f"{change.label}/{label}/{value}"]) if value and "[" in change.place and change.title else Counter()


def test_a_step_that_was_renamed_is_one_change():
    steps = [{"name": "受理", "role": "窗口", "days": 1}, {"name": "现场核查", "role": "核查人员", "days": 5}]
    renamed = [steps[0], {**steps[1], "name": "实地核查"}]

    (change,) = [each for each in compared({"steps": steps}, {"steps": renamed}) if each.of == "steps"]

    assert (change.kind, change.title, change.was) == ("changed", "实地核查", "现场核查")
    assert [(detail.before, detail.after) for detail in change.details] == [("现场核查", "实地核查")]


def test_another_step_in_the_same_place_is_not_a_renamed_one():
    steps = [{"name": "受理", "role": "窗口", "days": 1}, {"name": "专家评审", "role": "窗口", "days": 5}]
    other = [steps[0], {"name": "公示", "role": "窗口", "days": 5}]

    found = [each for each in compared({"steps": steps}, {"steps": other}) if each.of == "steps"]

    assert [(each.kind, each.title) for each in found] == [("removed", "专家评审"), ("added", "公示")]


def test_a_material_that_was_renamed_keeps_its_key_and_another_one_is_not_taken_for_it():
    kept = {"key": "m01", "name": "申请人身份证明", "kind": "证照", "source": "申请人自备", "necessity": "必要"}
    other = {**kept, "key": "m02", "name": "法定代表人身份证明"}

    (renamed,) = compared({"materials": [kept]}, {"materials": [{**kept, "name": "申请人有效身份证件"}]})
    swapped = compared({"materials": [kept]}, {"materials": [other]})

    assert (renamed.place, renamed.kind, renamed.was) == ("materials[m01]", "changed", "申请人身份证明")
    assert renamed.effect is Effect.NEITHER
    assert [(each.kind, each.effect) for each in swapped] == [
        ("removed", Effect.EASES), ("added", Effect.BURDENS),
    ]  # fmt: skip


def test_conditions_are_told_one_by_one():
    kept, gone = "有与其生产经营的食品品种相适应的食品原料处理场所", "注册资本不少于十万元"
    worded = "有与其经营的食品品种、数量相适应的食品原料处理场所"
    found = compared({"conditions": [kept, gone]}, {"conditions": [worded, "有食品安全管理人员"]})

    assert [(each.kind, each.effect, each.choosable) for each in found] == [
        ("changed", Effect.ALTERS, False), ("removed", Effect.EASES, True), ("added", Effect.BURDENS, False),
    ]  # fmt: skip
    assert found[1].called == gone


def test_two_bases_of_one_law_are_told_apart():
    law = {"title": "行政许可法", "rank": "法律"}
    before = [{**law, "article": "第三十二条"}, {**law, "article": "第四十二条"}]
    after = [{**law, "article": "第三十一条"}, {**law, "article": "第四十二条"}]

    (change,) = compared({"legal_basis": before}, {"legal_basis": after})

    assert [(detail.before, detail.after) for detail in change.details] == [("第三十二条", "第三十一条")]


@pytest.mark.parametrize(
    ("before", "after", "effect", "choosable"),
    [
        ({"promised_days": 20}, {"promised_days": 10}, Effect.EASES, True),
        ({"promised_days": 10}, {"promised_days": 20}, Effect.BURDENS, False),
        ({"promised_days": None, "statutory_days": 20}, {"promised_days": 10}, Effect.EASES, True),
        ({"promised_days": 5, "case_type": "承诺件"}, {"promised_days": 0, "case_type": "即办件"}, Effect.EASES, False),
        ({"visits": 2}, {"visits": 1}, Effect.EASES, False),
        ({"statutory_days": 60}, {"statutory_days": 30}, Effect.EASES, False),
        ({"fee": {"charged": True}}, {"fee": {"charged": False}}, Effect.EASES, False),
    ],
)  # fmt: skip
def test_what_a_change_of_a_number_means(before, after, effect, choosable):
    place = next(iter(after)) if "fee" not in after else "fee.charged"
    change = next(each for each in compared(before, after) if each.place == place)

    assert (change.effect, change.choosable) == (effect, choosable)
    assert bool(change.new_only) == (effect is Effect.EASES and not choosable)
