"""Files of data that staff load: too large to lie in memory, sealed piece by piece as they come in."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages

from yimen.files.choices import Kind, MediaType
from yimen.files.commands import names
from yimen.files.commands.refusals import EmptyFile, TooBig
from yimen.files.models import Content, StoredFile
from yimen.files.queries import FRAME
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import cipher
from yimen.ledger.commands import record


@command
def store_large(
    *, name: str, content: IO[bytes] | Any, known: MediaType, by: Actor, at: datetime, about: str
) -> StoredFile:
    """Keep a file of data, whatever its size up to YIMEN_BATCH_LIMIT; at no time more than a piece is in memory.

    Who: whoever the caller lets. known: its type; the caller has looked at the content. Equal contents are kept each
    for itself: nobody knows the digest before the end. Raises EmptyFile, TooBig.
    """
    pieces = _Pieces(content, settings.YIMEN_BATCH_LIMIT)
    path = storages["default"].save(f"{at:%Y%m}/{uuid.uuid4().hex}", File(cast(Any, pieces)))
    digest = pieces.digest.hexdigest()
    kept = Content(sha256=digest, path=path, made_at=at)
    Content.objects.bulk_create([kept], ignore_conflicts=True)
    winner = Content.objects.get(sha256=digest)
    if winner.path != path:
        storages["default"].delete(path)
    file = StoredFile.objects.create(
        sha256=digest,
        size=pieces.size,
        media_type=known.name,
        name=names.clean(name, known),
        path=winner.path,
        kind=Kind.UPLOADED,
        made_at=at,
        made_by=by.user,
    )
    record(about, "file_stored", by=by, at=at, file=str(file.id), sha256=digest, size=file.size, type=known.name)
    return file


class _Pieces:
    """What the storage reads: the frames of the sealed file, made while it reads them."""

    name = None

    def __init__(self, content: IO[bytes] | Any, limit: int) -> None:
        self.content, self.limit = content, limit
        self.size, self.digest = 0, hashlib.sha256()
        self._frames = self._sealed()

    def _sealed(self) -> Iterator[bytes]:
        while piece := _filled(self.content):
            self.size += len(piece)
            if self.size > self.limit:
                raise TooBig(limit_mb=self.limit // (1024 * 1024))
            self.digest.update(piece)
            frame = cipher().seal(piece)
            yield len(frame).to_bytes(4, "big") + frame
        if not self.size:
            raise EmptyFile

    def read(self, size: int = -1) -> bytes:
        """One frame, whatever was asked for: nobody but the storage reads this."""
        return next(self._frames, b"")


def _filled(content: IO[bytes] | Any) -> bytes:
    """A whole frame but at the end: readers reckon by that where each begins."""
    piece = bytes(content.read(FRAME))
    while piece and len(piece) < FRAME:
        more = content.read(FRAME - len(piece))
        if not more:
            break
        piece += more
    return piece
