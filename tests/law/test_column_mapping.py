"""Which column of somebody's table holds what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yimen.law.column_mapping import Wanted, guess, same_heads

LABELS = (
    "证书编号",
    "姓名（名称）",
    "公民身份号码",
    "发证日期",
    "有效期自",
    "有效期至",
    "发证机关",
    "地址",
    "经营项目",
    "扫描件",
)
WANTED = [Wanted(f"key{place}", (label,)) for place, label in enumerate(LABELS)]
WORDS = st.text(alphabet="证照编号姓名日期有效至自（）()地址 *A1", max_size=8)


@given(st.permutations(range(len(LABELS))), st.sampled_from(["{}", " {} ", "{}*", "*{}"]))
def test_the_labels_themselves_are_found_in_any_order_and_with_stars(order: list[int], looks: str) -> None:
    heads = [looks.format(LABELS[place]) for place in order]

    assert guess(heads, WANTED) == {f"key{place}": order.index(place) for place in range(len(LABELS))}


@given(st.lists(WORDS, max_size=12), st.lists(st.lists(WORDS.filter(bool), min_size=1, max_size=3), max_size=8))
def test_no_column_is_given_twice_and_none_beyond_the_table(heads: list[str], words: list[list[str]]) -> None:
    wanted = [Wanted(f"key{place}", tuple(each)) for place, each in enumerate(words)]

    found = guess(heads, wanted)

    assert len(set(found.values())) == len(found)
    assert set(found) <= {each.key for each in wanted}
    assert all(0 <= place < len(heads) and heads[place].strip() for place in found.values())


@given(st.permutations(range(len(LABELS))), st.permutations(LABELS))
def test_what_somebody_chose_before_goes_before_every_likeness(order: list[int], chosen: list[str]) -> None:
    heads = [LABELS[place] for place in order]
    saved = {f"key{place}": head for place, head in enumerate(chosen)}

    assert guess(heads, WANTED, saved) == {key: heads.index(head) for key, head in saved.items()}


def test_heads_are_known_by_their_other_names_and_by_parts() -> None:
    wanted = [
        Wanted("number", ("证书编号", "许可证编号", "证号")),
        Wanted("holder_number", ("证件号码", "身份证号", "统一社会信用代码")),
        Wanted("name", ("姓名（名称）",)),
        Wanted("day", ("发证日期", "签发日期")),
    ]

    found = guess(["序号", "企业名称", "许可证编号", "社会信用代码", "签发日期（公历）"], wanted)

    assert found == {"number": 2, "holder_number": 3, "name": 1, "day": 4}


def test_the_better_likeness_wins_wherever_it_stands() -> None:
    wanted = [Wanted("from", ("有效期自",)), Wanted("to", ("有效期至",))]

    assert guess(["有效期至（含当日）", "有效期自"], wanted) == {"from": 1, "to": 0}


def test_an_order_of_columns_makes_no_other_table() -> None:
    assert same_heads(["姓名 ", "证号*"], ["证号", "姓名"])
    assert not same_heads(["姓名", "证号"], ["姓名"])
