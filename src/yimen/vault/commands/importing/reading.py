"""The worker looks at the rows of a batch, portion by portion; each portion is kept with how far it came."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection

from yimen.files.commands import store
from yimen.files.queries import seekable
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.copying import copy_in
from yimen.kit.crypto import keyed_hash, seal
from yimen.kit.errors import Refusal
from yimen.kit.locks import alone
from yimen.kit.time import day_of
from yimen.ledger.commands import record
from yimen.vault import access
from yimen.vault.choices.batches import NUMBER, SCAN, BatchState, batch_chain
from yimen.vault.commands.importing.beginning import lock_batch
from yimen.vault.models import Batch, BatchBundle
from yimen.vault.queries.importing import tables
from yimen.vault.queries.importing.checking import Checker, Found, Reasons
from yimen.vault.queries.importing.rows import Waiting, bundled, numbers_waiting, written
from yimen.vault.queries.importing.scans import Scan, Scans, scans_of

log = logging.getLogger(__name__)
PORTION, PORTION_WITH_SCANS = 2_048, 100
UNEXPECTED = "处理时出了意外的错误。已经检查过的行没有丢失，可以点“继续”再试；仍然不行的，请联系管理员。"
Clock = Callable[[], datetime]


class Elsewhere(Refusal):
    """Another worker is at it, or has been: the checkpoint has moved."""

    code = "batch_elsewhere"
    sentence = "这个批次正由另一个后台任务处理。"


@dataclass
class Portion:
    """Some rows in a row: what is good, what is not, and how many were looked at."""

    looked: int = 0
    good: list[tuple[int, Found, Scan | None, tables.Cells]] = field(default_factory=list)
    bad: list[tuple[int, tables.Cells, Reasons]] = field(default_factory=list)


def read_batch(batch: Batch, *, by: Actor, clock: Clock) -> None:
    """Look at all rows from the checkpoint on. by: whoever matched the columns, with the rights of now.

    A worker that ends in the middle loses nothing and doubles nothing: what a portion found and the checkpoint are one
    transaction. Of two workers at one batch the second goes home.
    """
    with alone(f"vault.batch:{batch.pk}") as mine:
        if mine:
            guarded(batch, _read, by=by, clock=clock)


def guarded(batch: Batch, work: Callable[..., None], *, by: Actor, clock: Clock) -> None:
    """Do the work; what stops it for good is written down in words."""
    try:
        work(batch, by=by, clock=clock)
    except Elsewhere:
        log.info("batch %s is in other hands", batch.pk)
    except Refusal as refused:
        note_failure(batch, reason=refused.detail, by=by, at=clock())
    except Exception:
        note_failure(batch, reason=UNEXPECTED, by=by, at=clock())
        raise


def _read(batch: Batch, *, by: Actor, clock: Clock) -> None:
    batch = _set_off(batch, by=by, at=clock())
    if batch.state != BatchState.READING:
        return
    seen = numbers_waiting(batch)
    with scans_of(batch) as scans:
        for portion in _portions(batch, scans, clock):
            batch = _keep(batch, portion, seen=seen, by=by, at=clock())
    _finish(batch, by=by, at=clock())


def _portions(batch: Batch, scans: Scans, clock: Clock) -> Iterator[Portion]:
    source = seekable(str(batch.table_id))
    rows = tables.rows(
        source, batch.form, encoding=batch.encoding, delimiter=batch.delimiter, width=len(batch.heads)
    )  # fmt: skip
    checker, size = Checker(batch, day_of(clock())), PORTION_WITH_SCANS if scans.any else PORTION
    rest = islice(rows, batch.taken, None)
    while lines := list(islice(rest, size)):
        yield _judged(lines, checker, scans)


def _judged(lines: Sequence[tuple[int, tables.Cells]], checker: Checker, scans: Scans) -> Portion:
    portion = Portion(looked=len(lines))
    for line, cells in lines:
        found, wrong = checker.check(cells)
        scan = scans.of(found.scan, found.number) if found and scans.any else None
        if isinstance(scan, str):
            wrong.append((checker.places.get(SCAN, checker.places.get(NUMBER, 0)), scan))
        if found is None or wrong or isinstance(scan, str):
            portion.bad.append((line, cells, wrong))
        else:
            portion.good.append((line, found, scan, cells))
    return portion


@command
def _set_off(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """The worker begins, or goes on. Who: as begin_batch."""
    batch = lock_batch(batch)
    access.require_load(by, batch.agency_id)
    batch.work_began_at, batch.moved_at, batch.rate_from = at, at, batch.taken
    batch.save(update_fields=["work_began_at", "moved_at", "rate_from"])
    record(batch_chain(batch.pk), "batch_read_from", by=by, at=at, row=batch.taken)
    return batch


@command
def _keep(batch: Batch, portion: Portion, *, seen: dict[str, int], by: Actor, at: datetime) -> Batch:
    """What a portion found, and the checkpoint with it. seen: numbers so far, and their lines. Raises Elsewhere."""
    before = batch.taken
    batch = lock_batch(batch)
    if batch.taken != before or batch.state != BatchState.READING:
        raise Elsewhere
    column = batch.mapping.get(NUMBER, 0)
    good, bad = _without_doubles(batch, portion, column, seen)
    _bundle(batch, [_kept(batch, *each, by, at) for each in good])
    copy_in(
        "vault_batchreject", ("batch_id", "line", "cells", "reasons"), ("int8", "int4", "bytea", "jsonb"),
        ((batch.pk, line, seal(written(cells)), reasons) for line, cells, reasons in bad),
    )  # fmt: skip
    batch.taken += portion.looked
    batch.good, batch.bad, batch.moved_at = batch.good + len(good), batch.bad + len(bad), at
    batch.total = max(batch.total, batch.taken)
    batch.save(update_fields=["taken", "good", "bad", "moved_at", "total"])
    record(
        batch_chain(batch.pk), "batch_rows_checked", by=by, at=at,
        through=batch.taken, good=len(good), bad=len(bad),
    )  # fmt: skip
    return batch


def _without_doubles(
    batch: Batch, portion: Portion, column: int, seen: dict[str, int]
) -> tuple[list[tuple[int, Found, Scan | None, str]], list[tuple[int, tables.Cells, Reasons]]]:
    """A number that came in the file before, or is in the library, is refused: nothing is written over."""
    hashed = [keyed_hash(found.number) for _line, found, _scan, _cells in portion.good]
    held = in_library(batch, hashed)
    good, bad = [], list(portion.bad)
    for (line, found, scan, cells), number in zip(portion.good, hashed, strict=True):
        if number in held:
            bad.append((line, cells, [(column, "库里已有同一编号的证照")]))
        elif number in seen:
            bad.append((line, cells, [(column, f"与第 {seen[number]} 行的编号重复")]))
        else:
            seen[number] = line
            good.append((line, found, scan, number))
    return good, sorted(bad, key=lambda each: each[0])


def in_library(batch: Batch, hashed: Sequence[str]) -> set[str]:
    """Which numbers the library has of this kind and body, whatever became of them.

    Asked by number alone: of a kind that nobody had yesterday PostgreSQL believes that there is hardly a row, and goes
    through all that have come since for each number. An array in the condition would be compared one by one.
    """
    own = (batch.kind_id, batch.agency_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number_hash, kind_id, agency_id FROM vault_licence "
            "JOIN unnest(%b::varchar[]) AS asked (number_hash) USING (number_hash)",
            [list(hashed)],
        )
        return {number for number, *of in cursor.fetchall() if tuple(of) == own}


def _kept(
    batch: Batch, line: int, found: Found, scan: Scan | None, number_hash: str, by: Actor, at: datetime
) -> Waiting:
    return Waiting(line, number_hash, found, _stored(scan, batch, by, at) if scan else None)


def _bundle(batch: Batch, rows: Sequence[Waiting]) -> None:
    if rows:
        BatchBundle.objects.create(
            batch=batch, first=rows[0].line, last=rows[-1].line, count=len(rows), sealed=bundled(rows),
            files=[row.file for row in rows if row.file],
        )  # fmt: skip


def _stored(scan: Scan, batch: Batch, by: Actor, at: datetime) -> Any:
    return store(
        name=scan.name, content=scan.content, known=scan.type, by=by, at=at, about=batch_chain(batch.pk)
    ).pk  # fmt: skip


@command
def _finish(batch: Batch, *, by: Actor, at: datetime) -> None:
    """All rows have been looked at. Raises Elsewhere."""
    before = batch.taken
    batch = lock_batch(batch)
    if batch.taken != before or batch.state != BatchState.READING:
        raise Elsewhere
    batch.read_at, batch.moved_at, batch.total = at, at, batch.taken
    batch.save(update_fields=["read_at", "moved_at", "total"])
    record(batch_chain(batch.pk), "batch_read", by=by, at=at, rows=batch.taken, good=batch.good, bad=batch.bad)


@command
def note_failure(batch: Batch, *, reason: str, by: Actor, at: datetime) -> None:
    """Why the worker can't go on. What it did so far stays."""
    Batch.objects.filter(pk=batch.pk, entered_at=None, dropped_at=None).update(refused=reason, moved_at=at)
    record(batch_chain(batch.pk), "batch_stopped", by=by, at=at, reason=reason)


__all__ = ["Elsewhere", "guarded", "in_library", "note_failure", "read_batch"]
