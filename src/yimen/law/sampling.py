"""How many rows of a batch a second person compares with their scans, and how many may be wrong.

Rule in words: docs/rules/digitising.md. No law names these figures: a city sets them. Two ways are offered: a share of
the batch with a least and a most, or a table by size of the batch such as the plans of GB/T 2828.1 (ISO 2859-1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """size: rows to compare; tolerated: how many of them may be wrong for the batch still to pass."""

    size: int
    tolerated: int


@dataclass(frozen=True, slots=True)
class Share:
    """percent of the rows, at least `least` and at most `most` of them; tolerated: percent of the sample."""

    percent: float
    least: int
    most: int
    tolerated: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """A batch of up to so many rows (None: of any size) has this sample."""

    up_to: int | None
    size: int
    tolerated: int


Plan = Share | Sequence[Step]


def read_plan(text: str) -> Plan:
    """A plan as a city writes it: "1%,20,1250,0%", or "280:32:0 3200:125:1 *:500:3". Raises ValueError."""
    if ":" not in text:
        percent, least, most, tolerated = (part.strip() for part in text.split(","))
        share = Share(float(percent.rstrip("%")), int(least), int(most), float(tolerated.rstrip("%")))
        if not (0 < share.percent <= 100 and 1 <= share.least <= share.most and 0 <= share.tolerated < 100):
            raise ValueError("a share is 1%,20,1250,0%: percent, least, most, percent that may be wrong")
        return share
    steps = tuple(_step(*part.split(":")) for part in text.split())
    sizes = [each.up_to or 0 for each in steps[:-1]]
    if steps[-1].up_to is not None or None in {each.up_to for each in steps[:-1]} or sizes != sorted(set(sizes)):
        raise ValueError("a table goes from small batches to large ones and ends with *, as 280:32:0 *:500:3")
    return steps


def _step(up_to: str, size: str, tolerated: str) -> Step:
    step = Step(None if up_to == "*" else int(up_to), int(size), int(tolerated))
    if step.size < 1 or not 0 <= step.tolerated < step.size:
        raise ValueError("a step is batch:rows:wrong, with fewer wrong rows than rows")
    return step


def sample(rows: int, plan: Plan) -> Sample:
    """The sample of a batch of so many rows; never more than there are. Raises ValueError for a batch without rows."""
    if rows < 1:
        raise ValueError("a batch without rows has no sample")
    if isinstance(plan, Share):
        share = -(-rows * round(plan.percent * 1000) // 100_000)
        size = min(rows, max(plan.least, min(share, plan.most)))
        return Sample(size, int(size * plan.tolerated / 100))
    step = next((each for each in plan if each.up_to is None or rows <= each.up_to), plan[-1])
    size = min(rows, step.size)
    return Sample(size, min(step.tolerated, size - 1))


def passes(wrong: int, drawn: Sample) -> bool:
    """May the batch become valid with so many rows of its sample wrong?"""
    return wrong <= drawn.tolerated
