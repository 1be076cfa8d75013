"""Long work in lanes, side by side: while PostgreSQL writes what one lane brought, another prepares the next piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def in_lanes(work: Callable[[T], object], pieces: Iterable[T], *, lanes: int) -> None:
    """Do the work on each piece, `lanes` of them at once, each in a thread with a database connection of its own.

    With one lane or one piece: here, on this connection. After a failure nothing more is begun, and it is raised here.
    """
    waiting = list(pieces)
    if lanes == 1 or len(waiting) < 2:
        for piece in waiting:
            work(piece)
        return
    with ThreadPoolExecutor(lanes, thread_name_prefix="lane") as pool:
        begun = [pool.submit(_with_a_connection, work, piece) for piece in waiting]
        try:
            for done in as_completed(begun):
                done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _with_a_connection(work: Callable[[T], object], piece: T) -> None:
    try:
        work(piece)
    finally:
        connection.close()
