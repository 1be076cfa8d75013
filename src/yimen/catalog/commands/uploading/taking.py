"""An upload is taken in, confirmed, given up, begun anew."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from django.conf import settings

from yimen.catalog import access, events
from yimen.catalog.choices import UploadForm, UploadState, UploadWork
from yimen.catalog.choices.uploading import SILENCE
from yimen.catalog.models import Upload
from yimen.catalog.queries.workbook import Unreadable, require_workbook
from yimen.files.choices import JSON, XLSX, ZIP
from yimen.files.commands import store
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.events import speak
from yimen.law.said import said
from yimen.ledger.commands import record

TYPES = {UploadForm.XLSX: XLSX, UploadForm.JSON: JSON, UploadForm.ZIP: ZIP}


class WrongFile(Refusal):
    """Neither a workbook nor documents."""

    code = "upload_wrong_file"
    sentence = "请上传 Excel 工作簿（.xlsx）、JSON 文件或者由 JSON 文件组成的 zip。"
    status = 422


class NotConfirmable(Refusal):
    code = "upload_not_confirmable"
    sentence = "这次上传现在是“{state}”，不能导入。"


class StillWorking(Refusal):
    code = "upload_still_working"
    sentence = "后台还在处理，不需要重新开始。"


class AgencyBusy(Refusal):
    code = "upload_agency_busy"
    sentence = "{name}上传的“{file}”正在导入同一部门的事项，请等它完成后再试。"


def upload_chain(number: int) -> str:
    """The ledger chain of an upload."""
    return f"upload:{number}"


@command
def begin_upload(content: bytes, *, name: str, by: Actor, at: datetime) -> Upload:
    """Take a file in; the worker then looks at it. Who: an editor. Speaks UploadBegun.

    Raises Forbidden, WrongFile, Unreadable (with what the file is instead), TooBig.
    """
    access.require_upload(by)
    form = form_of(content, name)
    upload = Upload.objects.create(
        file=store(name=name, content=content, by=by, at=at, about="uploads", known=TYPES[form]),
        form=form,
        office_id=by.office,
        begun_at=at,
        begun_by=by.account,
        begun_by_name=by.name,
        moved_at=at,
    )
    record(upload_chain(upload.pk), "upload_begun", by=by, at=at, file=str(upload.file_id), form=form)
    speak(events.UploadBegun(upload.pk, at))
    return upload


def form_of(content: bytes, name: str) -> UploadForm:
    """In which form a file is, by its content. Raises WrongFile, Unreadable, TooBig."""
    limit = settings.YIMEN_UPLOAD_LIMIT
    if len(content) > limit:
        raise WrongFile("文件超过 {limit_mb} MB，请按部门分成几个文件。", limit_mb=limit // 1024 // 1024)
    if not content:
        raise WrongFile("文件是空的，请检查后重新上传。")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return UploadForm.JSON
    if content.startswith(b"PK\x03\x04") and not _office(content):
        return UploadForm.ZIP
    ending = name.lower().rsplit(".", 1)[-1]
    if ending == "json":
        raise WrongFile("这个文件的内容不是 JSON。")
    require_workbook(content)
    return UploadForm.XLSX


def _office(content: bytes) -> bool:
    """A zip that is a document of an office program. Raises Unreadable for a broken one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise Unreadable from broken


@command
def confirm_upload(upload: Upload, *, by: Actor, at: datetime) -> Upload:
    """What was found fit is to be loaded. Who: an editor whose post reaches all its agencies. Speaks UploadConfirmed.

    Raises Forbidden, NotConfirmable, AgencyBusy.
    """
    upload = lock_upload(upload)
    access.require_upload(by, upload.agencies)
    if upload.state != UploadState.READY or not _changes(upload):
        raise NotConfirmable(state=said(str(upload.state.label)))
    _require_free(upload, at)
    upload.confirmed_at, upload.moved_at, upload.doing, upload.done = at, at, UploadWork.LOAD, 0
    upload.total = _changes(upload)
    upload.save(update_fields=["confirmed_at", "moved_at", "doing", "done", "total"])
    record(upload_chain(upload.pk), "upload_confirmed", by=by, at=at, counts=upload.counts)
    speak(events.UploadConfirmed(upload.pk, by.account, at))
    return upload


@command
def drop_upload(upload: Upload, *, by: Actor, at: datetime) -> None:
    """Give an upload up; nothing was loaded. Who: an editor whose post reaches its agencies. Raises NotConfirmable."""
    upload = lock_upload(upload)
    access.require_upload(by, upload.agencies)
    busy = upload.state == UploadState.LOADING and upload.moved_at >= at - SILENCE
    if busy or upload.state in (UploadState.LOADED, UploadState.DROPPED):
        raise NotConfirmable("这次上传现在是“{state}”，不能放弃。", state=said(str(upload.state.label)))
    upload.dropped_at = at
    upload.save(update_fields=["dropped_at"])
    upload.items.all().delete()
    record(upload_chain(upload.pk), "upload_dropped", by=by, at=at)


def lock_upload(upload: Upload) -> Upload:
    """As it is now, and nobody else at it."""
    return Upload.objects.select_for_update(of=("self",)).select_related("file").get(pk=upload.pk)


def _changes(upload: Upload) -> int:
    return int(upload.counts.get("new", 0)) + int(upload.counts.get("changed", 0))


def _require_free(upload: Upload, at: datetime) -> None:
    """Of two uploads about one agency the second waits until the first is in; a dead one holds nobody up."""
    others = Upload.objects.select_related("file").filter(
        confirmed_at__isnull=False, loaded_at=None, dropped_at=None, refused="", moved_at__gte=at - SILENCE,
        agencies__overlap=upload.agencies,
    )  # fmt: skip
    other = others.exclude(pk=upload.pk).first()
    if other is not None:
        raise AgencyBusy(name=other.begun_by_name, file=other.file.name)
