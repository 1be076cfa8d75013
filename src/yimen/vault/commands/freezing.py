"""The holder freezes a licence, and lifts the freeze."""

from __future__ import annotations

from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record
from yimen.vault import access
from yimen.vault.choices import State
from yimen.vault.models import Freeze, Licence


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

    Raises NotFound, NotYoursToFreeze, NothingToFreeze, AlreadyFrozen.
    """
    licence = _locked(licence)
    access.require_freeze(licence, by=by, at=at)
    if licence.state not in (State.SIGNED, State.SUSPENDED):
        raise NothingToFreeze
    if access.is_frozen(licence):
        raise AlreadyFrozen
    made = Freeze.objects.create(licence=licence, began_at=at, began_by=by.account, why=why.strip()[:200])
    record(subject_chain(licence.holder_id), "licence_frozen", by=by, at=at, licence=licence.pk)
    return made


@command
def lift_freeze(licence: Licence, *, by: Actor, at: datetime) -> None:
    """解除冻结. Raises NotFound, NotYoursToFreeze, NotFrozen."""
    licence = _locked(licence)
    access.require_freeze(licence, by=by, at=at)
    if not Freeze.objects.filter(licence=licence, lifted_at=None).update(lifted_at=at, lifted_by=by.account):
        raise NotFrozen
    record(subject_chain(licence.holder_id), "licence_freeze_lifted", by=by, at=at, licence=licence.pk)


def _locked(licence: Licence) -> Licence:
    return Licence.objects.select_for_update(of=("self",)).select_related("kind", "agency", "holder").get(pk=licence.pk)
