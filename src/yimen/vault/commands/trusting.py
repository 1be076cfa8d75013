"""Moves between levels of trust: a clerk who has the original in hand makes C into B. (国办函〔2016〕108号)"""

from __future__ import annotations

from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.law.trust import Act, Level, after
from yimen.vault import access
from yimen.vault.choices import State, Trust
from yimen.vault.commands.holders import tell_all
from yimen.vault.commands.licences import locked
from yimen.vault.commands.refusals import NoSuchMove, NotInForce
from yimen.vault.commands.sealing import seal
from yimen.vault.models import Licence, TrustMove


@command
def verify_original(licence: Licence, *, by: Actor, at: datetime, device: str = "", note: str = "") -> Licence:
    """核验原件: compared with the original at a window, it is of level B. Who, where, when and with what is kept.

    Whoever deals with cases at a window. Raises NoSuchMove unless it is of level C, NotInForce, Forbidden.
    """
    licence = locked(licence)
    access.require_verify(by)
    level = after(Level(licence.trust), Act.COMPARED)
    if level is None:
        raise NoSuchMove
    if licence.state != State.SIGNED:
        raise NotInForce(state=State(licence.state).label)
    TrustMove.objects.create(
        licence=licence, before=licence.trust, after=level, at=at, by=by.user, office=by.office_name[:120],
        window=by.window, device=device[:60], note=note[:300],
    )  # fmt: skip
    licence.trust, licence.signature = Trust(level), None
    seal(licence, by=by, at=at)
    licence.save(update_fields=["trust", "signature", "signed_with", "signed_at", "signed_by"])
    tell_all(licence, "licence_compared", by=by, at=at, trust=level, device=device[:60])
    return licence
