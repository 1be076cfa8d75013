"""撤销: a version that is annulled never was, so the one that had given way to it stands again. (许可法 69)

Rule in words: docs/rules/versions.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.time import day_of
from yimen.law.said import said
from yimen.law.versions import Earlier, stands_again
from yimen.notices import commands as notices
from yimen.ui.words import plain_date
from yimen.vault.choices import EndKind, State
from yimen.vault.commands.holders import chains_of, tell_all
from yimen.vault.commands.licences import locked
from yimen.vault.models import Freeze, Licence, Restoration, Suspension
from yimen.vault.queries.holding import notice_about


def stand_again(annulled: Licence, suspension: Suspension | None, *, by: Actor, at: datetime) -> Licence | None:
    """The version before the annulled one stands again, if there is one; its holders are told. Part of `revoke`.

    suspension: the annulled version was suspended. It is the licence that is suspended, not a version of it: so it
    goes on, as does a freeze by the holder.
    """
    past = list(_before(annulled))
    found = stands_again([_earlier(each) for each in past], day=day_of(at))
    if found is None:
        return None
    licence = next(each for each in past if each.pk == found.key)
    gave_way_at, licence.ended_at = licence.ended_at, None
    licence.state = State.SUSPENDED if suspension else State.SIGNED
    licence.save(update_fields=["state", "ended_at"])
    Restoration.objects.create(licence=licence, annulled=annulled, gave_way_at=gave_way_at, at=at, by=by.user)
    _carry(annulled, licence, suspension, by, at)
    tell_all(licence, "licence_stands_again", by=by, at=at, ground=annulled.ended_why, annulled=annulled.pk)
    _tell(licence, annulled, found.in_time, by, at)
    return licence


def _before(licence: Licence) -> Iterator[Licence]:
    """The versions before it, the newest first, each held until the command ends."""
    while licence.replaces_id is not None:
        licence = locked(Licence(pk=licence.replaces_id))
        yield licence
        if licence.ended_kind != EndKind.ANNULLED:
            return


def _earlier(licence: Licence) -> Earlier:
    gave_way, annulled = licence.state == State.SUPERSEDED, licence.ended_kind == EndKind.ANNULLED
    return Earlier(licence.pk, gave_way, annulled, licence.valid_to)


def _carry(annulled: Licence, licence: Licence, suspension: Suspension | None, by: Actor, at: datetime) -> None:
    if suspension is not None:
        Suspension.objects.create(
            licence=licence, began_at=at, began_by=by.user, ground=suspension.ground, reason=suspension.reason
        )
    freeze = Freeze.objects.filter(licence=annulled, lifted_at=None).first()
    if freeze is not None and not Freeze.objects.filter(licence=licence, lifted_at=None).exists():
        Freeze.objects.create(
            licence=licence, began_at=at, began_by=freeze.began_by, holder=freeze.holder, why=freeze.why
        )


def _tell(licence: Licence, annulled: Licence, in_time: bool, by: Actor, at: datetime) -> None:
    """Whoever holds it learns that the new one is void, and whether the old one can be used."""
    facts = {"kind": licence.kind.name, "new": annulled.version, "old": licence.version, "why": annulled.ended_why}
    if in_time:
        title = said("“{kind}”第 {new} 版已撤销，第 {old} 版恢复有效", **facts)
        body = said("撤销原因：{why}。请改用第 {old} 版，按它自己的有效期使用；第 {new} 版不能再用。", **facts)
    else:
        facts |= {"until": plain_date(licence.valid_to)}
        title = said("“{kind}”第 {new} 版已撤销，第 {old} 版已过期", **facts)
        body = said(
            "撤销原因：{why}。第 {new} 版不能再用；原来的第 {old} 版有效期到 {until}，已经过期。需要的话请重新申请。",
            **facts,
        )
    for subject in chains_of(licence):
        notices.send(
            subject=subject, about=notice_about(licence), title=title, body=body,
            once=f"licence-stands-again:{annulled.pk}:{subject}", by=by, at=at,
        )  # fmt: skip
