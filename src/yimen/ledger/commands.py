"""Writing into the ledger. `record` and `look` are called by the commands and readers of every other room."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.db import connection

from yimen.kit.actor import Actor
from yimen.kit.commands import mark_recorded, together
from yimen.kit.crypto import cipher
from yimen.kit.errors import TooOften
from yimen.kit.idempotency import Kept
from yimen.ledger.choices import LOOK, subject_chain
from yimen.ledger.models import Answer, Attempts


def record(chain: str, verb: str, *, by: Actor, at: datetime, ground: str = "", **facts: Any) -> None:
    """Append one entry. facts: plain values only, personal data never (numbers of things, not of people)."""
    body = WRITTEN.encode({"at": at.isoformat(), "verb": verb, "by": by.facts(), "ground": ground, "facts": facts})
    together(_append, (chain, at, str(verb), by.user, body))
    mark_recorded()


def record_many(
    verb: str, told: Iterable[tuple[str, Mapping[str, Any]]], *, by: Actor, at: datetime, ground: str = ""
) -> None:
    """The same word in many chains, as a batch gives it: {chain: facts} in pairs, each facts its own."""
    head = WRITTEN.encode({"at": at.isoformat(), "by": by.facts()})[:-1] + ',"facts":'
    tail = f',"ground":{WRITTEN.encode(ground)},"verb":{WRITTEN.encode(str(verb))}}}'
    for chain, facts in told:
        together(_append, (chain, at, str(verb), by.user, f"{head}{WRITTEN.encode(facts)}{tail}"))
        mark_recorded()


def look(subject: int, *, by: Actor, at: datetime, purpose: str, case: str = "", what: str = "") -> None:
    """Record that somebody looked at another person's data (个人信息保护法; 台账), and from which office."""
    if by.user is None or by.is_one(subject):
        return
    record(subject_chain(subject), LOOK, by=by, at=at, ground=purpose, case=case, what=what, agency=by.office)


def count_attempt(key: str, *, at: datetime, limit: int, hourly: bool = False, times: int = 1, ahead: int = 0) -> None:
    """Count one try of `key` in the present minute (or hour) over all web processes; raises TooOften past the limit.

    times: so many at once, for a batch. ahead: so many more are counted along and left to this process for the rest of
    the minute, so that most tries of a machine write nothing; what a process doesn't use up is lost to the others.
    """
    bucket = _bucket(key, at, hourly)
    if ahead and AHEAD.take(bucket, times):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_attempts (key, count, at) VALUES (%s, %s, %s) "
            "ON CONFLICT (key) DO UPDATE SET count = ledger_attempts.count + EXCLUDED.count RETURNING count",
            [bucket, times + ahead, at],
        )
        (count,) = cursor.fetchone()
    before = count - times - ahead
    if before + times > limit:
        raise TooOften
    if ahead:
        AHEAD.put(bucket, min(ahead, limit - before - times))


class Ahead:
    """Tries that this process counted ahead, by minute and key. Threads share it."""

    MANY = 1000

    def __init__(self) -> None:
        self._left: dict[str, int] = {}
        self._lock = Lock()

    def take(self, bucket: str, times: int) -> bool:
        """Use up `times`, if so many are left."""
        with self._lock:
            left = self._left.get(bucket, 0)
            if left >= times:
                self._left[bucket] = left - times
            return left >= times

    def put(self, bucket: str, count: int) -> None:
        """Keep what may be used; minutes long over are forgotten with the oldest."""
        with self._lock:
            self._left[bucket] = self._left.get(bucket, 0) + count
            while len(self._left) > self.MANY:
                self._left.pop(next(iter(self._left)))


AHEAD = Ahead()


def require_few_attempts(key: str, *, at: datetime, limit: int, hourly: bool = False) -> None:
    """Raises TooOften when `key` was counted `limit` times already; counts nothing itself."""
    counted = Attempts.objects.filter(key=_bucket(key, at, hourly)).values_list("count", flat=True).first()
    if (counted or 0) >= limit:
        raise TooOften


def _bucket(key: str, at: datetime, hourly: bool) -> str:
    return f"{key}@{at:%Y%m%d%H}{'' if hourly else f'{at:%M}'}"[-120:]


class Answers:
    """Keeps what was answered to requests with an Idempotency-Key, sealed: an answer may hold personal data."""

    def claim(self, asker: int, key: str, request: str, at: datetime) -> Kept | None:
        """Reserve the key within this transaction; waits for whoever is reserving it now. None when it was free."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ledger_answer (asker, key, request_hash, status, body, content_type, at) "
                "VALUES (%s, %s, %s, 0, '', '', %s) ON CONFLICT (asker, key) DO NOTHING",
                [asker, key, request, at],
            )
            if cursor.rowcount:
                return None
        row = Answer.objects.get(asker=asker, key=key)
        return Kept(row.request_hash, row.status, cipher().open(bytes(row.body)), row.content_type)

    def keep(self, asker: int, key: str, kept: Kept) -> None:
        """Fill in the answer of a claimed key."""
        Answer.objects.filter(asker=asker, key=key).update(
            status=kept.status, body=cipher().seal(kept.body), content_type=kept.content_type
        )


def _append(entries: list[tuple[str, datetime, str, int | None, str]]) -> None:
    """One statement for all entries of a command, each chained to the one before it.

    The columns travel as five texts: JSON and the words of chains and verbs never hold the mark that parts them.
    """
    chains, ats, verbs, users, bodies = zip(*entries, strict=True)
    days = {at: str(at) for at in set(ats)}
    told = ([days[at] for at in ats], ["" if user is None else str(user) for user in users])
    columns: Sequence[Sequence[str]] = (chains, told[0], verbs, told[1], bodies)
    with connection.cursor() as cursor:
        cursor.execute(APPEND, [PARTED.join(column) for column in columns])


PARTED = "\x1e"
APPEND = (
    "SELECT ledger_append_all(string_to_array(%s, chr(30))::varchar[], string_to_array(%s, chr(30))::timestamptz[], "
    "string_to_array(%s, chr(30))::varchar[], string_to_array(%s, chr(30), '')::bigint[], string_to_array(%s, chr(30)))"
)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


# How an entry is written. Its hash is taken over these letters: what changes here must read the old ones too.
WRITTEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
