"""A hundred applications from one workbook: taken in and checked, documents for all, confirmed once, filed row by row.

Each row is filed in a transaction of its own and remembers what it became, so that a job that ends in the middle goes
on where it was and nothing is filed twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from yimen.applications import access
from yimen.applications.choices import Channel, Presented, Stage
from yimen.applications.commands.batch_files import Upload, available, keep
from yimen.applications.commands.beginning import begin, require_audience, sources_of
from yimen.applications.commands.filling import answer
from yimen.applications.commands.refusals import NoSuchMaterial
from yimen.applications.commands.submitting import submit
from yimen.applications.events import BatchConfirmed
from yimen.applications.models import Application, Batch, BatchPaper, BatchRow, Document
from yimen.applications.queries import lacking, of_number
from yimen.applications.queries.batches import Fault, Files, Line, asks_files, layout, papers_wanted, read, state_of
from yimen.applications.queries.batches.layout import SHEET
from yimen.applications.queries.batches.sent import in_their_place
from yimen.applications.queries.earlier import known_for
from yimen.applications.queries.signing import signer_of
from yimen.catalog.queries import in_force
from yimen.files import commands as files
from yimen.files.queries import read_file
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import keyed_hash
from yimen.kit.errors import Forbidden, Invalid, Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law.said import said, several
from yimen.ledger import commands as ledger
from yimen.sheets.choices import Kind

if TYPE_CHECKING:
    from yimen.catalog.models import Edition
    from yimen.identity.models import Subject

REPEAT = timedelta(days=30)
"""The same firm, item and answers within so many days is the same application sent again."""


class OnlyFirms(Forbidden):
    code = "batch_only_firms"
    sentence = "批量申请面向单位：请以单位的名义办理。"


class BatchClosed(Refusal):
    code = "batch_closed"
    sentence = "这批申请已经确认提交，不能再改。"


class BatchFaulty(Refusal):
    code = "batch_faulty"
    sentence = "还有 {count} 行有错误。请在工作簿里改正后重新上传。"
    status = 422


class BatchLacksPapers(Refusal):
    code = "batch_lacks_papers"
    sentence = "请先上传共用的材料：{names}。"
    status = 422


class BatchUnsigned(Refusal):
    code = "batch_unsigned"
    sentence = "请阅读并确认：{names}。"
    status = 422


class BatchMoved(Refusal):
    code = "batch_edition_moved"
    sentence = "“{item}”的办事指南已经更新，请下载新的工作簿，把内容粘贴过去再上传。"


@command
def begin_batch(
    *,
    edition: Edition,
    subject: Subject,
    upload: Upload,
    sent: Sequence[Upload] = (),
    by: Actor,
    at: datetime,
) -> Batch:
    """Take in a workbook and check every cell. The same files twice are the same batch.

    sent: files that its cells name (or archives of them); those of the firm's last workbook needn't be sent again.
    Who may: whoever may file for the firm. Raises NotYours, OnlyFirms, WrongSubject, what the workbook is refused for
    (queries.batches.read), BadArchive, TooManyFiles, what files refuse.
    """
    access.require_filing(by, subject, edition.item.slug, at)
    if subject.is_person or by.is_staff:
        raise OnlyFirms
    require_audience(edition.doc, subject)
    name, content = upload[0], upload[1] if isinstance(upload[1], bytes) else upload[1].read()
    found = available(edition, subject, sent, at) if asks_files(edition.doc) else Files()
    digest = hashlib.sha256(content + found.digest.encode()).hexdigest()
    known = known_for(edition.doc, edition.item_id, subject, sources_of(subject, by), by=by, at=at)
    values = {key: each.value for key, each in known.items()}
    lines = read(content, edition.doc, values, today=day_of(at), files=found)
    there = Batch.objects.filter(subject=subject, edition=edition, digest=digest, dropped_at=None).first()
    if there is not None:
        ledger.record(chain(there.pk), "batch_again", by=by.acting_for(there.subject_id), at=at)
        return there
    file = files.store(name=name, content=content, by=by.acting_for(subject.pk), at=at, about=f"batches:{subject.pk}")
    batch = _create(edition, subject, file, digest, by, at)
    kept = keep(batch, found, by=by.acting_for(subject.pk), at=at)
    BatchRow.objects.bulk_create(_rows(batch, lines, kept, at))
    ledger.record(
        chain(batch.pk), "batch_begun", by=by.acting_for(batch.subject_id), at=at,
        item=edition.item.slug, edition=edition.version, subject=subject.pk, rows=len(lines), file=str(file.pk),
    )  # fmt: skip
    return batch


def _create(edition: Edition, subject: Subject, file: Any, digest: str, by: Actor, at: datetime) -> Batch:
    return Batch.objects.create(
        subject=subject, item=edition.item, edition=edition, file=file, digest=digest,
        made_by_id=by.account, begun_at=at, moved_at=at,
    )  # fmt: skip


@command
def add_files(batch: Batch, sent: Sequence[Upload], *, by: Actor, at: datetime) -> Batch:
    """Files that were forgotten: the same workbook, read again with them. Raises what `begin_batch` does, BatchClosed.

    Gives the batch that takes its place.
    """
    batch = _open(batch, by, at)
    upload = (batch.file.name, read_file(batch.file_id))
    return begin_batch(edition=batch.edition, subject=batch.subject, upload=upload, sent=sent, by=by, at=at)


@command
def attach_to_batch(batch: Batch, key: str, *, upload: Upload, by: Actor, at: datetime) -> BatchPaper:
    """A document that goes with every application. Raises NotYours, BatchClosed, NoSuchMaterial, what files refuse."""
    batch = _open(batch, by, at)
    if batch.edition.doc.material(key) is None:
        raise NoSuchMaterial(key=key)
    hand = by.acting_for(batch.subject_id)
    file = files.store(name=upload[0], content=upload[1], by=hand, at=at, about=chain(batch.pk))
    paper = BatchPaper.objects.create(
        batch=batch, material=key, presented=Presented.UPLOAD, file=file, trust="C", handed_in_at=at,
        handed_in_by_id=by.account,
    )  # fmt: skip
    ledger.record(
        chain(batch.pk), "batch_attached", by=by.acting_for(batch.subject_id), at=at, material=key, file=file.sha256
    )
    return paper


@command
def remove_from_batch(paper: BatchPaper, *, by: Actor, at: datetime) -> None:
    """Take it back; the file stays. Raises NotYours, BatchClosed."""
    batch = _open(paper.batch, by, at)
    paper.removed_at = at
    paper.save(update_fields=["removed_at"])
    ledger.record(chain(batch.pk), "batch_removed", by=by.acting_for(batch.subject_id), at=at, material=paper.material)


@command
def drop_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Nothing of it is filed. Raises NotYours, BatchClosed."""
    batch = _open(batch, by, at)
    batch.dropped_at = at
    batch.save(update_fields=["dropped_at"])
    ledger.record(chain(batch.pk), "batch_dropped", by=by.acting_for(batch.subject_id), at=at)


@command
def confirm_batch(batch: Batch, *, declared: frozenset[str] = frozenset(), by: Actor, at: datetime) -> Batch:
    """Sign for all rows and hand them to the worker. declared: fields of declarations and signatures that were ticked.

    A second confirmation changes nothing. Speaks BatchConfirmed. Raises NotYours, BatchFaulty, BatchLacksPapers,
    BatchUnsigned, BatchMoved.
    """
    batch = _locked(batch, by, at)
    if batch.confirmed_at is not None:
        ledger.record(chain(batch.pk), "batch_confirmed_again", by=by.acting_for(batch.subject_id), at=at)
        return batch
    _require_ready(batch, declared, at)
    batch.declared = _signed(batch, by)
    batch.confirmed_at, batch.confirmed_by_id, batch.moved_at = at, by.account, at
    batch.save(update_fields=["declared", "confirmed_at", "confirmed_by", "moved_at"])
    ledger.record(
        chain(batch.pk), "batch_confirmed", by=by.acting_for(batch.subject_id), at=at, rows=state_of(batch).to_file
    )
    speak(BatchConfirmed(batch.pk, by.account, at))
    return batch


@command
def resume_batch(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    """The worker ended in the middle, or what was refused may do now: go on. Rows that were filed are left alone.

    Speaks BatchConfirmed. Raises NotYours.
    """
    batch = _locked(batch, by, at)
    if batch.confirmed_at is not None:
        batch.rows.filter(application=None, failed_at__isnull=False).update(failed_at=None, refused=[])
        batch.moved_at, batch.finished_at = at, None
        batch.save(update_fields=["moved_at", "finished_at"])
        speak(BatchConfirmed(batch.pk, by.account, at))
    ledger.record(chain(batch.pk), "batch_resumed", by=by.acting_for(batch.subject_id), at=at)
    return batch


@command
def file_row(row: BatchRow, *, by: Actor, at: datetime) -> Application | None:
    """File one row: begin, answer, attach, submit. Gives None where it was filed before (by this or another batch).

    Who may: whoever confirmed the batch, with the powers they have now. Raises what those verbs refuse.
    """
    batch = row.batch
    _alone(row.key)
    row = BatchRow.objects.select_for_update().get(pk=row.pk)
    earlier = None if row.application_id else _filed_before(row.key, at)
    if row.application_id or earlier is not None:
        BatchRow.objects.filter(pk=row.pk).update(repeats=earlier)
        ledger.record(chain(batch.pk), "batch_row_there", by=by.acting_for(batch.subject_id), at=at, row=row.place)
        return None
    application = begin(edition=batch.edition, subject=batch.subject, channel=Channel.WEB, by=by, at=at)
    sent = [str(each) for each in batch.files.values_list("file", flat=True)]
    errors = answer(application, {**row.answers, **batch.declared}, by=by, at=at, files=sent)
    if errors:
        raise Invalid([{"field": e["field"], "code": e["code"], "message": e["message"]} for e in errors])
    _hand_over(of_number(application.number), batch, by, at)
    submitted = submit(application, by=by, at=at)
    BatchRow.objects.filter(pk=row.pk).update(application=submitted, failed_at=None, refused=[])
    Batch.objects.filter(pk=batch.pk).update(moved_at=at)
    ledger.record(
        chain(batch.pk),
        "batch_row_filed",
        by=by.acting_for(batch.subject_id),
        at=at,
        row=row.place,
        number=submitted.number,
    )
    return submitted


@command
def refuse_row(row: BatchRow, why: Refusal, *, by: Actor, at: datetime) -> None:
    """A row could not be filed: why, in words that its owner reads; the others go on."""
    errors = getattr(why, "errors", None) or [{"message": why.detail}]
    told = [str(each.get("message", "")) for each in errors]
    BatchRow.objects.filter(pk=row.pk).update(failed_at=at, refused=told)
    Batch.objects.filter(pk=row.batch_id).update(moved_at=at)
    ledger.record(chain(row.batch_id), "batch_row_refused", by=by, at=at, row=row.place, ground=why.code)


@command
def finish_batch(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Nothing is left to file."""
    Batch.objects.filter(pk=batch.pk).update(finished_at=at, moved_at=at)
    ledger.record(chain(batch.pk), "batch_finished", by=by.acting_for(batch.subject_id), at=at)


def chain(batch: int) -> str:
    """The ledger chain of a batch."""
    return f"batch:{batch}"


def _rows(batch: Batch, lines: list[Line], kept: Mapping[str, Any], at: datetime) -> list[BatchRow]:
    """With the key of sound ones. Two lines that say the same are one application written twice.

    The key is of what a file holds, not of the number it is kept under.
    """
    seen: dict[str, int] = {}
    found, asked = [], asks_files(batch.edition.doc)
    for line in lines:
        key = "" if line.faults else _key(batch, line.answers)
        if key and key in seen:
            line.faults.append(_twice(seen[key], line.place))
            key = ""
        seen.setdefault(key, line.place)
        found.append(
            BatchRow(
                batch=batch, place=line.place, name=_named(batch, line), key=key,
                answers=in_their_place(line.answers, asked, kept),
                faults=[fault.stored() for fault in line.faults],
                repeats=_filed_before(key, at) if key else None,
            )
        )  # fmt: skip
    return found


def _twice(first: int, place: int) -> Fault:
    return Fault(f"{SHEET}!{place}", "", said("和第 {line} 行的内容完全相同。", line=first), "same_line")


def _named(batch: Batch, line: Line) -> str:
    """What tells a row from the others at a glance: its number; the values lie sealed."""
    return line.number[:80]


def _key(batch: Batch, answers: dict[str, Any]) -> str:
    plain = json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return keyed_hash(f"batch:{batch.subject_id}:{batch.item_id}:{plain}")


def _filed_before(key: str, at: datetime) -> Application | None:
    rows = BatchRow.objects.filter(
        key=key, application__stage=Stage.SUBMITTED, application__submitted_at__gt=at - REPEAT
    )
    found = rows.select_related("application").order_by("-id").first()
    return found.application if found else None


def _alone(key: str) -> None:
    """Two workers that hold rows of the same content file one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _locked(batch: Batch, by: Actor, at: datetime) -> Batch:
    rows = Batch.objects.select_for_update(of=("self",)).select_related("item", "edition", "edition__item", "subject")
    batch = rows.get(pk=batch.pk)
    access.require_filing(by, batch.subject, batch.item.slug, at)
    if by.is_staff:
        raise OnlyFirms
    return batch


def _open(batch: Batch, by: Actor, at: datetime) -> Batch:
    batch = _locked(batch, by, at)
    if batch.confirmed_at is not None:
        raise BatchClosed
    return batch


def _require_ready(batch: Batch, declared: frozenset[str], at: datetime) -> None:
    state = state_of(batch)
    if state.faulty or not state.to_file:
        raise BatchFaulty(count=state.faulty or state.total)
    current = in_force(batch.item_id)
    if current is None or current.pk != batch.edition_id:
        raise BatchMoved(item=batch.item.name)
    lacks = [each["material"].name for each in papers_wanted(batch, at) if not each["papers"]]
    if lacks:
        raise BatchLacksPapers(names=several(lacks))
    unsigned = [field.label for field in layout(batch.edition.doc).signed if field.name not in declared]
    if unsigned:
        raise BatchUnsigned(names=several(unsigned))


def _signed(batch: Batch, by: Actor) -> dict[str, Any]:
    """Declarations agreed to; signatures with the name of whoever confirms."""
    signer = signer_of(by)
    return {
        field.name: True if field.kind is Kind.DECLARATION else {"name": signer.name}
        for field in layout(batch.edition.doc).signed
    }


def _hand_over(application: Application, batch: Batch, by: Actor, at: datetime) -> None:
    """The documents of all, where this application still lacks them; one file serves a hundred."""
    wanted = {lack.key for lack in lacking(application) if lack.kind == "material"}
    Document.objects.bulk_create(
        Document(
            application=application, material=paper.material, presented=paper.presented, file=paper.file,
            trust=paper.trust, handed_in_at=at, handed_in_by_id=by.account,
        )
        for paper in batch.papers.filter(removed_at=None, material__in=wanted)
    )  # fmt: skip
