"""Who may entrust a window with an agency's power of acceptance."""

from __future__ import annotations

from yimen.city.access import HALLS, is_platform
from yimen.city.choices import Duty
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden


def require_entrusting(by: Actor, agency: int) -> None:
    """The power is the agency's (许可法 24): its leader gives it, or those who run the halls enter its paper."""
    if is_platform(by) or by.duties & set(HALLS) or by.may(Duty.CHIEF, agency):
        return
    raise Forbidden
