"""A batch is taken in, its columns are matched, it is given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from yimen.files.choices import CSV, XLSX, ZIP
from yimen.files.commands import discard_all, store_large
from yimen.files.queries import seekable
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.events import speak
from yimen.law.licence_rows import mask_wrong
from yimen.law.said import said
from yimen.ledger.commands import record
from yimen.vault import access, events
from yimen.vault.choices.batches import SILENCE, BatchState, batch_chain
from yimen.vault.models import Batch, BatchBundle, BatchEntry, BatchReject, BatchSample, ColumnMapping, LicenceKind
from yimen.vault.queries.importing import mapping as columns
from yimen.vault.queries.importing import tables
from yimen.vault.queries.importing.scans import folder_of, opened

if TYPE_CHECKING:
    from yimen.city.models import Agency
    from yimen.files.models import StoredFile

MOST_ISSUERS, LONGEST_ISSUER, LONGEST_MASK = 20, 120, 60
UNTOUCHED = (BatchState.MAPPING, BatchState.READ, BatchState.BARREN, BatchState.SAMPLING, BatchState.RETURNED)


class WrongState(Refusal):
    """Not in this state of the batch."""

    code = "batch_wrong_state"
    sentence = "这个批次现在是“{state}”，不能这样办理。"


@command
def begin_batch(
    kind: LicenceKind,
    *,
    agency: Agency,
    table: IO[bytes] | Any,
    name: str,
    by: Actor,
    at: datetime,
    scans: IO[bytes] | Any | None = None,
    scans_name: str = "",
    folder: str = "",
    corrects: Batch | None = None,
) -> Batch:
    """Take in a table of old licences of one kind and one issuing body, with its scans in a zip or a folder.

    Who: whoever makes licences of that body, or an administrator. corrects: the batch whose refused rows come again.
    Raises Forbidden, BadTable, Unreadable, BadScans, TooBig, EmptyFile.
    """
    access.require_load(by, agency.pk)
    kept, found = _table(table, name, by, at)
    if folder:
        folder_of(folder)
    batch = Batch.objects.create(
        kind=kind,
        agency=agency,
        table=kept,
        form=found.form,
        encoding=found.encoding,
        delimiter=found.delimiter,
        scans=_scans(scans, scans_name, by, at) if scans is not None else None,
        folder=folder,
        corrects=corrects,
        heads=found.heads,
        mapping=columns.guessed(kind, found.heads),
        total=found.total,
        begun_at=at,
        begun_by=by.account,
        begun_by_name=by.name[:80],
        moved_at=at,
    )
    record(
        batch_chain(batch.pk), "batch_begun", by=by, at=at,
        kind=kind.code, agency=agency.code, rows=found.total, file=str(kept.pk), corrects=corrects and corrects.pk,
    )  # fmt: skip
    return batch


def _table(table: Any, name: str, by: Actor, at: datetime) -> tuple[StoredFile, tables.Table]:
    head = bytes(table.read(4))
    table.seek(0)
    known = XLSX if head == b"PK\x03\x04" else CSV
    kept = store_large(name=name, content=table, known=known, by=by, at=at, about="batches")
    with seekable(kept.pk) as source:
        return kept, tables.inspect(source)


def _scans(scans: Any, name: str, by: Actor, at: datetime) -> StoredFile:
    opened(scans).close()
    scans.seek(0)
    return store_large(name=name or "scans.zip", content=scans, known=ZIP, by=by, at=at, about="batches")


@command
def map_columns(
    batch: Batch,
    *,
    mapping: Mapping[str, int],
    required: Sequence[str],
    issuers: Sequence[str] = (),
    mask: str = "",
    by: Actor,
    at: datetime,
) -> Batch:
    """Say which column holds what; the worker then looks at the rows. It is remembered for the kind.

    Who: as begin_batch. Speaks BatchMapped. Raises Forbidden, WrongState, Invalid.
    """
    batch = lock_batch(batch)
    access.require_load(by, batch.agency_id)
    require_state(batch, BatchState.MAPPING)
    _require_sound(batch, mapping, issuers, mask)
    batch.mapping, batch.mask = dict(mapping), mask.strip()
    batch.required = [each for each in required if each in mapping]
    batch.issuers = list(dict.fromkeys(each.strip() for each in issuers if each.strip()))
    batch.mapped_at, batch.mapped_by, batch.moved_at = at, by.account, at
    batch.save()
    _remember(batch, by, at)
    record(batch_chain(batch.pk), "batch_mapped", by=by, at=at, columns=batch.mapping, mask=batch.mask)
    speak(events.BatchMapped(batch.pk, by.account, at))
    return batch


@command
def drop_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Give a batch up before it has passed: its rows go, no register has seen them. Their scans go too.

    Who: as begin_batch. What has passed stays; single licences are revoked. Raises Forbidden, WrongState.
    """
    batch = lock_batch(batch)
    access.require_load(by, batch.agency_id)
    dead = batch.state == BatchState.READING and batch.moved_at < at - SILENCE
    if batch.passed_at or not (dead or batch.state in (*UNTOUCHED, BatchState.FAILED)):
        raise WrongState(state=said(str(batch.state.label)))
    drop_rows(batch, by=by, at=at)
    batch.dropped_at = at
    batch.save(update_fields=["dropped_at"])
    record(batch_chain(batch.pk), "batch_dropped", by=by, at=at, good=batch.good, bad=batch.bad)


def drop_rows(batch: Batch, *, by: Actor, at: datetime) -> None:
    """The rows that wait and those that were refused go, with the scans of all that became no licence."""
    bundles = BatchBundle.objects.filter(batch=batch)
    scans = {file for files in bundles.values_list("files", flat=True) for file in files}
    sampled = BatchSample.objects.filter(batch=batch).exclude(file=None)
    became = BatchEntry.objects.filter(batch=batch).values("line")
    scans |= set(sampled.exclude(line__in=became).values_list("file_id", flat=True))
    sampled.update(file=None)
    bundles.delete()
    BatchReject.objects.filter(batch=batch).delete()
    discard_all(scans, by=by, at=at, about=batch_chain(batch.pk))


def lock_batch(batch: Batch) -> Batch:
    """As it is now, and nobody else at it."""
    rows = Batch.objects.select_for_update(of=("self",)).select_related("kind", "agency__division", "table", "scans")
    return rows.get(pk=batch.pk)


def require_state(batch: Batch, *states: BatchState) -> None:
    if batch.state not in states:
        raise WrongState(state=said(str(batch.state.label)))


def _require_sound(batch: Batch, mapping: Mapping[str, int], issuers: Sequence[str], mask: str) -> None:
    known = {each.key: each for each in columns.targets(batch.kind)}
    errors = [
        {"field": key, "code": "no_such_column", "message": "请选择表格中的一列。"}
        for key, place in mapping.items()
        if key not in known or not 0 <= place < len(batch.heads)
    ]
    for each in columns.lacking(batch.kind, mapping):
        message = said("请指出哪一列是“{label}”。", label=each.label)
        errors.append({"field": each.key, "code": "column_lacking", "message": message})
    if len(mask) > LONGEST_MASK or mask_wrong(mask.strip()):
        errors.append({"field": "mask", "code": "bad_mask", "message": "编号样式含有不应有的符号，或者太长。"})
    if len(issuers) > MOST_ISSUERS or any(len(each) > LONGEST_ISSUER for each in issuers):
        errors.append({"field": "issuers", "code": "too_many", "message": "曾用名最多 20 个，每个不超过 120 个字。"})
    if errors:
        raise Invalid(errors)


def _remember(batch: Batch, by: Actor, at: datetime) -> None:
    ColumnMapping.objects.update_or_create(
        kind=batch.kind,
        defaults={
            "heads": {key: batch.heads[place] for key, place in batch.mapping.items()},
            "required": batch.required,
            "issuers": batch.issuers,
            "mask": batch.mask,
            "changed_at": at,
            "changed_by": by.user,
        },
    )
