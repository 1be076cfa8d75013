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
from yimen.identity.access import speaks_for
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
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
def give_consent(
    subject: Subject, *, channel: Channel, by: Actor, at: datetime, voice: str | None = None
) -> ReuseConsent:
    """Agree (同意) that earlier answers and papers are used for other items. 个人信息保护法 13, 14.

    Who may: the person, whoever speaks for a firm or ward, a clerk for whoever stands at the window; then voice says
    who that is (left out: the person themselves). Raises MayNotConsent, AlreadyAgreed, Invalid.
    """
    return _say(subject, Said.AGREED, channel, by, at, voice)


@command
def decline_consent(
    subject: Subject, *, channel: Channel, by: Actor, at: datetime, voice: str | None = None
) -> ReuseConsent:
    """Say no; nobody asks again. Who may: as for give_consent. Raises MayNotConsent, AlreadyAgreed, Invalid."""
    return _say(subject, Said.DECLINED, channel, by, at, voice)


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
    ledger.record(subject_chain(subject.pk), "reuse_revoked", by=by.acting_for(subject.pk), at=at, consent=given.pk)
    return given


def _say(subject: Subject, said: Said, channel: Channel, by: Actor, at: datetime, voice: str | None) -> ReuseConsent:
    access.require_consenting(by, subject, at)
    access.require_channel(by, channel)
    heard = _heard(subject, by, at, voice)
    if _in_force(subject).exists():
        raise AlreadyAgreed
    try:
        with transaction.atomic():
            row = ReuseConsent.objects.create(
                subject=subject, said=said, wording=WORDING, channel=channel, said_at=at, said_by_id=by.account,
                voice=heard, window_id=by.window if heard else None,
            )  # fmt: skip
    except IntegrityError as twice:
        raise AlreadyAgreed from twice
    ledger.record(
        subject_chain(subject.pk),
        f"reuse_{said}",
        by=by.acting_for(subject.pk),
        at=at,
        wording=WORDING,
        channel=channel,
        voice=heard,
    )
    return row


def _heard(subject: Subject, by: Actor, at: datetime, voice: str | None) -> str:
    """Whose word a clerk writes down; "" of those who say it themselves. A firm speaks through somebody."""
    if speaks_for(by, subject.pk, at):
        return ""
    heard = subject.name if voice is None else voice.strip()
    if not heard:
        raise Invalid([{"field": "voice", "code": "voice_missing", "message": "请填写是谁在窗口表示的。"}])
    return heard[:120]


def _in_force(subject: Subject) -> QuerySet[ReuseConsent]:
    return ReuseConsent.objects.select_for_update(no_key=True).filter(
        subject__in=same_person(subject.pk), said=Said.AGREED, revoked_at=None
    )
