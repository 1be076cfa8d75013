"""Applications from a workbook, as a firm's people see them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yimen.applications.queries import batches as queries
from yimen.applications.queries.batches.state import SILENCE, rows_of, told
from yimen.kit.telling import translated
from yimen.law.said import AND
from yimen.portal.queries.applicants import Option, options
from yimen.portal.queries.waiting import own_cases
from yimen.sheets.choices import Kind

if TYPE_CHECKING:
    from yimen.applications.models import Batch, BatchRow
    from yimen.catalog.choices import EditionDocument
    from yimen.kit.actor import Actor

MOST_FAULTS = 200


def firms(document: EditionDocument, actor: Actor, at: datetime) -> list[Option]:
    """For whom somebody may send many at once: firms and organisations that the item is meant for."""
    return [each for each in options(document, actor, at) if each.fits and not each.subject.is_person]


def for_firms(document: EditionDocument) -> bool:
    """Is the item open to firms?"""
    return any(subject != "自然人" for subject in document.subjects)


def firm_field(offered: list[Option], held: str, error: str) -> dict[str, Any]:
    choices = [
        {"value": str(each.subject.pk), "label": each.subject.name, "hint": each.subject.number} for each in offered
    ]
    return {
        "name": "subject", "label": _("以哪个单位的名义"), "kind": "choice", "required": True, "choices": choices,
        "value": held or (choices[0]["value"] if choices else ""), "error": error,
    }  # fmt: skip


def file_field(error: str = "") -> dict[str, Any]:
    return {
        "name": "file", "label": _("填好的工作簿（.xlsx）"), "kind": "file", "required": True, "accept": ".xlsx",
        "error": error,
    }  # fmt: skip


def sent_field(document: EditionDocument) -> dict[str, Any] | None:
    """Files that cells name; only where a question is answered with one."""
    labels = [each.label for each in document.form_fields if each.kind is Kind.FILE]
    if not labels:
        return None
    hint = _("把工作簿里“%(questions)s”一列写到的文件一起选上；文件多的打成一个 zip。上次传过的不用再传。")
    return {
        "name": "files", "label": _("工作簿里写到的文件"), "kind": "file", "required": False, "multiple": True,
        "hint": hint % {"questions": AND.join(labels)},
    }  # fmt: skip


def lines(found: list[Batch]) -> list[dict[str, Any]]:
    """Batches in a list."""
    return [
        {
            "url": reverse("portal:batch", args=[each.pk]),
            "item": each.item.name,
            "firm": each.subject.name,
            "begun": each.begun_at,
            "words": words(each),
        }
        for each in found
    ]


def words(batch: Batch) -> str:
    """How far a batch is, in a few words."""
    state = queries.state_of(batch)
    if state.faulty:
        return ngettext("%(count)d 行有错误", "%(count)d 行有错误", state.faulty) % {"count": state.faulty}
    if batch.confirmed_at is None:
        return _("等您确认，共 %(count)d 件") % {"count": state.to_file}
    return _("已提交 %(filed)d 件，共 %(total)d 件") % {"filed": state.filed, "total": state.total - state.repeated}


def page(batch: Batch, actor: Actor, at: datetime) -> dict[str, Any]:
    """The whole page of a batch."""
    state, rows = queries.state_of(batch), rows_of(batch)
    signed = queries.layout(batch.edition.doc).signed
    return {
        "batch": batch,
        "state": state,
        "faults": _faults(rows)[:MOST_FAULTS],
        "fault_count": sum(len(row.faults) for row in rows),
        "wanted": queries.papers_wanted(batch, at) if batch.confirmed_at is None else [],
        "asks_files": bool(queries.asks_files(batch.edition.doc)),
        "files": [{"name": each.name, "size": each.stored.size} for each in queries.files_of(batch) if each.stored],
        "lacking": any(not each["papers"] for each in queries.papers_wanted(batch, at)),
        "signed": [_tick(field) for field in signed],
        "rows": _rows(batch, rows, actor, at),
        "bar": bar(batch, state, at),
    }


def bar(batch: Batch, state: queries.BatchState, at: datetime) -> dict[str, Any]:
    """How far the worker is; silent: nothing has moved for a while."""
    working = batch.confirmed_at is not None and batch.finished_at is None
    done, total = state.filed + state.failed, state.filed + state.failed + state.to_file
    return {
        "working": working,
        "silent": working and at - batch.moved_at > SILENCE,
        "done": done,
        "total": total,
        "words": _("已提交 %(done)d 件，共 %(total)d 件") % {"done": done, "total": total},
    }


def _tick(field: Any) -> dict[str, str]:
    hint = field.statement or field.hint or (_("以您账户的实名签署") if field.kind is Kind.SIGNATURE else "")
    return {"name": field.name, "label": field.label, "hint": hint}


def _faults(rows: list[BatchRow]) -> list[dict[str, Any]]:
    return [
        {"cells": fault["cell"].split(AND), "head": fault["head"], "message": told(fault)}
        for row in rows
        for fault in row.faults
    ]


def _rows(batch: Batch, rows: list[BatchRow], actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Each with the case it became and how that stands now."""
    ids = [each for row in rows for each in (row.application_id, row.repeats_id) if each]
    states: dict[int, str] = dict(own_cases(actor, at).filter(application__in=ids).values_list("application", "state"))
    return [_row(row, states) for row in rows]


def _row(row: BatchRow, states: dict[int, str]) -> dict[str, Any]:
    became = row.application or row.repeats
    return {
        "name": row.name,
        "place": row.place,
        "number": became.number if became else "",
        "url": reverse("portal:case", args=[became.number]) if became else "",
        "receipt": reverse("portal:done", args=[became.number]) if became else "",
        "state": states.get(became.pk, "") if became else "",
        "repeated": row.application is None and row.repeats is not None,
        "refused": [translated(each) for each in row.refused],
        "faulty": bool(row.faults),
    }
