"""How far the worker is, written beside the transaction that loads, so that a page can show it; and that it lives."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from django.db import connection, transaction

from yimen.catalog.choices import UploadWork
from yimen.catalog.models import Upload
from yimen.kit.time import now

LOOK_SECONDS, BEAT_SECONDS = 0.4, 5.0


class Progress:
    """`with Progress(number) as tell: tell(work, done, total)`.

    A thread with a connection of its own writes what was told last: the loading transaction stays alone with its rows.
    A row that is locked is passed over, for the lock's owner writes these columns itself.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.last: tuple[UploadWork, int, int] | None = None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._write_on, name=f"upload-{number}", daemon=True)

    def __call__(self, doing: UploadWork, done: int, total: int) -> None:
        self.last = (doing, done, total)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *wrong: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.over.set()
        self.thread.join()

    def _write_on(self) -> None:
        written, silent = None, BEAT_SECONDS
        try:
            while not self.over.wait(LOOK_SECONDS):
                silent += LOOK_SECONDS
                if self.last != written or silent >= BEAT_SECONDS:
                    written, silent = self.last, 0.0
                    _write(self.number, written)
        finally:
            connection.close()


def _write(number: int, last: tuple[UploadWork, int, int] | None) -> None:
    facts = {"moved_at": now()}
    told = {"doing": last[0], "done": last[1], "total": last[2]} if last else {}
    with transaction.atomic():
        free = Upload.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=number).values_list("pk")
        if free:
            Upload.objects.filter(pk=number).update(**facts, **told)
