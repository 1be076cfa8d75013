"""How many rows a second person compares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law.sampling import Sample, Share, Step, passes, read_plan, sample

SHARE = Share(percent=1, least=20, most=1250)
TABLE = (Step(280, 32, 0), Step(3200, 125, 1), Step(None, 500, 3))
plans = st.one_of(
    st.builds(
        Share, percent=st.floats(0.1, 100), least=st.integers(1, 50), most=st.integers(50, 2000),
        tolerated=st.floats(0, 20),
    ),
    st.just(TABLE),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "plan", "drawn"),
    [
        (5, SHARE, Sample(5, 0)),
        (1500, SHARE, Sample(20, 0)),
        (2001, SHARE, Sample(21, 0)),
        (200_000, SHARE, Sample(1250, 0)),
        (1000, Share(10, 5, 500, tolerated=2), Sample(100, 2)),
        (20, TABLE, Sample(20, 0)),
        (281, TABLE, Sample(125, 1)),
        (1_000_000, TABLE, Sample(500, 3)),
    ],
)
def test_the_worked_table(rows: int, plan: Share | tuple[Step, ...], drawn: Sample) -> None:
    assert sample(rows, plan) == drawn


@given(st.integers(1, 1_000_000), plans)
def test_a_sample_is_never_empty_nor_larger_than_the_batch_nor_forgives_all_of_itself(
    rows: int, plan: Share | tuple[Step, ...]
) -> None:
    drawn = sample(rows, plan)

    assert 1 <= drawn.size <= rows
    assert 0 <= drawn.tolerated < drawn.size


@given(st.integers(0, 200), st.builds(Sample, st.integers(1, 200), st.integers(0, 10)))
def test_one_wrong_row_more_never_helps(wrong: int, drawn: Sample) -> None:
    assert passes(wrong, drawn) >= passes(wrong + 1, drawn)


def test_a_batch_without_rows_has_no_sample() -> None:
    with pytest.raises(ValueError, match="without rows"):
        sample(0, SHARE)


@pytest.mark.parametrize(
    ("text", "plan"),
    [("1%,20,1250,0%", SHARE), ("10, 5, 500, 2", Share(10, 5, 500, 2)), ("280:32:0 3200:125:1 *:500:3", TABLE)],
)
def test_a_plan_is_read_as_a_city_writes_it(text: str, plan: object) -> None:
    assert read_plan(text) == plan


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1%",
        "0%,1,2,0%",
        "1%,30,20,0%",
        "1%,0,5,0",
        "280:32:0",
        "*:5:5",
        "*:0:0",
        "300:2:0 200:3:0 *:5:0",
        "*:5:0 9:5:0",
        "a:b:c",
    ],
)
def test_a_slip_in_a_plan_is_told(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever is wrong with it
        read_plan(text)
