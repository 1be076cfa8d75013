"""Files that come with a workbook, one by one or in a zip: looked at before anything is kept, kept for the next try."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING

from yimen.applications.models import Batch, BatchFile
from yimen.applications.queries.batches.sent import Files, SentFile, called, files_of
from yimen.applications.queries.batches.state import MENDED_WITHIN
from yimen.files import commands as files
from yimen.kit.actor import Actor
from yimen.kit.archives import name_in
from yimen.kit.errors import Refusal

if TYPE_CHECKING:
    from yimen.catalog.models import Edition
    from yimen.files.models import StoredFile
    from yimen.identity.models import Subject

Upload = tuple[str, "IO[bytes] | bytes"]
MOST_FILES, MOST_UNPACKED = 1000, 400 * 1024 * 1024


class BadArchive(Refusal):
    code = "batch_archive_unreadable"
    sentence = "压缩包不完整、已损坏或者设有密码，请重新打包（zip 格式）后上传。"
    status = 422


class TooManyFiles(Refusal):
    code = "batch_too_many_files"
    sentence = "一起上传的文件太多：最多 {most} 个，共 {mb} MB。请把申请分成几批。"
    status = 422


def available(edition: Edition, subject: Subject, sent: Iterable[Upload], at: datetime) -> Files:
    """What cells may name: what was sent now, and what came with the last workbook under a name that wasn't sent.

    Raises BadArchive, TooManyFiles; what is wrong with a file itself is said where a cell names it.
    """
    fresh = [_looked(name, content) for name, content in _members(sent)]
    names = {called(each.name) for each in fresh}
    recent = Batch.objects.filter(subject=subject, item=edition.item_id, begun_at__gte=at - MENDED_WITHIN)
    last = recent.filter(dropped_at=None).order_by("-id").first()
    carried = [each for each in (files_of(last) if last else []) if called(each.name) not in names]
    if len(fresh) + len(carried) > MOST_FILES:
        raise _too_many()
    return Files([*fresh, *carried])


def keep(batch: Batch, found: Files, *, by: Actor, at: datetime) -> dict[str, StoredFile]:
    """Each sound one once, with the batch: {key that stands in the answers: the stored file}."""
    about = f"batches:{batch.subject_id}"
    known = {each.key: each.stored for each in found.all if each.stored is not None}
    rows = []
    for each in found.all:
        if each.problem is None:
            if each.key not in known:
                known[each.key] = files.store(
                    name=each.name, content=each.content, known=each.media, by=by, at=at, about=about
                )
            rows.append(BatchFile(batch=batch, name=each.name, file=known[each.key]))
    BatchFile.objects.bulk_create(rows)
    return known


def _looked(name: str, content: bytes) -> SentFile:
    digest = hashlib.sha256(content).hexdigest()
    try:
        data, media = files.checked(content)
    except Refusal as refused:
        return SentFile(name, digest, problem=(refused.code, refused.detail))
    return SentFile(name, digest, data, media)


def _members(sent: Iterable[Upload]) -> Iterator[tuple[str, bytes]]:
    """The files themselves, those of archives among them; of no other file more than may be kept."""
    room = MOST_UNPACKED
    for name, content in sent:
        data = content if isinstance(content, bytes) else content.read(room + 1)
        inside = _unpacked(data, room) if name.casefold().endswith(".zip") else [(name, data)]
        for each, bare in inside:
            room -= len(bare)
            if room < 0:
                raise _too_many()
            yield _plain(each), bare


def _unpacked(data: bytes, room: int) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir() and "__MACOSX" not in each.filename]
            if len(members) > MOST_FILES or sum(each.file_size for each in members) > room:
                raise _too_many()
            return [(name_in(each), archive.read(each)) for each in members]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError, NotImplementedError) as broken:
        raise BadArchive from broken


def _plain(name: str) -> str:
    return " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split())[:160] or "file"


def _too_many() -> TooManyFiles:
    return TooManyFiles(most=MOST_FILES, mb=MOST_UNPACKED // (1024 * 1024))
