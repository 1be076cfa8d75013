"""What two editors do at once to the same draft."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yimen.catalog.queries.merging import merge

NAMES = st.sampled_from(["name", "visits", "conditions", "quota"])
TEXTS = st.text("甲乙丙", max_size=2)
ROWS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5).flatmap(
    lambda keys: st.tuples(*[st.fixed_dictionaries({"key": st.just(key), "name": TEXTS}) for key in keys]).map(list)
)
DOCUMENTS = st.builds(lambda plain, rows: {**plain, "materials": rows}, st.dictionaries(NAMES, TEXTS), ROWS)


@given(DOCUMENTS, DOCUMENTS)
def test_who_is_alone_gets_exactly_what_they_wrote(before, mine):
    assert merge(before, mine, before).document == mine
    assert merge(before, before, mine).document == mine
    assert not merge(before, mine, before).conflicts


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_every_change_is_either_in_the_merged_draft_or_told_as_a_conflict(before, mine, theirs):
    merged = merge(before, mine, theirs)

    told = {conflict.place for conflict in merged.conflicts}
    for name in ("name", "visits", "conditions", "quota"):
        for said in (mine, theirs):
            if said.get(name) != before.get(name):
                assert merged.document.get(name) == said.get(name) or name in told
    kept = {row["key"]: row["name"] for row in merged.document["materials"]}
    earlier = {row["key"]: row["name"] for row in before["materials"]}
    for said in (mine, theirs):
        for row in said["materials"]:
            if earlier.get(row["key"]) != row["name"]:
                places = {f"materials[{row['key']}]", f"materials[{row['key']}].name"}
                assert kept.get(row["key"]) == row["name"] or places & told


def test_a_row_one_takes_out_and_the_other_changes_is_a_conflict_and_stays():
    before = {"materials": [{"key": "m01", "name": "申请表"}, {"key": "m02", "name": "照片"}]}
    mine = {"materials": [{"key": "m01", "name": "申请表"}]}
    theirs = {"materials": [{"key": "m01", "name": "申请表"}, {"key": "m02", "name": "一寸照片"}]}

    merged = merge(before, mine, theirs)

    assert [(each.place, each.mine, each.theirs["name"]) for each in merged.conflicts] == [
        ("materials[m02]", None, "一寸照片")
    ]


def test_two_new_rows_come_both_each_behind_its_neighbour():
    before = {"materials": [{"key": "m01", "name": "甲"}, {"key": "m02", "name": "乙"}]}
    mine = {"materials": [{"key": "m01", "name": "甲"}, {"key": "m03", "name": "丙"}, {"key": "m02", "name": "乙"}]}
    theirs = {"materials": [{"key": "m01", "name": "甲"}, {"key": "m02", "name": "乙"}, {"key": "m04", "name": "丁"}]}

    merged = merge(before, mine, theirs)

    assert [row["key"] for row in merged.document["materials"]] == ["m01", "m03", "m02", "m04"]
    assert not merged.conflicts


def test_both_move_rows_and_mine_stands():
    before = {"steps": [{"name": "受理"}, {"name": "审查"}, {"name": "决定"}]}
    mine = {"steps": [{"name": "审查"}, {"name": "受理"}, {"name": "决定"}]}
    theirs = {"steps": [{"name": "决定"}, {"name": "受理"}, {"name": "审查"}]}

    assert merge(before, mine, theirs).document == mine
