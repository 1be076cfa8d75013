"""Locks of the database that all processes respect, for work that no row stands for. Each has a name, "room.work"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection, transaction


def wait_turn(name: str) -> None:
    """Hold the lock until the transaction around it ends; whoever comes second waits for that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])


def share_turn(name: str) -> None:
    """The same beside others who share it; whoever asks for it alone (`wait_turn`) waits for all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_number(name)])


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether nobody else is at it. A lock of the session, so that the long work need not be one transaction."""
    number = _number(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine and not transaction.get_connection().needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def _number(name: str) -> int:
    """PostgreSQL knows such locks by 64 bits."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
