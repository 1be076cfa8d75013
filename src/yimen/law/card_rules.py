"""The rules by which warnings and cards are due, as dated data. Rule in words: docs/rules/cards.md"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from .clocks import IN_FORCE, ClockKind
from .said import said


class Level(StrEnum):
    """How grave a card is."""

    WARNING = "warning"
    YELLOW = "yellow"
    RED = "red"

    @property
    def label(self) -> str:
        """预警, 黄牌, 红牌."""
        return {"warning": said("预警"), "yellow": said("黄牌"), "red": said("红牌")}[self.value]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of supervision.

    code; kind: the clock it watches; level; title: Chinese; source: where the threshold comes from;
    valid_from, valid_to: both included, None open. It holds from the first day on which one of these is true:
    share: at least this part of the counted days is used; days_left: at most so many counted days are left;
    overdue_by: the due day, with so many days added to the limit, is past; overrun: a running special procedure is past
    its planned end. orders: a supervision order (督办) goes with it; escalates: to the head of supervision.
    """

    code: str
    kind: ClockKind
    level: Level
    title: str
    source: str
    valid_from: date = IN_FORCE
    valid_to: date | None = None
    share: Fraction | None = None
    days_left: int | None = None
    overdue_by: int | None = None
    overrun: bool = False
    orders: bool = False
    escalates: bool = False

    def is_valid(self, day: date) -> bool:
        """Is the rule in force on this day?"""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


_A, _P, _L, _D = ClockKind.ACCEPTANCE, ClockKind.PROMISE, ClockKind.STATUTORY, ClockKind.DELIVERY
_C, _CHECK = ClockKind.COMMITMENT, "国办发〔2020〕42号"
_R, _RIGHT = ClockKind.CORRECTION, "个人信息保护法第四十六条；GB/T 35273-2020 8.7"
_ART_32, _ART_42, _ART_44, _ART_45 = (f"许可法第{number}条" for number in ("三十二", "四十二", "四十四", "四十五"))

RULES: tuple[Rule, ...] = (
    Rule("T01", _A, Level.WARNING, "受理超期预警", _ART_32, share=Fraction(4, 5)),
    Rule("T02", _A, Level.RED, "超期受理", _ART_32, overdue_by=0),
    Rule("T03", _P, Level.WARNING, "办结预警", "平台监察规则：期限已用八成", share=Fraction(8, 10)),
    Rule(
        "T04", _P, Level.YELLOW, "办结黄牌", "平台监察规则：期限已用九成或仅剩一日", share=Fraction(9, 10), days_left=1
    ),
    Rule("T05", _P, Level.RED, "承诺超期", "平台监察规则：承诺期限届满", overdue_by=0, orders=True),
    Rule("T06", _L, Level.RED, "法定超期", _ART_42, overdue_by=0, escalates=True),
    Rule("T08", _D, Level.YELLOW, "送达超期", _ART_44, overdue_by=0),
    Rule("T08R", _D, Level.RED, "送达严重超期", _ART_44, overdue_by=5),
    Rule("T10", _C, Level.WARNING, "承诺核查预警", _CHECK, share=Fraction(4, 5)),
    Rule("T10Y", _C, Level.YELLOW, "承诺核查超期", _CHECK, overdue_by=0),
    Rule("T11", _R, Level.WARNING, "更正答复预警", "平台监察规则：期限已用八成", share=Fraction(8, 10)),
    Rule("T11Y", _R, Level.YELLOW, "更正答复超期", _RIGHT, overdue_by=0),
    Rule("T11R", _R, Level.RED, "更正答复严重超期", _RIGHT, overdue_by=5),
    Rule("T09", _P, Level.YELLOW, "特别程序超期", _ART_45, overrun=True),
)
"""The rules shipped with the house; a city changes them by adding rows with later dates, never by editing old ones."""

BY_CODE = {rule.code: rule for rule in RULES}
