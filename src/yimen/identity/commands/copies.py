"""A copy of all one's data: asked for, filled by a job, fetched for some days, then thrown away (个人信息保护法 45)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from yimen.files.choices import ZIP, Kind
from yimen.files.commands import discard, store
from yimen.identity import access
from yimen.identity.events import CopyAsked, CopyReady
from yimen.identity.models import CopyPart, DataCopy, Subject
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Forbidden, Refusal
from yimen.kit.events import speak
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record


class CopyUnderWay(Refusal):
    code = "copy_under_way"
    sentence = "您申请的副本正在生成，好了会给您发消息。"


class CopyGone(Refusal):
    code = "copy_gone"
    sentence = "这份副本已经过了下载期限，需要的话请重新申请。"
    status = 410


@command
def ask_copy(subject: Subject, *, by: Actor, at: datetime) -> DataCopy:
    """Ask for everything that the city holds about oneself, or about the firm one represents.

    Raises Forbidden, CopyUnderWay. Speaks CopyAsked.
    """
    if by.user is None or not access.speaks_for(by, subject.pk, at):
        raise Forbidden
    try:
        with transaction.atomic():
            row = DataCopy.objects.create(subject=subject, asked_at=at, asked_by_id=by.user)
    except IntegrityError as twice:
        raise CopyUnderWay from twice
    record(subject_chain(subject.pk), "copy_asked", by=by, at=at, copy=row.pk)
    speak(CopyAsked(row.pk, at))
    return row


@command
def fill_copy(copy: DataCopy, archives: Iterable[bytes], *, by: Actor, at: datetime) -> DataCopy:
    """The job has gathered it: archives, each small enough to be kept as a file. Twice done it is done once.

    Speaks CopyReady.
    """
    row = DataCopy.objects.select_for_update().get(pk=copy.pk)
    chain = subject_chain(row.subject_id)
    if row.ready_at is None:
        for number, archive in enumerate(archives, start=1):
            name = f"我的数据-{at:%Y%m%d}-{number}.zip"
            file = store(name=name, content=archive, about=chain, kind=Kind.PRODUCED, known=ZIP, by=by, at=at)
            CopyPart.objects.create(copy=row, number=number, file=file, size=file.size)
        row.ready_at, row.until = at, at + timedelta(days=settings.YIMEN_COPY_DAYS)
        row.save(update_fields=["ready_at", "until"])
        speak(CopyReady(row.pk, row.subject_id, at))
    record(chain, "copy_ready", by=by, at=at, copy=row.pk, parts=row.parts.count(), until=row.until)
    return row


@command
def fetch_copy(part: CopyPart, *, by: Actor, at: datetime) -> CopyPart:
    """Who asked for it takes it, while they still may; every time is written down. Raises Forbidden, CopyGone."""
    copy = part.copy
    if by.user != copy.asked_by_id or not access.speaks_for(by, copy.subject_id, at):
        raise Forbidden
    if part.file_id is None or copy.until is None or copy.until <= at:
        raise CopyGone
    record(subject_chain(copy.subject_id), "copy_fetched", by=by, at=at, copy=copy.pk, part=part.number)
    return part


@command
def drop_copy(copy: DataCopy, *, by: Actor, at: datetime) -> None:
    """Its days are over: the archives go, that there was a copy stays."""
    row = DataCopy.objects.select_for_update().get(pk=copy.pk)
    chain = subject_chain(row.subject_id)
    for part in row.parts.select_related("file").exclude(file=None):
        file = part.file
        part.file = None
        part.save(update_fields=["file"])
        if file is not None:
            discard(file, about=chain, by=by, at=at)
    row.gone_at = at
    row.save(update_fields=["gone_at"])
    record(chain, "copy_dropped", by=by, at=at, copy=row.pk)
