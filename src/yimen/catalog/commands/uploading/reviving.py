"""A worker that ended in the middle: the upload is taken up again by itself, or told to have failed; old ones go."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from yimen.catalog import access, events
from yimen.catalog.choices.uploading import SILENCE
from yimen.catalog.commands.uploading.taking import StillWorking, lock_upload, upload_chain
from yimen.catalog.models import Upload
from yimen.files.commands import discard
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.events import speak
from yimen.ledger.commands import record
from yimen.ledger.queries import story

MOST_REVIVALS = 3
GAVE_UP = "后台处理连续中断，没有导入任何内容。可以点“重新开始”再试一次；仍然不行的，请联系管理员。"


@command
def revive_upload(upload: Upload, *, by: Actor, at: datetime) -> None:
    """Nothing was loaded: begin anew; after several times give up, and say so. Who: the platform.

    Raises StillWorking.
    """
    access.require_release(by)
    upload = lock_upload(upload)
    if not upload.working or upload.moved_at >= at - SILENCE:
        raise StillWorking
    if _revivals(upload) >= MOST_REVIVALS:
        upload.refused = GAVE_UP
        upload.save(update_fields=["refused"])
        record(upload_chain(upload.pk), "upload_gave_up", by=by, at=at, reason=GAVE_UP)
        return
    begin_anew(upload, upload.begun_by if not upload.confirmed_at else _confirmed_by(upload), at)
    record(upload_chain(upload.pk), "upload_revived", by=by, at=at)


@command
def restart_upload(upload: Upload, *, by: Actor, at: datetime) -> None:
    """The same by hand, also where the platform has given up. Raises Forbidden, StillWorking."""
    upload = lock_upload(upload)
    access.require_upload(by, upload.agencies)
    if upload.refused != GAVE_UP and (not upload.working or upload.moved_at >= at - SILENCE):
        raise StillWorking
    upload.refused = ""
    begin_anew(upload, by.account, at)
    record(upload_chain(upload.pk), "upload_restarted", by=by, at=at)


@command
def remove_upload(upload: Upload, *, by: Actor, at: datetime) -> None:
    """An old upload goes with its findings and its file; what was loaded of it stays, and so does its story.

    Who: the platform. Raises StillWorking.
    """
    access.require_release(by)
    upload = lock_upload(upload)
    if upload.working:
        raise StillWorking
    number, file = upload.pk, upload.file
    upload.delete()
    discard(file, by=by, at=at, about=upload_chain(number))
    record(upload_chain(number), "upload_removed", by=by, at=at)


def begin_anew(upload: Upload, user: int, at: datetime) -> None:
    """The worker is asked again, for whoever asked for it."""
    upload.moved_at, upload.done = at, 0
    upload.save(update_fields=["moved_at", "done", "refused"])
    if upload.confirmed_at:
        speak(events.UploadConfirmed(upload.pk, user, at))
    else:
        speak(events.UploadBegun(upload.pk, at))


def kept_since(at: datetime) -> datetime | None:
    """Older uploads go; None: they are kept for ever."""
    days = settings.YIMEN_UPLOAD_DAYS
    return at - timedelta(days=days) if days else None


def _revivals(upload: Upload) -> int:
    """In a row, since somebody last had a hand in it."""
    verbs = [line.verb for line in story(upload_chain(upload.pk))]
    return next((count for count, verb in enumerate(reversed(verbs)) if verb != "upload_revived"), len(verbs))


def _confirmed_by(upload: Upload) -> int:
    """Whoever confirmed it, or began it anew after that."""
    lines = story(upload_chain(upload.pk))
    asked = [line.by.get("user") for line in lines if line.verb in ("upload_confirmed", "upload_restarted")]
    return next((user for user in reversed(asked) if user), upload.begun_by)
