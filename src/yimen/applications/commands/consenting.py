"""Whether what somebody wrote and handed in earlier may be used for other items: asked once, taken back at any time.

For the same item no consent is asked (国务院令第716号 art 7; 个人信息保护法 13(3), 34); another item needs it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yimen.applications import access
from yimen.applications.choices import WORDING, Channel, Said
from yimen.applications.models import ReuseConsent
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.ledger import commands as ledger
from yimen.ledger.choices import subject_chain

if TYPE_CHECKING:
    from yimen.identity.models import Subject


class AlreadyAgreed(Refusal):
    code = "reuse_already_agreed"
    sentence = "已经同意过了，不用重复同意。"


class NothingToRevoke(Refusal):
    code = "reuse_not_agreed"
    sentence = "现在没有生效的同意，不用撤回。"


@command
def give_consent(subject: Subject, *, channel: Channel, by: Actor, at: datetime) -> ReuseConsent:
    """Agree (同意) that earlier answers and papers are used for other items. 个人信息保护法 13, 14.

    Who may: the person, whoever speaks for a firm or ward, a clerk for whoever stands at the window.
    Raises MayNotConsent, AlreadyAgreed.
    """
    return _say(subject, Said.AGREED, channel, by, at)


@command
def decline_consent(subject: Subject, *, channel: Channel, by: Actor, at: datetime) -> ReuseConsent:
    """Say no; nobody asks again. Who may: as for give_consent. Raises MayNotConsent, AlreadyAgreed."""
    return _say(subject, Said.DECLINED, channel, by, at)


@command
def revoke_consent(subject: Subject, *, by: Actor, at: datetime) -> ReuseConsent:
    """Take it back (撤回): from now on nothing is used for other items. 个人信息保护法 15; what was done stays.

    Drafts show what came from other items and offer to take it out (take_out). Raises MayNotConsent, NothingToRevoke.
    """
    access.require_consenting(by, subject, at)
    given = _in_force(subject).first()
    if given is None:
        raise NothingToRevoke
    given.revoked_at, given.revoked_by_id = at, by.account
    given.save(update_fields=["revoked_at", "revoked_by"])
    ledger.record(subject_chain(subject.pk), "reuse_revoked", by=by, at=at, consent=given.pk)
    return given


def _say(subject: Subject, said: Said, channel: Channel, by: Actor, at: datetime) -> ReuseConsent:
    access.require_consenting(by, subject, at)
    access.require_channel(by, channel)
    if _in_force(subject).exists():
        raise AlreadyAgreed
    try:
        with transaction.atomic():
            row = ReuseConsent.objects.create(
                subject=subject, said=said, wording=WORDING, channel=channel, said_at=at, said_by_id=by.account
            )
    except IntegrityError as twice:
        raise AlreadyAgreed from twice
    ledger.record(subject_chain(subject.pk), f"reuse_{said}", by=by, at=at, wording=WORDING, channel=channel)
    return row


def _in_force(subject: Subject) -> QuerySet[ReuseConsent]:
    return ReuseConsent.objects.select_for_update(no_key=True).filter(
        subject__in=same_person(subject.pk), said=Said.AGREED, revoked_at=None
    )
