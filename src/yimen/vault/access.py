"""Who may see a licence, and who may make one."""

from __future__ import annotations

from datetime import datetime

from yimen.identity import queries as identity
from yimen.identity.choices import Power
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, NotFound
from yimen.vault.models import Licence

MAKERS = ("clerk", "reviewer", "chief", "deliverer")


def holders(by: Actor, at: datetime) -> list[int]:
    """The subjects whose licences this actor may see: oneself, and whoever gave a mandate to see them."""
    if by.subject is None:
        return []
    mandates = identity.principals_of(by.subject, at)
    return [by.subject, *(each.principal_id for each in mandates if Power.SEE_LICENCES in each.powers)]


def require_see(licence: Licence, *, by: Actor, at: datetime) -> None:
    """The holder and their agents. To everybody else the licence isn't there: its number tells them nothing."""
    if licence.holder_id not in holders(by, at):
        raise NotFound


def require_make(licence_agency: int, *, by: Actor) -> None:
    """The platform itself, or somebody whose post deals with cases of the agency."""
    if by.channel != "system" and not any(by.may(duty, licence_agency) for duty in MAKERS):
        raise Forbidden


def require_take_in(by: Actor) -> None:
    """Existing licences are registered by the platform or an administrator."""
    if by.channel != "system" and not by.may("administrator"):
        raise Forbidden
