"""暂扣、恢复 and the five ways in which a licence ends."""

from __future__ import annotations

from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.kit.events import speak
from yimen.vault import access, events
from yimen.vault.choices import EndKind, State
from yimen.vault.commands.holders import tell_all
from yimen.vault.commands.licences import locked
from yimen.vault.commands.refusals import NotInForce, NotSigned, NotSuspended
from yimen.vault.commands.standing_again import stand_again
from yimen.vault.models import Licence, Suspension

OPEN_TO_END = (State.SIGNED, State.SUSPENDED)


@command
def suspend(licence: Licence, *, ground: str, reason: str, by: Actor, at: datetime) -> Licence:
    """暂扣: it can't be used until it is given back. A leader of the agency. (行政处罚法 9(3))

    ground: the article. Raises NotInForce, Forbidden, Invalid.
    """
    licence = locked(licence)
    access.require_end(licence.agency_id, by=by)
    _require_words(ground=ground, reason=reason)
    if licence.state != State.SIGNED:
        raise NotInForce(state=State(licence.state).label)
    licence.state = State.SUSPENDED
    licence.save(update_fields=["state"])
    Suspension.objects.create(licence=licence, began_at=at, began_by=by.user, ground=ground[:300], reason=reason[:500])
    tell_all(licence, "licence_suspended", by=by, at=at, ground=f"{ground}；{reason}"[:500])
    return licence


@command
def resume(licence: Licence, *, reason: str, by: Actor, at: datetime) -> Licence:
    """恢复: given back, in force again. A leader of the agency. Raises NotSuspended, Forbidden."""
    licence = locked(licence)
    access.require_end(licence.agency_id, by=by)
    if licence.state != State.SUSPENDED:
        raise NotSuspended
    licence.state = State.SIGNED
    licence.save(update_fields=["state"])
    _close_suspension(licence, reason, by, at)
    tell_all(licence, "licence_resumed", by=by, at=at, ground=reason[:500])
    return licence


@command
def revoke(
    licence: Licence,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    kind: EndKind = EndKind.ABOLISHED,
    ground: str = "",
) -> Licence:
    """It holds no longer: 废止、注销 (许可法 70)、吊销 (行政处罚法 9)、撤销 (许可法 69)、撤回 (许可法 8).

    撤销 says that it never was: the version that had given way to it stands again, and one that has given way itself
    can still be annulled. A leader of the agency, or the platform. Speaks LicenceRevoked.
    Raises NotSigned, Forbidden, Invalid.
    """
    licence = locked(licence)
    access.require_end(licence.agency_id, by=by)
    _require_words(reason=reason)
    annuls, in_the_middle = kind == EndKind.ANNULLED, licence.state == State.SUPERSEDED
    if licence.state not in OPEN_TO_END and not (annuls and in_the_middle):
        raise NotSigned
    suspension = _close_suspension(licence, reason, by, at)
    licence.state, licence.ended_at, licence.ended_why, licence.ended_by = State.REVOKED, at, reason[:500], by.user
    licence.ended_kind, licence.ended_ground = kind, ground[:300]
    licence.save(update_fields=["state", "ended_at", "ended_why", "ended_by", "ended_kind", "ended_ground"])
    tell_all(licence, "licence_revoked", by=by, at=at, ground=licence.ended_why, kind=kind, article=ground[:300])
    if annuls and not in_the_middle:
        stand_again(licence, suspension, by=by, at=at)
    speak(events.LicenceRevoked(licence.pk, licence.holder_id, licence.kind.code, at))
    return licence


def _close_suspension(licence: Licence, why: str, by: Actor, at: datetime) -> Suspension | None:
    """The one that was open, if there was one."""
    row = Suspension.objects.filter(licence=licence, ended_at=None).first()
    if row is not None:
        row.ended_at, row.ended_by, row.ended_why = at, by.user, why[:500]
        row.save(update_fields=["ended_at", "ended_by", "ended_why"])
    return row


def _require_words(**words: str) -> None:
    lacking = [name for name, text in words.items() if not text.strip()]
    labels = {"ground": "请写明法律依据（哪部法的第几条）。", "reason": "请写明理由。"}
    if lacking:
        raise Invalid([{"field": name, "code": "required", "message": labels[name]} for name in lacking])
