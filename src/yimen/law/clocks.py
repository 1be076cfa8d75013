"""The legal clocks: how long each runs and which state runs it. Rule in words: docs/rules/clocks.md"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from .calendar import ONE_DAY, Calendar
from .due import due_on
from .phrases import day_in_words
from .said import said
from .states import FINAL, State
from .terms import Limit, Unit

IN_FORCE = date(2004, 7, 1)
"""The day the Administrative Licensing Law took effect; every limit below that cites it is valid from then."""


class ClockKind(StrEnum):
    """What is being timed."""

    ACCEPTANCE = "acceptance"
    PROMISE = "promise"
    STATUTORY = "statutory"
    STEP = "step"
    DELIVERY = "delivery"
    SUPPLEMENT = "supplement"
    COMMITMENT = "commitment"
    CORRECTION = "correction"

    @property
    def label(self) -> str:
        """The clock in Chinese."""
        return _LABELS[self]


_LABELS = {
    ClockKind.ACCEPTANCE: said("受理期限"),
    ClockKind.PROMISE: said("承诺期限"),
    ClockKind.STATUTORY: said("法定期限"),
    ClockKind.STEP: said("环节期限"),
    ClockKind.DELIVERY: said("送达期限"),
    ClockKind.SUPPLEMENT: said("补正期限"),
    ClockKind.COMMITMENT: said("承诺核查期限"),
    ClockKind.CORRECTION: said("更正答复期限"),
}


class Effect(StrEnum):
    """What a state does to a clock on being entered.

    RUN: start it if none is running, resume it if it is paused; after a STOP that means a new clock from zero.
    """

    RUN = "run"
    PAUSE = "pause"
    STOP = "stop"


ACCEPTANCE = Limit(5, Unit.WORKING_DAY, "许可法第三十二条")
DELIVERY = Limit(10, Unit.WORKING_DAY, "许可法第四十四条")
ORDINARY_DECISION = Limit(20, Unit.WORKING_DAY, "许可法第四十二条第一款")
JOINT_DECISION = Limit(45, Unit.WORKING_DAY, "许可法第四十二条第二款")
LOWER_EXAMINATION = Limit(20, Unit.WORKING_DAY, "许可法第四十三条")
SUPPLEMENT = Limit(15, Unit.WORKING_DAY, "本地做法，法律未规定")
"""How long the applicant has; not in the licensing law, so a city sets its own (15 or 30 days are usual)."""

OUTLASTING = frozenset({ClockKind.COMMITMENT, ClockKind.CORRECTION})
"""What goes on when the case has ended: a commitment is checked after the decision (国办发〔2020〕42号).

A correction of personal information is no part of a case (个人信息保护法 46).
"""

_ENDED = dict.fromkeys([kind for kind in ClockKind if kind not in OUTLASTING], Effect.STOP)
_DECIDING = (ClockKind.PROMISE, ClockKind.STATUTORY, ClockKind.STEP)

RUNS: Mapping[State, Mapping[ClockKind, Effect]] = MappingProxyType(
    {
        State.DRAFT: {},
        State.RECEIVED: {
            ClockKind.SUPPLEMENT: Effect.STOP,
            ClockKind.ACCEPTANCE: Effect.RUN,
            ClockKind.STEP: Effect.RUN,
        },
        State.SUPPLEMENT: {
            ClockKind.ACCEPTANCE: Effect.STOP,
            ClockKind.STEP: Effect.STOP,
            ClockKind.SUPPLEMENT: Effect.RUN,
        },
        State.ACCEPTED: {ClockKind.ACCEPTANCE: Effect.STOP, **dict.fromkeys(_DECIDING, Effect.RUN)},
        State.PAUSED: dict.fromkeys(_DECIDING, Effect.PAUSE),
        State.DECIDED: {**dict.fromkeys(_DECIDING, Effect.STOP), ClockKind.DELIVERY: Effect.RUN},
        **dict.fromkeys(FINAL, _ENDED),
    }
)
"""What entering a state does to each clock; a kind that is not named is left alone.

The delivery clock only starts when something was granted and must be issued: see `runs_delivery`.
"""


def runs_delivery(*, granted: bool) -> bool:
    """Does the decision start the delivery clock? 许可法 44 speaks of the licence that was granted."""
    return granted


@dataclass(frozen=True, slots=True)
class DecisionLimits:
    """The two limits a case is decided under.

    promise, statutory: the limits; defaulted: the statutory one is the law's general rule because the item names none;
    sentence: where they come from, in Chinese, for the guide and the acceptance paper.
    """

    promise: Limit
    statutory: Limit
    defaulted: bool
    sentence: str


def decision_limits(*, promised: Limit | None, statutory: Limit | None, joint: bool = False) -> DecisionLimits:
    """The limits of a case, from what its edition says.

    No promise: the statutory limit is the promise. No statutory limit: the law's general one, 20 working days, 45 when
    several agencies handle it together (许可法 42), and the sentence says so. A promise in the same unit never exceeds
    the statutory limit: an agency cannot promise itself more time than the law gives.
    """
    lawful = statutory or (JOINT_DECISION if joint else ORDINARY_DECISION)
    chosen = lawful if promised is None or _exceeds(promised, lawful) else promised
    return DecisionLimits(chosen, lawful, statutory is None, _sentence(promised, chosen, lawful, statutory is None))


def _exceeds(promised: Limit, lawful: Limit) -> bool:
    return promised.unit is lawful.unit and promised.amount > lawful.amount


def _sentence(promised: Limit | None, chosen: Limit, lawful: Limit, defaulted: bool) -> str:
    source = said("（{source}）", source=said(lawful.source)) if lawful.source else ""
    law = said("法定期限{length}{source}", length=_length(lawful), source=source)
    if defaulted:
        law = said("事项未载明法定期限，按一般规定{length}{source}", length=_length(lawful), source=source)
    if promised is None:
        return said("{law}；未作承诺，以此为准。", law=law)
    if chosen is not promised:
        sentence = "{law}；承诺期限{length}长于法定期限，以法定期限为准。"
        return said(sentence, law=law, length=_length(promised))
    return said("{law}；承诺期限{length}。", law=law, length=_length(promised))


def _length(limit: Limit) -> str:
    return said("当日办结") if limit.instant else str(limit)


@dataclass(frozen=True, slots=True)
class DeemedAcceptance:
    """An application the office kept silent about counts as accepted (许可法 32(4)).

    due: the last day for telling; strikes_on: the day from whose beginning it holds; accepted_on: the day it is dated
    back to, from which the decision's limit runs; sentence: Chinese, for the paper and the ledger.
    """

    due: date
    strikes_on: date
    accepted_on: date
    sentence: str


def deemed_acceptance(*, received_on: date, calendar: Calendar) -> DeemedAcceptance:
    """When silence becomes acceptance, for material received (or supplemented) on a day.

    许可法 32(4): 逾期不告知的，自收到申请材料之日起即为受理. The day of receipt stands even when it is a rest day: the
    opening day is never counted, so nobody loses by it. A city that counts late arrivals as received on the next
    working day passes the answer of `office.opening_day(..., roll=True)`.
    """
    due = due_on(opened=received_on, limit=ACCEPTANCE, calendar=calendar)
    sentence = said(
        "自{received}收到申请材料起{limit}内（至{due}）未告知申请人，自收到材料之日起即为受理（{article}）。",
        received=day_in_words(received_on),
        limit=str(ACCEPTANCE),
        due=day_in_words(due),
        article=said(ACCEPTANCE.source),
    )
    return DeemedAcceptance(due, due + ONE_DAY, received_on, sentence)


def lapses_on(kind: ClockKind, due: date) -> date | None:
    """The day from which the law itself acts on a clock that ran out; None where only people act.

    Acceptance: the application is deemed accepted. Supplement: what was never supplemented is returned.
    """
    return due + ONE_DAY if kind in (ClockKind.ACCEPTANCE, ClockKind.SUPPLEMENT) else None
