"""Does a signature still count? Rule in words: docs/rules/signatures.md

A key that was replaced stays good for what it signed in its time. A key that was revoked stays good for what it signed
before the instant from which it is distrusted, and for nothing after it. (电子签名法 13, 15; RFC 5280, 5.3)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """What the time of a signature and the life of its key say together."""

    GOOD = "good"
    AFTER_END = "after_end"
    DISTRUSTED = "distrusted"


@dataclass(frozen=True)
class KeyLife:
    """until: replaced or revoked, it signs no more. distrusted_from: what it signed from here on counts no longer."""

    since: datetime
    until: datetime | None = None
    distrusted_from: datetime | None = None


def standing(life: KeyLife, signed_at: datetime) -> Standing:
    """How a signature made at `signed_at` stands. Distrust weighs more than the end of the key's time."""
    if life.distrusted_from is not None and signed_at >= life.distrusted_from:
        return Standing.DISTRUSTED
    if life.until is not None and signed_at > life.until:
        return Standing.AFTER_END
    return Standing.GOOD
