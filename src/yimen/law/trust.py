"""Levels of trust of licences and materials, and the moves between them. Rule in words: docs/rules/trust.md

国办函〔2016〕108号, 证照信息可信等级. It is no simple ladder: A, B and D are used as they are, C only after a clerk has
compared the original, which makes it B.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """A: issued by a public body. B: compared with the original. C: uploaded. D: self-made, with a commitment."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Act(StrEnum):
    """What brings a licence or material to its level."""

    ISSUED = "issued"
    SYNCHRONISED = "synchronised"
    UPLOADED = "uploaded"
    COMMITTED = "committed"
    COMPARED = "compared"


FIRST = {Act.ISSUED: Level.A, Act.SYNCHRONISED: Level.A, Act.UPLOADED: Level.C, Act.COMMITTED: Level.D}
"""The level at which something enters."""

DIRECT = frozenset({Level.A, Level.B, Level.D})
"""Levels that may be used without a further act."""


def after(level: Level | None, act: Act) -> Level | None:
    """The level after an act; None where the act isn't possible: only what was uploaded can be compared."""
    if level is None:
        return FIRST.get(act)
    if act is Act.COMPARED:
        return Level.B if level is Level.C else None
    if act in (Act.ISSUED, Act.SYNCHRONISED):
        return Level.A
    return None


def usable(level: Level, *, valid_to: date | None, ended: bool, day: date) -> bool:
    """May it be relied on, on a day, without a further act? Trust ends with the original: by its date, or its end."""
    return level in DIRECT and not ended and (valid_to is None or day <= valid_to)
