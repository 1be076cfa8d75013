"""Once is enough: a POST that bears an Idempotency-Key has its effect once and is answered alike each time.

The answer is kept in the transaction of the effect, so both exist or neither. A second request with the same key waits
for the first one at the unique key of the store. A refused request had no effect and leaves no trace of its key.
Where answers are kept is not this room's business: a room with tables plugs in a store.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from yimen.kit.errors import Refusal

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)
_FIRST_FAILURE = 300


class KeyConflict(Refusal):
    code = "idempotency_conflict"
    sentence = "这个 Idempotency-Key 已经用于另一个不同的请求，请换一个新的值。"


class BadKey(Refusal):
    code = "bad_idempotency_key"
    sentence = "Idempotency-Key 应为 1 至 200 个可见的英文字符。"
    status = 400


@dataclass(frozen=True)
class Kept:
    """An answer that was given. request: hash of the request it answers."""

    request: str
    status: int
    body: bytes
    content_type: str


class Store(Protocol):
    """Where answers are kept."""

    def claim(self, asker: int, key: str, request: str, at: datetime) -> Kept | None:
        """Reserve the key within this transaction (None), or the answer that was given to it before."""

    def keep(self, asker: int, key: str, kept: Kept) -> None:
        """Fill in the answer of a claimed key."""


_stores: list[Store] = []
_waiting: ContextVar[list[Callable[[], object]] | None] = ContextVar("waiting", default=None)


def plug_store(store: Store) -> None:
    _stores[:] = [store]


def once(
    request: HttpRequest, answer: Callable[[], HttpResponseBase], *, asker: int | None, at: datetime
) -> HttpResponseBase:
    """Answer, or answer again. Raises KeyConflict for a key that came with another request, BadKey."""
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None or asker is None or not _stores:
        return answer()
    if not _KEY.fullmatch(key):
        raise BadKey
    digest = hashlib.sha256(b"\0".join(_parts(request))).hexdigest()
    waiting: list[Callable[[], object]] = []
    token = _waiting.set(waiting)
    try:
        return _answered(answer, asker, key, digest, at)
    finally:
        _waiting.reset(token)
        for call in waiting:
            call()


def _answered(
    answer: Callable[[], HttpResponseBase], asker: int, key: str, digest: str, at: datetime
) -> HttpResponseBase:
    with transaction.atomic():
        kept = _stores[0].claim(asker, key, digest, at)
        if kept is not None:
            return _again(kept, digest)
        response = answer()
        if response.status_code >= _FIRST_FAILURE or not isinstance(response, HttpResponse):
            transaction.set_rollback(True)
            return response
        kind = response.headers.get("Content-Type", "application/json")
        _stores[0].keep(asker, key, Kept(digest, response.status_code, response.content, kind))
    return response


def beside(call: Callable[[], object]) -> None:
    """Do something that stays done when the request is refused: that somebody tried is written down all the same.

    At once, or, where a key holds everything in one transaction, as soon as that has ended.
    """
    waiting = _waiting.get()
    if waiting is None:
        call()
    else:
        waiting.append(call)


def _again(kept: Kept, digest: str) -> HttpResponse:
    if kept.request != digest:
        raise KeyConflict
    response = HttpResponse(kept.body, status=kept.status, content_type=kept.content_type)
    response.headers[REPLAYED] = "true"
    return response


def _parts(request: HttpRequest) -> Iterator[bytes]:
    """What makes two requests the same. A form's boundary differs each time, so its parts are compared."""
    yield f"{request.method} {request.get_full_path()}".encode()
    if not (request.content_type or "").startswith("multipart/"):
        yield _canonical(request.body)
        return
    for name, values in sorted(request.POST.lists()):
        yield json.dumps([name, values]).encode()
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest = hashlib.sha256()
            for piece in upload.chunks():
                digest.update(piece)
            upload.seek(0)
            yield json.dumps([name, upload.name, digest.hexdigest()]).encode()


def _canonical(body: bytes) -> bytes:
    """JSON in one fixed form; anything else as it is."""
    try:
        return json.dumps(json.loads(body), sort_keys=True).encode() if body else b"{}"
    except (ValueError, RecursionError):
        return body
