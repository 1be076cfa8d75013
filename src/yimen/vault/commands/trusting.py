"""Moves between levels of trust: a clerk who has the original in hand makes C into B. (国办函〔2016〕108号)"""

from __future__ import annotations

from datetime import date, datetime

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.kit.time import day_of
from yimen.law.said import said
from yimen.law.trust import Act, Level, after
from yimen.ui.words import plain_date
from yimen.vault import access
from yimen.vault.choices import State, Trust
from yimen.vault.commands.holders import tell_all
from yimen.vault.commands.licences import locked
from yimen.vault.commands.refusals import NoSuchMove, NotInForce
from yimen.vault.commands.sealing import seal
from yimen.vault.models import Licence, TrustMove
from yimen.vault.queries.issuing import holders_of


@command
def verify_original(
    licence: Licence, *, by: Actor, at: datetime, device: str = "", note: str = "", valid_to: date | None = None
) -> Licence:
    """核验原件: compared with the original at a window, it is of level B. Who, where, when and with what is kept.

    valid_to: the original's last day as it was read now, with which level B ends; left out, what stood there stays.
    Whoever deals with cases at a window, never for oneself.
    Raises NoSuchMove unless it is of level C, NotInForce, Forbidden, OwnLicence, Invalid.
    """
    licence = locked(licence)
    access.require_verify(by)
    if any(by.is_one(subject) for subject in holders_of(licence)):
        raise access.OwnLicence
    level = after(Level(licence.trust), Act.COMPARED)
    if level is None:
        raise NoSuchMove
    if licence.state != State.SIGNED:
        raise NotInForce(state=State(licence.state).label)
    _note_last_day(licence, valid_to or licence.valid_to, at)
    TrustMove.objects.create(
        licence=licence, before=licence.trust, after=level, at=at, by=by.user, office=by.office_name[:120],
        window=by.window, device=device[:60], note=note[:300],
    )  # fmt: skip
    licence.trust, licence.signature = Trust(level), None
    seal(licence, by=by, at=at)
    licence.save(update_fields=["trust", "valid_to", "fields", "signature", "signed_with", "signed_at", "signed_by"])
    tell_all(licence, "licence_compared", by=by, at=at, trust=level, device=device[:60])
    return licence


def _note_last_day(licence: Licence, last: date | None, at: datetime) -> None:
    """Level B dies with the original: one that has run out already is not compared. (rules of docs/rules/trust.md)"""
    if last is not None and last < day_of(at):
        message = said("原件已于{day}到期，不能再作为依据。", day=plain_date(last))
        raise Invalid([{"field": "valid_to", "code": "original_expired", "message": message}])
    licence.valid_to = last
    if last is not None and "valid_to" in licence.kind.key_fields:
        licence.fields = licence.fields | {"valid_to": last.isoformat()}
