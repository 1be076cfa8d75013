"""What people say in a consultation: taken from anybody, never deleted; what may not be read is hidden, with why."""

from __future__ import annotations

from datetime import datetime, timedelta

from yimen.catalog import access
from yimen.catalog.choices.consulting import ConsultationState, consultation_chain
from yimen.catalog.models import Comment, Consultation
from yimen.catalog.queries.consulting import NoSuchConsultation, number_of, state_of
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, NotFound, Refusal
from yimen.kit.time import day_of
from yimen.law.masking import mask_name
from yimen.law.said import said
from yimen.ledger.commands import count_attempt, record

LONGEST, LONGEST_NAME, LONGEST_CONTACT = 2000, 40, 100
PER_HOUR = 5
# Two people who sign with no name may say the same; nobody does so twice within a minute but by a double click.
SAME_BREATH = timedelta(minutes=1)


class NotOpen(Refusal):
    code = "consultation_not_open"
    sentence = "现在不在征求意见的期限内，意见没有提交。"


class SaidAlready(Refusal):
    code = "comment_repeated"
    sentence = "同样的意见已经收到（第 {number} 号），不用再提交。"


class NoSuchComment(NotFound):
    code = "no_such_comment"
    sentence = "没有找到这条意见。"


class HiddenAlready(Refusal):
    code = "comment_hidden"
    sentence = "这条意见已经隐藏。"


@command
def comment(
    consultation: Consultation,
    *,
    text: str,
    name: str = "",
    contact: str = "",
    asker: str,
    by: Actor,
    at: datetime,
) -> Comment:
    """Say something while the consultation is open. Anybody, signed in or not.

    name: shown masked and kept only so; "" is anonymous. contact: for questions of the agency, sealed. asker: account
    or address, by which they are counted. Raises NotOpen, SaidAlready, TooOften, Invalid.
    """
    row = Consultation.objects.select_for_update(of=("self",)).filter(pk=consultation.pk).first()
    if row is None:
        raise NoSuchConsultation
    if state_of(row, day_of(at)) != ConsultationState.OPEN:
        raise NotOpen
    words = _sound(text, name, contact)
    same = row.comments.filter(text=words, subject=by.subject).order_by("-id").first()
    if same is not None and (by.subject is not None or at - same.said_at < SAME_BREATH):
        raise SaidAlready(number=number_of(same))
    count_attempt(f"comment:{asker}", at=at, limit=PER_HOUR, hourly=True)
    made = Comment.objects.create(
        consultation=row,
        said_at=at,
        text=words,
        name=mask_name(name.strip()),
        contact=contact.strip(),
        subject=by.subject,
    )
    anybody = Actor(channel=by.channel)
    record(consultation_chain(row.pk), "comment_received", by=anybody, at=at, comment=made.pk, length=len(words))
    return made


@command
def hide_comment(comment: Comment, *, reason: str, by: Actor, at: datetime) -> Comment:
    """Nobody but the agency reads it any more; its number stays, with why.

    Who: an editor whose post reaches the agency. Raises Forbidden, HiddenAlready, Invalid.
    """
    row = _locked(comment, by)
    if row.hidden_at is not None:
        raise HiddenAlready
    if not 4 <= len(reason.strip()) <= 200:
        raise Invalid([{"field": "reason", "code": "reason_missing", "message": "请写明隐藏的理由，4 至 200 个字。"}])
    row.hidden_at, row.hidden_because = at, reason.strip()
    row.save(update_fields=["hidden_at", "hidden_because"])
    chain = consultation_chain(row.consultation_id)
    record(chain, "comment_hidden", by=by, at=at, ground=row.hidden_because, comment=row.pk)
    return row


@command
def show_comment(comment: Comment, *, by: Actor, at: datetime) -> Comment:
    """Take the hiding back. Who: as for hiding. Raises Forbidden, NoSuchComment."""
    row = _locked(comment, by)
    row.hidden_at, row.hidden_because = None, ""
    row.save(update_fields=["hidden_at", "hidden_because"])
    record(consultation_chain(row.consultation_id), "comment_shown", by=by, at=at, comment=row.pk)
    return row


@command
def read_contact(comment: Comment, *, by: Actor, at: datetime) -> str:
    """How to reach whoever said it; that it was read is written down. Who: as for hiding. Raises Forbidden."""
    row = _locked(comment, by)
    record(consultation_chain(row.consultation_id), "comment_contact_read", by=by, at=at, comment=row.pk)
    return str(row.contact or "")


def _locked(comment: Comment, by: Actor) -> Comment:
    rows = Comment.objects.select_related("consultation__item").select_for_update(of=("self",))
    found = rows.filter(pk=comment.pk).first()
    if found is None:
        raise NoSuchComment
    access.require_editor(by, found.consultation.item.agency_id)
    return found


def _sound(text: str, name: str, contact: str) -> str:
    words = text.replace("\x00", "").replace("\r\n", "\n").strip()
    errors = []
    if len(words) < 5:
        errors.append(("text", "text_too_short", said("请写下您的意见，不少于 5 个字。")))
    if len(words) > LONGEST:
        errors.append(
            (
                "text",
                "text_too_long",
                said("意见最长 {most} 个字，现在是 {count} 个字。", most=LONGEST, count=len(words)),
            )
        )
    if len(name) > LONGEST_NAME:
        errors.append(("name", "name_too_long", said("称呼最长 {most} 个字。", most=LONGEST_NAME)))
    if len(contact) > LONGEST_CONTACT:
        errors.append(("contact", "contact_too_long", said("联系方式最长 {most} 个字。", most=LONGEST_CONTACT)))
    if errors:
        raise Invalid([{"field": field, "code": code, "message": message} for field, code, message in errors])
    return words
