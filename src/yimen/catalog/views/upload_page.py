"""What the pages of an upload show: its bar, its problems, what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yimen.catalog.choices import UploadForm, UploadOutcome, UploadState, UploadWork
from yimen.catalog.choices.uploading import SILENCE
from yimen.catalog.commands.uploading.reviving import GAVE_UP
from yimen.catalog.models import Upload, UploadItem
from yimen.catalog.queries.uploads import waits
from yimen.catalog.queries.workbook.layout import NOT_CARRIED, SHEETS
from yimen.kit.actor import Actor
from yimen.kit.telling import translated
from yimen.law.said import several

TONES = {
    UploadState.CHECKING: "info", UploadState.BAD: "bad", UploadState.READY: "warn", UploadState.LOADING: "info",
    UploadState.LOADED: "good", UploadState.DROPPED: "neutral",
}  # fmt: skip
ICONS = {
    "info": "clock", "bad": "alert-circle", "warn": "alert-triangle", "good": "circle-check", "neutral": "point",
}  # fmt: skip
MOST_SHOWN, MOST_ITEMS_SHOWN = 100, 200


def context(upload: Upload, by: Actor, at: datetime) -> dict[str, Any]:
    """The whole page."""
    state, items = upload.state, list(upload.items.select_related("agency").defer("document"))
    differing = [item for item in items if item.outcome != UploadOutcome.UNCHANGED]
    shown = differing[:MOST_ITEMS_SHOWN]
    return {
        "upload": upload,
        "state": state.value,
        "steps": _steps(upload),
        "bar": bar(upload, at),
        "facts": _facts(upload),
        "problems": upload.problems[:MOST_SHOWN],
        "problem_columns": _problem_columns(upload),
        "problems_left": max(0, upload.problem_count - MOST_SHOWN),
        "marked": upload.form == UploadForm.XLSX and bool(upload.problem_count),
        "items": [_item(item, state) for item in shown],
        "change_columns": _change_columns(),
        "items_left": len(differing) - len(shown),
        "differing": len(differing),
        "unchanged": upload.counts.get("unchanged", 0),
        "nav": "catalog",
    }


def bar(upload: Upload, at: datetime) -> dict[str, Any]:
    """How far the worker is, in words and as a part of a whole; whether it has fallen silent."""
    silent = upload.working and upload.moved_at < at - SILENCE
    waiting = silent and waits(upload)
    words = _("正在{doing}").format(doing=UploadWork(upload.doing).label)
    if upload.total and upload.doing != UploadWork.READ:
        words = _("正在{doing}：{done} / {total} 个事项").format(
            doing=UploadWork(upload.doing).label, done=f"{upload.done:,}", total=f"{upload.total:,}"
        )
    if waiting:
        words = _("正在排队，前面还有任务")
    return {
        "working": upload.working and (waiting or not silent),
        "silent": silent and not waiting,
        "gave_up": upload.refused == GAVE_UP,
        "words": words,
        "done": upload.done,
        "total": upload.total if upload.doing != UploadWork.READ and not waiting else 0,
    }


def carried() -> list[dict[str, str]]:
    """What a workbook holds, sheet by sheet, and what it doesn't."""
    sheets = [{"label": sheet.name, "value": translated(sheet.about)} for sheet in SHEETS]
    return [*sheets, {"label": _("不包含"), "value": translated(several(NOT_CARRIED))}]


def line(upload: Upload, at: datetime) -> dict[str, Any]:
    """An upload in the list of earlier ones."""
    return {
        "file": upload.file.name,
        "who": upload.begun_by_name,
        "when": upload.begun_at,
        "state": {"word": upload.state.label, "tone": TONES[upload.state], "icon": ICONS[TONES[upload.state]]},
        "result": _result(upload),
        "url": reverse("catalog:upload_one", args=[upload.pk]),
    }


def agency_field(agencies: Sequence[tuple[str, str, int]]) -> dict[str, Any] | None:
    """Whose items are to be taken out; None where one reaches no agency that has some."""
    if not agencies:
        return None
    choices = [
        {"value": code, "label": _("{name}（{count} 个事项）").format(name=name, count=count)}
        for code, name, count in agencies
    ]
    return {
        "name": "agency", "label": _("部门"), "kind": "choice", "choices": choices, "required": True,
        "value": choices[0]["value"],
    }  # fmt: skip


def list_columns() -> list[dict[str, str]]:
    return [
        {"key": "file", "label": _("文件"), "kind": "strong"},
        {"key": "who", "label": _("上传人"), "kind": "text"},
        {"key": "when", "label": _("时间"), "kind": "when"},
        {"key": "state", "label": _("状态"), "kind": "badge"},
        {"key": "result", "label": _("结果"), "kind": "text"},
    ]


def _result(upload: Upload) -> str:
    if upload.refused:
        return upload.refused
    if upload.problem_count:
        return ngettext("{n} 处问题", "{n} 处问题", upload.problem_count).format(n=upload.problem_count)
    return _counts(upload) if upload.checked_at else ""


def _counts(upload: Upload) -> str:
    words = [(UploadOutcome(name).label, number) for name, number in upload.counts.items() if number]
    return "，".join(f"{label} {number:,}" for label, number in words)


def _steps(upload: Upload) -> list[dict[str, str]]:
    """Upload, check, confirm, load: which are done."""
    state = upload.state
    reached = {
        UploadState.CHECKING: 1, UploadState.BAD: 3 if upload.confirmed_at else 1, UploadState.READY: 2,
        UploadState.LOADING: 3, UploadState.LOADED: 4, UploadState.DROPPED: 2 if upload.checked_at else 1,
    }[state]  # fmt: skip
    labels = (_("上传"), _("检查"), _("确认"), _("导入为草稿"))
    here = "error" if state == UploadState.BAD else "current"
    return [
        {"label": label, "state": "done" if place < reached else here if place == reached else "todo"}
        for place, label in enumerate(labels)
    ]


def _facts(upload: Upload) -> list[dict[str, Any]]:
    rows = [
        {"label": _("文件"), "value": f"{upload.file.name}（{UploadForm(upload.form).label}）"},
        {"label": _("上传人"), "value": upload.begun_by_name},
    ]
    if upload.checked_at and upload.counts and not upload.problem_count:
        rows.append({"label": _("事项"), "value": _counts(upload)})
    if upload.ignored:
        rows.append({"label": _("没有读取"), "value": "、".join(upload.ignored)})
    return rows


def _problem_columns(upload: Upload) -> list[dict[str, str]]:
    place = {"key": "where", "label": _("位置"), "kind": "strong"}
    reason = {"key": "reason", "label": _("问题"), "kind": "text"}
    if upload.form != UploadForm.XLSX:
        return [place, reason]
    return [
        {**place, "label": _("单元格")},
        {"key": "head", "label": _("列"), "kind": "text"},
        {"key": "value", "label": _("现在的内容"), "kind": "text"},
        reason,
    ]


def _change_columns() -> list[dict[str, str]]:
    return [
        {"key": "where", "label": _("单元格"), "kind": "text"},
        {"key": "what", "label": _("列"), "kind": "text"},
        {"key": "before", "label": _("原来"), "kind": "text"},
        {"key": "after", "label": _("改为"), "kind": "text"},
    ]


def _item(item: UploadItem, state: UploadState) -> dict[str, Any]:
    changes = [
        {"where": where, "what": what, "before": before, "after": after} for where, what, before, after in item.changes
    ]
    cells = [
        {**each, "before": each["before"] or _("（空）"), "after": each["after"] or _("（空）")}
        for each in changes
        if each["before"] or each["after"]
    ]
    return {
        "name": item.name,
        "slug": item.slug,
        "agency": item.agency.name,
        "outcome": UploadOutcome(item.outcome).label,
        "new": item.outcome == UploadOutcome.NEW,
        "cells": cells,
        "others": _others(each for each in changes if not each["before"] and not each["after"]),
        "left": item.change_count - len(changes),
        "url": reverse("catalog:edit", args=[item.slug]) if state == UploadState.LOADED else "",
    }


def _others(changes: Iterable[dict[str, str]]) -> Sequence[str]:
    return [f"{each['where']}：{each['what']}" for each in changes]
