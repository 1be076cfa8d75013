"""Reading the ledger, and checking that nobody changed it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from yimen.ledger.models import Entry, Head
from yimen.ledger.ports import REPLAYERS


@dataclass(frozen=True)
class Line:
    """An entry as people and programs read it."""

    seq: int
    at: datetime
    verb: str
    by: dict[str, Any]
    ground: str
    facts: dict[str, Any]


def story(chain: str) -> list[Line]:
    """All entries of one chain, oldest first."""
    return [_line(entry) for entry in Entry.objects.filter(chain=chain).order_by("seq")]


def latest(chain: str, size: int) -> list[Line]:
    """The last entries of one chain, newest first."""
    return [_line(entry) for entry in Entry.objects.filter(chain=chain).order_by("-seq")[:size]]


def entry_of(chain: str, seq: int) -> Line | None:
    """One entry by its place in its chain."""
    return next((_line(entry) for entry in Entry.objects.filter(chain=chain, seq=seq)), None)


def entries(chains: Iterable[str], verb: str) -> QuerySet[Entry]:
    """The entries of one verb in several chains, for lists that page by key (newest first: -at, -id)."""
    return Entry.objects.filter(chain__in=list(chains), verb=verb)


def line_of(entry: Entry) -> Line:
    """An entry as people and programs read it."""
    return _line(entry)


def stories(chains: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries of several chains, oldest first, unread: whoever reads them meets what somebody wrote over them."""
    told: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(chain__in=list(chains)).order_by("chain", "seq"):
        told.setdefault(entry.chain, []).append(entry)
    return told


def facts_of(entry: Entry) -> dict[str, Any]:
    """What an entry says beside who and when. Raises ValueError or KeyError where its text was written over."""
    facts: dict[str, Any] = json.loads(entry.body)["facts"]
    return facts


def faults() -> Iterator[str]:
    """Everything that is wrong: broken or cut chains, then rows that differ from their entries. Empty when clean.

    All of it is read as it was at one moment: the house goes on working meanwhile.
    """
    with transaction.atomic():
        _stand_still()
        yield from _broken_chains()
        for replayer in REPLAYERS:
            yield from replayer()


def _stand_still() -> None:
    """One snapshot for all statements; within somebody else's transaction it is too late to ask for that."""
    if len(connection.atomic_blocks) == 1:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _broken_chains() -> Iterator[str]:
    heads = {head.chain: head for head in Head.objects.iterator(chunk_size=5000)}
    chain, seq, previous = "", 0, b""
    for entry in Entry.objects.order_by("chain", "seq").iterator(chunk_size=5000):
        if entry.chain != chain:
            yield from _end(chain, seq, previous, heads)
            chain, seq, previous = entry.chain, 0, b""
        if entry.seq != seq + 1:
            yield f"{chain}: entry {seq + 1} is missing"
        elif digest(previous, entry) != bytes(entry.hash):
            yield f"{chain}: entry {entry.seq} was changed"
        elif not _columns_agree(entry):
            yield f"{chain}: the columns of entry {entry.seq} differ from its text"
        seq, previous = entry.seq, bytes(entry.hash)
    yield from _end(chain, seq, previous, heads)
    for head in heads.values():
        yield f"{head.chain}: all {head.seq} entries are missing"


def digest(previous: bytes, entry: Entry) -> bytes:
    return hashlib.sha256(previous + f"{entry.chain}#{entry.seq}\n{entry.body}".encode()).digest()


def _end(chain: str, seq: int, last: bytes, heads: dict[str, Head]) -> Iterator[str]:
    head = heads.pop(chain, None)
    if chain and (head is None or head.seq != seq or bytes(head.hash) != last):
        yield f"{chain}: entries after {seq} are missing"


def _columns_agree(entry: Entry) -> bool:
    body = json.loads(entry.body)
    return (
        body["verb"] == entry.verb
        and body["by"]["user"] == entry.actor
        and datetime.fromisoformat(body["at"]) == entry.at
    )


def _line(entry: Entry) -> Line:
    body = json.loads(entry.body)
    return Line(entry.seq, entry.at, entry.verb, body["by"], body["ground"], body["facts"])
