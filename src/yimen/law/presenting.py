"""What a checker is told of a licence, and how long a code that its holder shows is good. docs/rules/presenting.md

国务院令第716号 10 (an electronic licence equals the paper one); 国办函〔2016〕108号 (levels of trust);
GB/T 36901 (presenting, checking); 行政许可法 69, 70.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

LIFE = timedelta(seconds=60)
"""How long a code stands on the holder's screen."""

GRACE = timedelta(seconds=15)
"""From the scan to the check, and for clocks of two servers that differ."""


class Standing(StrEnum):
    """Whether a licence may be relied on, and if not, why."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    FROZEN = "frozen"
    UNSEEN = "unseen"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    KEY_REVOKED = "key_revoked"
    TAMPERED = "tampered"


class Seal(StrEnum):
    """What the agency's signature says of the stored content."""

    FITS = "fits"
    BROKEN = "broken"
    KEY_REVOKED = "key_revoked"


class CodeState(StrEnum):
    """What becomes of a code that is shown to a checker."""

    OPEN = "open"
    AGAIN = "again"
    USED = "used"
    RUN_OUT = "run_out"


@dataclass(frozen=True)
class Terms:
    """What is known of a licence besides its signature. stored: the state on record, as the library writes it.

    unseen: its holder uploaded it, and nobody has compared it with the original (level C).
    """

    stored: str
    frozen: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    unseen: bool = False


STORED = {
    "revoked": Standing.REVOKED,
    "superseded": Standing.SUPERSEDED,
    "suspended": Standing.SUSPENDED,
    "expired": Standing.EXPIRED,
    "signed": Standing.VALID,
}


def standing(terms: Terms, seal: Seal, *, day: date) -> Standing:
    """The one reason that weighs most: first whether it can be believed at all, then what the agency did, whether a

    clerk has seen the original, what the holder did, the calendar. A state that is not known counts as not yet valid:
    nothing that nobody has signed holds.
    """
    if seal is not Seal.FITS:
        return Standing.TAMPERED if seal is Seal.BROKEN else Standing.KEY_REVOKED
    recorded = STORED.get(terms.stored, Standing.NOT_YET)
    if recorded is not Standing.VALID:
        return recorded
    if terms.unseen:
        return Standing.UNSEEN
    if terms.frozen:
        return Standing.FROZEN
    if terms.valid_to is not None and terms.valid_to < day:
        return Standing.EXPIRED
    if terms.valid_from is not None and day < terms.valid_from:
        return Standing.NOT_YET
    return Standing.VALID


def code_state(*, made: datetime, taken: datetime | None, by_the_same: bool, at: datetime) -> CodeState:
    """A code is good for one checker, for a minute. taken: when a checker used it; by_the_same: was it this one?

    The same checker may look again while it lives. A code from the future is one of another clock: more than the
    grace apart, it isn't believed.
    """
    if not -GRACE <= at - made <= LIFE + GRACE:
        return CodeState.RUN_OUT
    if taken is None:
        return CodeState.OPEN
    return CodeState.AGAIN if by_the_same else CodeState.USED


def seconds_left(*, made: datetime, at: datetime) -> int:
    """For the countdown beside the code."""
    return max(0, round((made + LIFE - at).total_seconds()))
