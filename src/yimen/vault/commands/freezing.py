"""The holder freezes a licence, and lifts the freeze."""

from __future__ import annotations

from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.law.said import said
from yimen.notices import commands as notices
from yimen.vault import access
from yimen.vault.choices import State
from yimen.vault.commands.holders import chains_of, tell_all
from yimen.vault.models import Freeze, Licence
from yimen.vault.queries.holding import notice_about


class AlreadyFrozen(Refusal):
    code = "already_frozen"
    sentence = "这份证照已经冻结。"


class NotFrozen(Refusal):
    code = "not_frozen"
    sentence = "这份证照没有冻结。"


class NothingToFreeze(Refusal):
    code = "nothing_to_freeze"
    sentence = "这份证照已经失效，不用冻结。"


@command
def freeze(licence: Licence, *, why: str = "", by: Actor, at: datetime) -> Freeze:
    """冻结: from now on it is neither presented nor used for anything, and checkers are told so. The holder decides.

    Of several holders any one freezes it for all, and the others are told.

    Raises NotFound, NotYoursToFreeze, NothingToFreeze, AlreadyFrozen.
    """
    licence = _locked(licence)
    access.require_freeze(licence, by=by, at=at)
    if licence.state not in (State.SIGNED, State.SUSPENDED):
        raise NothingToFreeze
    if access.is_frozen(licence):
        raise AlreadyFrozen
    holder = access.freezing_holder(licence, by=by, at=at)
    made = Freeze.objects.create(
        licence=licence, began_at=at, began_by=by.account, holder_id=holder, why=why.strip()[:200]
    )
    tell_all(licence, "licence_frozen", by=by, at=at, holder=holder)
    _tell_others(licence, made, said("共同持有的“{kind}”已被冻结", kind=licence.kind.name), by, at)
    return made


@command
def lift_freeze(licence: Licence, *, by: Actor, at: datetime) -> None:
    """解除冻结: whoever froze it. Raises NotFound, NotYoursToFreeze, NotYoursToLift, NotFrozen."""
    licence = _locked(licence)
    access.require_freeze(licence, by=by, at=at)
    freeze = Freeze.objects.select_related("holder").filter(licence=licence, lifted_at=None).first()
    if freeze is None:
        raise NotFrozen
    access.require_lift(freeze, licence, by=by, at=at)
    freeze.lifted_at, freeze.lifted_by = at, by.account
    freeze.save(update_fields=["lifted_at", "lifted_by"])
    tell_all(licence, "licence_freeze_lifted", by=by, at=at)
    _tell_others(licence, freeze, said("共同持有的“{kind}”已解除冻结", kind=licence.kind.name), by, at)


def _tell_others(licence: Licence, freeze: Freeze, title: str, by: Actor, at: datetime) -> None:
    """Whoever holds it too learns why it can't be shown, and when it can again."""
    body = said(
        "{name}办理了这份证照的冻结或者解除。冻结期间各持证人都不能出示和使用，由冻结的人解除。",
        name=by.name or licence.holder_name,
    )
    for subject in chains_of(licence):
        if subject != freeze.holder_id:
            notices.send(
                subject=subject, about=notice_about(licence), title=title, body=body,
                once=f"licence-freeze:{freeze.pk}:{bool(freeze.lifted_at)}:{subject}", by=by, at=at,
            )  # fmt: skip


def _locked(licence: Licence) -> Licence:
    return Licence.objects.select_for_update(of=("self",)).select_related("kind", "agency", "holder").get(pk=licence.pk)
