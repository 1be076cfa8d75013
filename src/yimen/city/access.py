"""Who may change the city's registers."""

from __future__ import annotations

from yimen.city.choices import Duty
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden

ADMINISTRATION = (Duty.ADMINISTRATOR,)
HALLS = (Duty.ADMINISTRATOR, Duty.HALL_MANAGER)


def is_platform(actor: Actor) -> bool:
    """The platform itself: set-up, sweeps."""
    return actor.user is None and actor.channel == "system"


def require(by: Actor, duties: tuple[Duty, ...]) -> None:
    """Raises Forbidden unless the actor holds one of the duties or is the platform."""
    if not is_platform(by) and not by.duties & set(duties):
        raise Forbidden
