"""Reading files. Who may read is asked by the room that owns the reference, before it comes here."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.http import StreamingHttpResponse

from yimen.files.models import StoredFile
from yimen.kit.crypto import NONCE, TAG, cipher
from yimen.kit.errors import NotFound

FRAME = 1024 * 1024
# What a frame takes in the store beyond its content: its length, the cipher's nonce and tag.
SEALING = 4 + NONCE + TAG


class Damaged(RuntimeError):
    """The bytes in the store are not those that were stored: somebody changed them, or the disk did."""


def stored_file(file_id: UUID | str) -> StoredFile:
    """The file's facts. Raises NotFound."""
    try:
        return StoredFile.objects.get(pk=file_id)
    except (StoredFile.DoesNotExist, ValidationError, ValueError) as absent:
        raise NotFound("没有找到这个文件。") from absent


def open_file(file_id: UUID | str) -> tuple[Iterator[bytes], StoredFile]:
    """The bytes, piece by piece, and the facts. Raises NotFound; Damaged while reading."""
    file = stored_file(file_id)
    return _pieces(file), file


def read_file(file_id: UUID | str) -> bytes:
    """All bytes at once: for small files and for the platform's own papers."""
    return b"".join(open_file(file_id)[0])


def seekable(file_id: UUID | str) -> IO[bytes]:
    """A large file to read anywhere in, one piece of it in memory: a zip of scans, a table of rows. Raises NotFound.

    Every frame proves itself; the digest over the whole is not asked, for nobody reads it whole.
    """
    return io.BufferedReader(_Seekable(stored_file(file_id)), FRAME)


class _Seekable(io.RawIOBase):
    """All frames but the last are of one length, so it is known where each begins."""

    def __init__(self, file: StoredFile) -> None:
        self.sealed, self.size, self.place = storages["default"].open(file.path, "rb"), file.size, 0
        self.held, self.piece = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.place = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.size}[whence])
        return self.place

    def tell(self) -> int:
        return self.place

    def readinto(self, buffer: Any) -> int:
        number, start = divmod(self.place, FRAME)
        if self.place >= self.size:
            return 0
        part = self._frame(number)[start : start + len(buffer)]
        buffer[: len(part)] = part
        self.place += len(part)
        return len(part)

    def close(self) -> None:
        self.sealed.close()
        super().close()

    def _frame(self, number: int) -> bytes:
        if self.held != number:
            self.sealed.seek(number * (FRAME + SEALING))
            length = int.from_bytes(self.sealed.read(4), "big")
            self.held, self.piece = number, cipher().open(self.sealed.read(length))
        return self.piece


def download(file_id: UUID | str, *, inline: bool = False) -> StreamingHttpResponse:
    """An answer that a browser saves, or shows (inline) if it is of a type in which nothing can run.

    The type is the one found in the content; sniffing is forbidden, so that a polyglot stays what we say it is.
    """
    pieces, file = open_file(file_id)
    way = "inline" if inline and file.is_inline else "attachment"
    return StreamingHttpResponse(
        pieces,
        content_type=file.media_type,
        headers={
            "Content-Length": str(file.size),
            "Content-Disposition": f"{way}; filename=\"{_ascii(file)}\"; filename*=UTF-8''{quote(file.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _ascii(file: StoredFile) -> str:
    """For programs that don't know RFC 5987; quotes and backslashes never reach it."""
    return f"file-{file.sha256[:8]}.{file.name.rsplit('.', 1)[-1]}"


def _pieces(file: StoredFile) -> Iterator[bytes]:
    digest = hashlib.sha256()
    with storages["default"].open(file.path, "rb") as sealed:
        for frame in _frames(sealed):
            piece = cipher().open(frame)
            digest.update(piece)
            yield piece
    if digest.hexdigest() != file.sha256:
        raise Damaged(str(file.id))


def _frames(sealed: IO[bytes]) -> Iterator[bytes]:
    while head := sealed.read(4):
        yield sealed.read(int.from_bytes(head, "big"))
