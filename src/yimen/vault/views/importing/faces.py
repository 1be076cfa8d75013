"""What the pages of a batch show: where it stands, its bar, its facts, what was refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yimen.kit.actor import Actor
from yimen.kit.telling import translated
from yimen.law.masking import mask_name, mask_number
from yimen.law.sampling import Sample, passes
from yimen.vault.access import may_digitise
from yimen.vault.choices import HolderKind
from yimen.vault.choices.batches import HOLDER, HOLDER_NUMBER, SILENCE, BatchState
from yimen.vault.commands.importing import GAVE_UP
from yimen.vault.models import Batch, BatchSample
from yimen.vault.queries.importing import next_to_compare, progress, rate, rejected, waits

TONES = {
    BatchState.MAPPING: ("warn", "columns-3"),
    BatchState.READING: ("info", "clock"),
    BatchState.READ: ("warn", "eye"),
    BatchState.BARREN: ("bad", "alert-circle"),
    BatchState.SAMPLING: ("warn", "eye"),
    BatchState.ENTERING: ("info", "clock"),
    BatchState.VALID: ("good", "circle-check"),
    BatchState.RETURNED: ("bad", "arrow-back-up"),
    BatchState.FAILED: ("bad", "alert-circle"),
    BatchState.DROPPED: ("neutral", "point"),
}
MOST_SHOWN = 50
STEPS = 5
REACHED = {
    BatchState.MAPPING: 1, BatchState.READING: 2, BatchState.BARREN: 2, BatchState.READ: 3, BatchState.SAMPLING: 3,
    BatchState.RETURNED: 3, BatchState.ENTERING: 4, BatchState.VALID: STEPS,
}  # fmt: skip


def context(batch: Batch, by: Actor, at: datetime) -> dict[str, Any]:
    """The whole page, but for the form of columns."""
    state = batch.state
    own = by.user in (batch.begun_by, batch.mapped_by)
    told = rejected(batch, MOST_SHOWN) if batch.bad or batch.left_out else []
    return {
        "batch": batch,
        "state": state.value,
        "word": {"word": state.label, "tone": TONES[state][0], "icon": TONES[state][1]},
        "steps": steps(batch),
        "bar": bar(batch, at),
        "facts": facts(batch),
        "refused": [_refused(batch, each) for each in told],
        "refused_columns": _refused_columns(),
        "refused_left": max(0, batch.bad + batch.left_out - len({each.line for each in told})),
        "refused_count": batch.bad + batch.left_out,
        "sample": _sample(batch),
        "may_compare": may_digitise(by, batch.agency_id) and not own,
        "own": own,
        "gave_up": batch.refused == GAVE_UP,
        "why": translated(batch.refused),
        "nav": "batches",
    }


def bar(batch: Batch, at: datetime) -> dict[str, Any]:
    """How far the worker is, how fast, how long still; whether it has fallen silent."""
    silent = batch.working and batch.moved_at < at - SILENCE
    waiting = batch.working and (silent or batch.work_began_at is None) and waits(batch)
    done, total = progress(batch)
    doing = _("正在入库") if batch.state == BatchState.ENTERING else _("正在检查")
    words = _("正在排队，前面还有任务") if waiting else _("{doing}：{done} / {total} 行").format(
        doing=doing, done=f"{done:,}", total=f"{total:,}"
    )  # fmt: skip
    speed = rate(batch)
    if speed and not waiting:
        left = max(0, round((total - done) / speed))
        words += _("，每秒 {rate} 行，还要{left}").format(rate=f"{speed:,.0f}", left=_span(left))
    return {
        "working": batch.working and (waiting or not silent),
        "silent": silent and not waiting,
        "words": words,
        "done": done,
        "total": 0 if waiting else total,
    }


def _span(seconds: int) -> str:
    if seconds < 60:
        return _("不到 1 分钟")
    minutes = -(-seconds // 60)
    return ngettext("约 {n} 分钟", "约 {n} 分钟", minutes).format(n=minutes)


def steps(batch: Batch) -> list[dict[str, str]]:
    """Uploaded, matched, checked, compared, entered: which are done."""
    state = batch.state
    reached = REACHED.get(state)
    if reached is None:
        reached = 4 if batch.passed_at else 3 if batch.read_at else 2 if batch.mapped_at else 1
    bad = state in (BatchState.BARREN, BatchState.RETURNED, BatchState.FAILED)
    labels = (_("上传"), _("对应列名"), _("逐行检查"), _("抽检"), _("入库"))
    return [
        {
            "label": label,
            "state": "done" if place < reached else "todo" if place > reached else "error" if bad else "current",
        }
        for place, label in enumerate(labels)
    ]


def facts(batch: Batch) -> list[dict[str, Any]]:
    rows = [
        {"label": _("证照种类"), "value": batch.kind.name},
        {"label": _("发证机关"), "value": batch.agency.name},
        {"label": _("表格"), "value": batch.table.name if batch.table else _("保存期满，已经删除")},
        {
            "label": _("扫描件"),
            "value": batch.scans.name if batch.scans else batch.folder or _("没有，抽检时调阅纸质档案"),
        },
        {"label": _("导入人"), "value": batch.begun_by_name},
    ]
    if batch.corrects_id:
        rows.append({"label": _("更正的批次"), "value": _("第 {n} 批").format(n=batch.corrects_id)})
    if batch.taken:
        rows.append({"label": _("检查结果"), "value": _("合格 {good} 行，退回 {bad} 行").format(
            good=f"{batch.good:,}", bad=f"{batch.bad:,}"
        )})  # fmt: skip
    if batch.sample_size:
        rows.append({"label": _("抽检"), "value": _("抽取 {size} 行，允许 {tolerated} 行不符；{name}").format(
            size=batch.sample_size, tolerated=batch.tolerated, name=batch.sampled_by_name
        )})  # fmt: skip
    if batch.passed_at:
        rows.append({"label": _("批准入库"), "value": batch.passed_by_name})
    if batch.entered:
        rows.append({"label": _("已入库"), "value": _("{n} 本").format(n=f"{batch.entered:,}")})
    if batch.left_out:
        rows.append({"label": _("入库时退回"), "value": _("{n} 行").format(n=f"{batch.left_out:,}")})
    return rows


def _sample(batch: Batch) -> dict[str, Any]:
    """How far the comparing is, and what it would come to."""
    if not batch.sampled_at:
        return {}
    rows = BatchSample.objects.filter(batch=batch)
    wrong = [
        {"line": str(row.line), "note": row.note, "who": row.judged_by_name}
        for row in rows.filter(right=False).order_by("line")
    ]
    left = rows.filter(right=None).count()
    good = passes(len(wrong), Sample(batch.sample_size, batch.tolerated))
    following = next_to_compare(batch)
    return {
        "done": batch.sample_size - left,
        "left": left,
        "right": batch.sample_size - left - len(wrong),
        "wrong": wrong,
        "wrong_columns": [
            {"key": "line", "label": _("表格行号"), "kind": "strong"},
            {"key": "note", "label": _("哪里不一致"), "kind": "text", "wide": True},
            {"key": "who", "label": _("核对人"), "kind": "text"},
        ],
        "passes": good and not left,
        "returns": not good,
        "next": reverse("vault:batch_compare", args=[batch.pk, following]) if following else "",
        "first": reverse("vault:batch_compare", args=[batch.pk, 1]),
    }


def line(batch: Batch, by: Actor, at: datetime) -> dict[str, Any]:
    """A batch in the list."""
    state = batch.state
    result = (
        _("合格 {good} 行，退回 {bad} 行").format(good=f"{batch.good:,}", bad=f"{batch.bad:,}") if batch.taken else ""
    )
    if state in (BatchState.READING, BatchState.ENTERING):
        result = bar(batch, at)["words"]
    if state == BatchState.VALID:
        result = _("入库 {n} 本").format(n=f"{batch.entered:,}")
    return {
        "kind": batch.kind.name,
        "agency": batch.agency.short or batch.agency.name,
        "who": batch.begun_by_name,
        "when": batch.begun_at,
        "state": {"word": state.label, "tone": TONES[state][0], "icon": TONES[state][1]},
        "result": result,
        "url": reverse("vault:batch", args=[batch.pk]),
    }


def list_columns() -> list[dict[str, Any]]:
    return [
        {"key": "kind", "label": _("证照种类"), "kind": "strong", "wide": True},
        {"key": "agency", "label": _("发证机关"), "kind": "text"},
        {"key": "who", "label": _("导入人"), "kind": "text"},
        {"key": "when", "label": _("时间"), "kind": "when"},
        {"key": "state", "label": _("状态"), "kind": "badge"},
        {"key": "result", "label": _("结果"), "kind": "text"},
    ]


def masked(batch: Batch, place: int, value: str) -> str:
    """A cell of the table as a screen shows it: people's names and numbers only in part."""
    if batch.kind.holder_kind == HolderKind.LEGAL or not value:
        return value
    if place == batch.mapping.get(HOLDER_NUMBER):
        return mask_number(value)
    return mask_name(value) if place == batch.mapping.get(HOLDER) else value


def _refused(batch: Batch, each: Any) -> dict[str, str]:
    place = batch.heads.index(each.head) if each.head in batch.heads else -1
    return {
        "line": str(each.line),
        "head": each.head or _("整行"),
        "value": masked(batch, place, each.value) or _("（空）"),
        "reason": each.reason,
    }


def _refused_columns() -> list[dict[str, Any]]:
    return [
        {"key": "line", "label": _("表格行号"), "kind": "strong"},
        {"key": "head", "label": _("列"), "kind": "text"},
        {"key": "value", "label": _("现在的内容"), "kind": "text"},
        {"key": "reason", "label": _("问题"), "kind": "text", "wide": True},
    ]
