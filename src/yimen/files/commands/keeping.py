"""Storing a file: look at it, seal it, keep it once, write it down."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from yimen.files.choices import Kind, MediaType
from yimen.files.commands import names, types
from yimen.files.commands.refusals import EmptyFile, TooBig
from yimen.files.models import Content, StoredFile
from yimen.files.queries import FRAME
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import cipher
from yimen.ledger.commands import record, record_many

AT_ONCE = 1_000
# Held so that nobody discards it before our file is written down; many may hold it at once.
KNOWN = "SELECT * FROM files_content WHERE sha256 = %s FOR KEY SHARE"


def checked(content: bytes | IO[bytes] | Any) -> tuple[bytes, MediaType]:
    """What may be kept, and its type: for a caller who tells what is wrong and goes on.

    Raises TooBig, EmptyFile, UnknownType, BrokenFile, HasMacros, RunsByItself.
    """
    data = _read(content)
    return data, types.type_of(data)


@command
def store(
    *,
    name: str,
    content: bytes | IO[bytes] | Any,
    by: Actor,
    at: datetime,
    about: str,
    kind: str = Kind.UPLOADED,
    known: MediaType | None = None,
) -> StoredFile:
    """Keep a file. Anybody whom the caller lets.

    content: bytes or an open file (Django's uploads too). about: the ledger chain of what it belongs to (`case:4414…`).
    known: the type, where the caller has looked at the content itself (data that staff load).
    Raises TooBig, EmptyFile, UnknownType, BrokenFile, HasMacros, RunsByItself.
    """
    data = _read(content)
    media = known or types.type_of(data)
    kept = _keep_once(data, at)
    file = StoredFile.objects.create(
        sha256=kept.sha256,
        size=len(data),
        media_type=media.name,
        name=names.clean(name, media),
        path=kept.path,
        kind=kind,
        made_at=at,
        made_by=by.user,
    )
    record(about, "file_stored", by=by, at=at, file=str(file.id), sha256=file.sha256, size=file.size, type=media.name)
    return file


@command
def discard(file: StoredFile, *, by: Actor, at: datetime, about: str) -> None:
    """A file that nothing refers to any more; its content goes too, unless another file is made of the same bytes.

    Who: whoever the caller lets. The bytes go once this is committed.
    """
    discard_all([file.pk], by=by, at=at, about=about)


def discard_all(files: Iterable[UUID], *, by: Actor, at: datetime, about: str) -> None:
    """The same for those of many that are kept: one by one ten thousand took minutes."""
    # In one order, so that two who discard files of the same bytes wait for each other instead of dying of it.
    kept = list(StoredFile.objects.filter(pk__in=list(files)).order_by("sha256"))
    for start in range(0, len(kept), AT_ONCE):
        _discard(kept[start : start + AT_ONCE], by=by, at=at, about=about)


@command
def _discard(files: Sequence[StoredFile], *, by: Actor, at: datetime, about: str) -> None:
    digests = {file.sha256 for file in files}
    contents = list(Content.objects.select_for_update().filter(sha256__in=digests).order_by("sha256"))
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()
    told = ((about, {"file": str(file.pk), "sha256": file.sha256}) for file in files)
    record_many("file_discarded", told, by=by, at=at)
    needed = set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    gone = [content for content in contents if content.sha256 not in needed]
    Content.objects.filter(pk__in=[content.pk for content in gone]).delete()
    transaction.on_commit(lambda: _remove(gone))


def _remove(contents: Iterable[Content]) -> None:
    for content in contents:
        storages["default"].delete(content.path)


def _read(content: bytes | IO[bytes] | Any) -> bytes:
    limit = settings.YIMEN_UPLOAD_LIMIT
    data = content if isinstance(content, bytes) else bytes(content.read(limit + 1))
    if not data:
        raise EmptyFile
    if len(data) > limit:
        raise TooBig(limit_mb=limit // (1024 * 1024))
    return data


def _keep_once(data: bytes, at: datetime) -> Content:
    """The content's row; of two equal ones that arrive together the database keeps one, and the other's bytes go.

    The bytes are written before the row: a crash between leaves bytes without a row, which `tasks.sweep` removes.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = next(iter(Content.objects.raw(KNOWN, [digest])), None)
    if known:
        return known
    path = storages["default"].save(f"{at:%Y%m}/{uuid.uuid4().hex}", ContentFile(_sealed(data)))
    fresh = Content(sha256=digest, path=path, made_at=at)
    Content.objects.bulk_create([fresh], ignore_conflicts=True)
    winner = Content.objects.get(sha256=digest)
    if winner.path != path:
        storages["default"].delete(path)
    return winner


def _sealed(data: bytes) -> bytes:
    """Frames, each sealed by itself, so that reading a large file needs little memory."""
    frames = (cipher().seal(data[start : start + FRAME]) for start in range(0, len(data), FRAME))
    return b"".join(len(frame).to_bytes(4, "big") + frame for frame in frames)
