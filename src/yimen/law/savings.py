"""How much less somebody had to bring, type and walk. Rule in words: docs/rules/savings.md

Our own way of counting, said openly: no law defines it. 材料免提交率 follows the formula that Chinese cities report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .resolution_facts import Way
from .said import said

SPARED = frozenset({Way.EXEMPT, Way.LICENCE, Way.SERVICE, Way.EARLIER})
"""The applicant had nothing to do: the city has it, or asks for it no longer."""


@dataclass(frozen=True, slots=True)
class Materials:
    """Of one application. asked: all but its own form; spared; committed (告知承诺); later (容缺); brought."""

    asked: int = 0
    spared: int = 0
    committed: int = 0
    later: int = 0
    brought: int = 0


@dataclass(frozen=True, slots=True)
class Visits:
    """usual: had everything been done at a window; made: what it took."""

    usual: int = 0
    made: int = 0

    @property
    def spared(self) -> int:
        """Never less than none: nobody is sent home by a saving."""
        return max(0, self.usual - self.made)


class Advice(StrEnum):
    """What the way in which a material is met suggests to whoever writes the catalogue."""

    DROP = "drop"
    COMMIT = "commit"
    TOLERATE = "tolerate"

    @property
    def sentence(self) -> str:
        """The reason in a sentence (Chinese)."""
        return {
            "drop": said("几乎每次都能从证照库、数据共享或者以前的办件取得，可以改为免提交。"),
            "commit": said("多数人选择书面承诺，可以考虑取消，改为事后核查。"),
            "tolerate": said("多数人先承诺后补，可以考虑改到领取结果时再核对。"),
        }[self.value]


ENOUGH = 20
"""Fewer cases tell nothing."""
NEARLY_ALL, MOST = 0.9, 0.5


def materials(ways: Iterable[Way]) -> Materials:
    """What one application's materials come to. ways: of each that is met; others (NOT_ASKED, UPLOAD) count nothing."""
    found = list(ways)
    spared = sum(way in SPARED for way in found)
    committed, later = found.count(Way.COMMITMENT), found.count(Way.TOLERATED)
    brought = found.count(Way.HANDED_IN)
    return Materials(spared + committed + later + brought, spared, committed, later, brought)


def visits(
    *, instant: bool, filed_at_window: bool, supplements_at_window: Sequence[bool], fetched_at_window: bool | None
) -> Visits:
    """What one case comes to. fetched_at_window: None while there is no result in the applicant's hands.

    Usual is one visit to hand in, one for each supplement, one to fetch the result; an instant case (即办件) is fetched
    in the visit in which it was handed in. filed_at_window: False, too, where the same visit is counted already.
    """
    fetched = fetched_at_window is not None and not instant
    made = filed_at_window + sum(supplements_at_window)
    if fetched_at_window and not (instant and filed_at_window):
        made += 1
    return Visits(1 + len(supplements_at_window) + fetched, made)


def advice(*, asked: int, spared: int, committed: int, later: int) -> Advice | None:
    """Is a material that was asked for so often worth asking for? None: nothing speaks against it."""
    if asked < ENOUGH:
        return None
    if spared >= NEARLY_ALL * asked:
        return Advice.DROP
    if committed > MOST * asked:
        return Advice.COMMIT
    return Advice.TOLERATE if later > MOST * asked else None


def share(part: int, whole: int) -> float | None:
    """材料免提交率 and its like, in percent with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None
