"""Sending and reading messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.ledger import commands as ledger
from yimen.ledger.choices import subject_chain
from yimen.notices.models import Dispatch, Message
from yimen.notices.ports import CHANNELS


@command
def send(*, subject: int, about: str, title: str, body: str, once: str, by: Actor, at: datetime) -> Message:
    """Put a message into the subject's own space and hand it to every plugged channel. `once`: told once only."""
    message, fresh = Message.objects.get_or_create(
        once=once, defaults={"subject_id": subject, "about": about, "title": title, "body": body, "sent_at": at}
    )
    if fresh:
        for channel in CHANNELS:
            _hand_over(message, channel, at)
    ledger.record(subject_chain(subject), "told" if fresh else "told-already", by=by, at=at, about=about, title=title)
    return message


@command
def mark_read(message: Message, *, by: Actor, at: datetime) -> None:
    """The subject has opened the message."""
    if message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])
    ledger.record(subject_chain(message.subject_id), "read", by=by, at=at, message=message.pk)


@command
def mark_seen(messages: Sequence[Message], *, by: Actor, at: datetime) -> None:
    """The person has a page of messages before them: those not read before are read now."""
    fresh = [message for message in messages if message.read_at is None]
    Message.objects.filter(pk__in=[message.pk for message in fresh], read_at=None).update(read_at=at)
    for subject in sorted({message.subject_id for message in messages}):
        read = [message.pk for message in fresh if message.subject_id == subject]
        ledger.record(subject_chain(subject), "read", by=by, at=at, messages=read)


def _hand_over(message: Message, channel: object, at: datetime) -> None:
    dispatch = Dispatch(message=message, channel=channel.name)  # type: ignore[attr-defined]
    try:
        channel.hand_over(subject=message.subject_id, title=message.title, body=message.body)  # type: ignore[attr-defined]
        dispatch.handed_over_at = at
    except Exception as failure:  # a carrier's fault must not undo the message: it stays visible as a failed row
        dispatch.failure = str(failure)[:300]
    dispatch.save()
