"""What has passed becomes licences, portion by portion, side by side: holders found or entered, groups signed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet

from yimen.city.commands import key_in_use
from yimen.files.commands import discard_all
from yimen.identity.commands import Newcomer, register_subjects
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.copying import NewRows, copy_in
from yimen.kit.crypto import seal
from yimen.kit.events import speak
from yimen.kit.lanes import in_lanes
from yimen.kit.locks import alone, share_turn, wait_turn
from yimen.kit.signing import KeyKind
from yimen.kit.time import CHINA, day_of
from yimen.law.identifiers import make_licence_identifier
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record, record_many
from yimen.vault import access, events
from yimen.vault.choices import State, Trust
from yimen.vault.choices.batches import HOLDER, NUMBER, BatchState, batch_chain
from yimen.vault.commands.importing.beginning import lock_batch
from yimen.vault.commands.importing.reading import Clock, Elsewhere, guarded, in_library
from yimen.vault.commands.sealing import sign_groups
from yimen.vault.models import Batch, BatchBundle, BatchSample, Licence
from yimen.vault.queries import digest_of, issuer_code, type_code
from yimen.vault.queries.importing.checking import Found
from yimen.vault.queries.importing.rows import DamagedRows, Waiting, good_as_sent, rows_waiting, written

if TYPE_CHECKING:
    from yimen.city.models import SigningKey

PORTION, GROUP = 2_048, 128
OWN = (
    "holder_id", "number", "number_hash", "holder_name", "fields", "issued_at", "valid_from", "valid_to", "file_id",
    "token",
)  # fmt: skip
DAMAGED = "检查之后，暂存的内容已经损坏，没有入库，请把这一行重新导入"
Lines = tuple[int, int]
Rejected = list[tuple[int, list[str], list[tuple[int, str]]]]


def enter_batch(batch: Batch, *, by: Actor, clock: Clock) -> None:
    """Make licences of all rows that still wait. by: whoever passed the batch, with the rights of now.

    Portions go side by side. What one made, and that its rows wait no longer, are one transaction: a worker that ends
    in the middle loses nothing and doubles nothing. Of two workers at one batch the second goes home; so does one at a
    batch of the same kind and body, for both may hold the same number: it is asked again when the first is done.
    """
    with alone(f"vault.batch:{batch.pk}") as mine, alone(_numbers(batch)) as turn:
        if mine and turn:
            guarded(batch, _enter, by=by, clock=clock)


def _numbers(batch: Batch) -> str:
    return f"vault.numbers:{batch.kind_id}:{batch.agency_id}"


def _enter(batch: Batch, *, by: Actor, clock: Clock) -> None:
    batch = _set_off(batch, by=by, at=clock())
    if batch.state != BatchState.ENTERING:
        return
    in_lanes(
        lambda lines: _portion(batch, lines=lines, by=by, at=clock()), _portions(batch),
        lanes=settings.YIMEN_BATCH_LANES,
    )  # fmt: skip
    _close(batch, by=by, at=clock())


@command
def _set_off(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """The worker begins, or goes on. Who: as conclude."""
    # What the lanes of a worker that was killed had sent is through, or undone, before anybody counts what waits.
    wait_turn(_lanes(batch))
    batch = lock_batch(batch)
    access.require_compare(by, batch.agency_id, (batch.begun_by, batch.mapped_by))
    batch.work_began_at, batch.moved_at, batch.rate_from = at, at, batch.entered + batch.left_out
    batch.save(update_fields=["work_began_at", "moved_at", "rate_from"])
    record(batch_chain(batch.pk), "batch_entered_from", by=by, at=at, rows=batch.rate_from)
    return batch


def _lanes(batch: Batch) -> str:
    return f"vault.lanes:{batch.kind_id}:{batch.agency_id}"


def _portions(batch: Batch) -> list[Lines]:
    """The rows that wait, by the first and last line of each portion: as many bundles as make one."""
    bundles = list(BatchBundle.objects.filter(batch=batch).values_list("first", "last", "count"))
    through = accumulate(count for _first, _last, count in bundles)
    portions: dict[int, Lines] = {}
    for (first, last, count), rows in zip(bundles, through, strict=True):
        # By its middle: bundles of a few rows less than a portion don't drift into pairs.
        place = (rows - count // 2) // PORTION
        portions[place] = portions.get(place, (first, last))[0], last
    return list(portions.values())


@command
def _portion(batch: Batch, *, lines: Lines, by: Actor, at: datetime) -> None:
    """Licences of some rows; their waiting is over. Raises Elsewhere."""
    share_turn(_lanes(batch))
    if not Batch.objects.filter(pk=batch.pk, entered_at=None, refused="").exists():
        raise Elsewhere
    bundles = BatchBundle.objects.filter(batch=batch, first__gte=lines[0], last__lte=lines[1])
    waiting, lost = _waiting(batch, bundles)
    rows, left_out = _without_left_out(batch, waiting)
    met = register_subjects(
        [Newcomer(row.found.document, row.found.holder_number, row.found.holder) for row in rows],
        by=by, at=at, about=batch_chain(batch.pk),
    ) if rows else []  # fmt: skip
    known = [(row, each.subject) for row, each in zip(rows, met, strict=True) if each.subject is not None]
    strangers = [row for row, each in zip(rows, met, strict=True) if each.subject is None]
    left_out += [_left(batch, row, HOLDER, "证件号码在平台上已登记为另一姓名（名称）") for row in strangers]
    left_out += lost
    _write(batch, known, by=by, at=at)
    _reject(batch, left_out)
    _discard_scans(batch, bundles, kept={row.file for row, _holder in known}, by=by, at=at)
    bundles.delete()
    record(
        batch_chain(batch.pk), "batch_rows_entered", by=by, at=at,
        lines=lines, entered=len(known), left_out=len(left_out),
    )  # fmt: skip
    # Last, for the other lanes wait for this row.
    Batch.objects.filter(pk=batch.pk).update(
        entered=F("entered") + len(known), left_out=F("left_out") + len(left_out), moved_at=at
    )


def _waiting(batch: Batch, bundles: QuerySet[BatchBundle]) -> tuple[list[Waiting], Rejected]:
    """The rows of a portion. What can't be opened any more goes back as it came, and holds nothing else up."""
    rows: list[Waiting] = []
    lost: Rejected = []
    for first, last in bundles.values_list("first", "last"):
        try:
            rows += rows_waiting(batch, first, last)
        except DamagedRows:
            place = batch.mapping.get(NUMBER, 0)
            lost += [(line, cells, [(place, DAMAGED)]) for line, cells in good_as_sent(batch, first, last)]
    return rows, lost


def _discard_scans(
    batch: Batch, bundles: QuerySet[BatchBundle], *, kept: AbstractSet[UUID | None], by: Actor, at: datetime
) -> None:
    """Scans of rows that became no licence; those of the sample are shown beside it until the batch is forgotten."""
    scans = {file for files in bundles.values_list("files", flat=True) for file in files} - kept
    if scans:
        scans -= set(BatchSample.objects.filter(batch=batch, file__in=scans).values_list("file_id", flat=True))
    discard_all(scans, by=by, at=at, about=batch_chain(batch.pk))


def _without_left_out(batch: Batch, waiting: Sequence[Waiting]) -> tuple[list[Waiting], Rejected]:
    """Rows that were found wrong never become licences; nor do numbers that came into the library meanwhile."""
    if not waiting:
        return [], []
    judged = BatchSample.objects.filter(batch=batch, right=False, line__range=(waiting[0].line, waiting[-1].line))
    wrong = {row.line: row.note or "" for row in judged}
    held = in_library(batch, [row.number_hash for row in waiting])
    rows, left_out = [], []
    for row in waiting:
        if row.line in wrong:
            left_out.append(_left(batch, row, NUMBER, f"抽检不符：{wrong[row.line]}"))
        elif row.number_hash in held:
            left_out.append(_left(batch, row, NUMBER, "检查之后，库里已有同一编号的证照"))
        else:
            rows.append(row)
    return rows, left_out


def _left(batch: Batch, row: Waiting, about: str, why: str) -> tuple[int, list[str], list[tuple[int, str]]]:
    """What is left out goes to the rejected rows, written anew out of what was found in it."""
    cells = [""] * len(batch.heads)
    told = {
        "number": row.found.number, "holder": row.found.holder, "holder_number": row.found.holder_number,
        "issued": row.found.issued, "valid_from": row.found.first, "valid_to": row.found.last or "长期",
        "scan": row.found.scan, "issuer": row.found.fields.get("issuer", ""),
    } | {f"field:{key}": value for key, value in row.found.fields.items()}  # fmt: skip
    for key, place in batch.mapping.items():
        cells[place] = str(told.get(key, ""))
    return row.line, cells, [(batch.mapping.get(about, 0), why)]


def _write(batch: Batch, known: Sequence[tuple[Waiting, int]], *, by: Actor, at: datetime) -> None:
    """The licences, which line each came from, and a word in the log of each holder."""
    if not known:
        return
    key = key_in_use(batch.agency.code, KeyKind.SM2, name=batch.agency.name, by=by, at=at)
    licences = NewRows(
        Licence, kind=batch.kind, agency=batch.agency, trust=Trust.A, state=State.SIGNED, signed_with=key,
        signed_at=at, signed_by=by.user, drawn_by=batch.begun_by, drawn_at=batch.begun_at,
    )  # fmt: skip
    keys = licences.keys(len(known))
    identifiers = _identifiers(batch, len(known), at)
    digests = [
        _digest(batch, row.found, holder, identifier, key, at)
        for (row, holder), (_serial, identifier) in zip(known, identifiers, strict=True)
    ]
    signatures = sign_groups(digests, key=key, size=GROUP)
    shape = licences.shape("id", "serial", "identifier", "signature", *OWN)
    licences.copy(
        shape(pk, serial, identifier, signature, *_values(row, holder))
        for pk, (row, holder), (serial, identifier), signature in zip(keys, known, identifiers, signatures, strict=True)
    )
    copy_in(
        "vault_batchentry", ("batch_id", "line", "licence_id"), ("int8", "int4", "int8"),
        ((batch.pk, row.line, pk) for (row, _holder), pk in zip(known, keys, strict=True)),
    )  # fmt: skip
    told = {"kind": batch.kind.code, "batch": batch.pk}
    entries = (
        (subject_chain(holder), {"licence": pk, "identifier": identifier, **told})
        for (_row, holder), pk, (_serial, identifier) in zip(known, keys, identifiers, strict=True)
    )
    record_many("licence_signed", entries, by=by, at=at)


def _digest(batch: Batch, found: Found, holder: int, identifier: str, key: SigningKey, at: datetime) -> bytes:
    return digest_of(
        identifier=identifier, kind=batch.kind.code, holder=holder, holder_name=found.holder, number=found.number,
        fields=found.fields, agency=batch.agency.code, issued_at=_began(found.issued),
        valid=(found.first, found.last), trust=Trust.A, key=key.pk, signed_at=at,
    )  # fmt: skip


def _values(row: Waiting, holder: int) -> tuple[Any, ...]:
    """A licence's own values, in the order of OWN."""
    found = row.found
    return (
        holder, found.number, row.number_hash, found.holder, found.fields, _began(found.issued),
        found.first, found.last, row.file, secrets.token_urlsafe(16),
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _began(day: date) -> datetime:
    """The hour at which a day of issue begins."""
    return datetime.combine(day, time(), CHINA)


def _identifiers(batch: Batch, count: int, at: datetime) -> list[tuple[str, str]]:
    """So many serials, each with the identifier of a first version that it makes."""
    of_type, of_issuer = type_code(batch.kind), issuer_code(batch.agency)
    return [(serial, make_licence_identifier(of_type, of_issuer, serial, 1)) for serial in _serials(count, at)]


def _serials(count: int, at: datetime) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('vault_serial') FROM generate_series(1, %s)", [count])
        return [f"{day_of(at).year}{number:09d}" for (number,) in cursor.fetchall()]


def _reject(batch: Batch, left_out: Rejected) -> None:
    copy_in(
        "vault_batchreject", ("batch_id", "line", "cells", "reasons"), ("int8", "int4", "bytea", "jsonb"),
        ((batch.pk, line, seal(written(cells)), reasons) for line, cells, reasons in left_out),
    )  # fmt: skip


@command
def _close(batch: Batch, *, by: Actor, at: datetime) -> None:
    """All rows are through; the batch is valid. Speaks BatchEntered."""
    batch = lock_batch(batch)
    batch.entered_at, batch.moved_at = at, at
    batch.save(update_fields=["entered_at", "moved_at"])
    record(
        batch_chain(batch.pk), "batch_entered", by=by, at=at, licences=batch.entered, left_out=batch.left_out
    )  # fmt: skip
    speak(events.BatchEntered(batch.pk, batch.entered, at))
