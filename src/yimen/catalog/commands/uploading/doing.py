"""What the worker does with an upload: it looks at it whole, and loads it once that was confirmed."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from yimen.catalog.choices import UploadState, UploadWork
from yimen.catalog.commands.uploading.examining import Examined, Found, examine
from yimen.catalog.commands.uploading.loading import load_items
from yimen.catalog.commands.uploading.progress import Progress
from yimen.catalog.commands.uploading.taking import upload_chain
from yimen.catalog.models import Upload, UploadItem
from yimen.files.queries import read_file
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.locks import wait_turn
from yimen.ledger.commands import record

log = logging.getLogger(__name__)
BATCH = 200
LOADING = "catalog.uploads"
UNEXPECTED = "处理时出了意外的错误，没有导入任何内容。请稍后重新上传；仍然不行的，请联系管理员。"


def check_upload(upload: Upload, *, by: Actor, at: datetime) -> None:
    """Look at an upload whole and write down what was found. by: whoever sent it, with the rights of now."""
    if upload.state != UploadState.CHECKING:
        return
    try:
        with Progress(upload.pk) as tell:
            examined = examine(read_file(upload.file_id), upload.form, by=by, tell=tell)
        _note_check(upload, examined, by=by, at=at)
    except Refusal as refused:
        _note_refusal(upload, refused.detail, by=by, at=at)
    except Exception:
        _note_refusal(upload, UNEXPECTED, by=by, at=at)
        raise


def load_upload(upload: Upload, *, by: Actor, at: datetime) -> None:
    """Load what was confirmed: all of it, or nothing and the reason is written down. by: whoever confirmed it."""
    if upload.state != UploadState.LOADING:
        return
    try:
        with Progress(upload.pk) as tell:
            _load(upload, tell, by=by, at=at)
    except Refusal as refused:
        _note_refusal(upload, refused.detail, by=by, at=at)
    except Exception:
        _note_refusal(upload, UNEXPECTED, by=by, at=at)
        raise


@command
def _load(upload: Upload, tell: Any, *, by: Actor, at: datetime) -> None:
    """One loading at a time in the whole city: what was checked is compared with what is there, and nothing moves."""
    wait_turn(LOADING)
    total = upload.items.exclude(document=None).count()
    count = load_items(upload, by=by, at=at, tell=lambda done: tell(UploadWork.LOAD, done, total))
    still = Upload.objects.filter(pk=upload.pk, loaded_at=None, dropped_at=None, refused="")
    if not still.update(loaded_at=at, doing=UploadWork.LOAD, done=count, total=total):
        raise Refusal("这次上传已经处理过了。")
    upload.items.update(document=None)
    record(upload_chain(upload.pk), "upload_loaded", by=by, at=at, items=count)


@command
def _note_check(upload: Upload, examined: Examined, *, by: Actor, at: datetime) -> None:
    """The outcome, unless another worker that began anew was quicker."""
    fresh = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    record(
        upload_chain(upload.pk), "upload_checked", by=by, at=at,
        items=len(examined.items), problems=examined.problem_count, counts=examined.counts,
    )  # fmt: skip
    if fresh.state != UploadState.CHECKING:
        return
    fresh.checked_at = fresh.moved_at = at
    fresh.problems, fresh.problem_count = examined.problems, examined.problem_count
    fresh.counts, fresh.ignored = examined.counts, [name[:200] for name in examined.ignored[:50]]
    fresh.agencies = sorted({found.agency for found in examined.items})
    fresh.done = fresh.total = len(examined.items)
    fresh.doing = UploadWork.CHECK
    fresh.save()
    fresh.items.all().delete()
    if not examined.problem_count:
        UploadItem.objects.bulk_create(
            (_line(fresh, place, found) for place, found in enumerate(examined.items)), batch_size=BATCH
        )


def _line(upload: Upload, place: int, found: Found) -> UploadItem:
    return UploadItem(
        upload=upload,
        place=place,
        slug=found.slug,
        name=found.name,
        agency_id=found.agency,
        outcome=found.outcome,
        standing=found.standing,
        document=found.document,
        changes=[list(change) for change in found.changes],
        change_count=found.change_count,
    )


@command
def _note_refusal(upload: Upload, reason: str, *, by: Actor, at: datetime) -> None:
    """Why it could not be read or loaded; nothing of it was loaded."""
    Upload.objects.filter(pk=upload.pk, loaded_at=None).update(refused=reason, moved_at=at)
    upload.items.update(document=None)
    record(upload_chain(upload.pk), "upload_refused", by=by, at=at, reason=reason)
