"""Limits and steps: rules 1, 9 (time) and 10 (promise). Rules in words: docs/rules/catalogue.md"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yimen.law.said import said

from .durations import Compared, Order, compared, in_units
from .finding import Hit
from .shapes import Edition, SpecialProcedure, Step

INSTANT = "即办件"
_LISTED = re.compile(r"[、，,；;/（）()和及与或]|以及|或者")


def hits(document: Edition) -> Iterator[Hit]:
    """Everything about time."""
    yield from _instant(document)
    yield from _promise(document)
    yield from _steps(document)


def total(steps: Sequence[Step], procedures: Sequence[SpecialProcedure] = ()) -> float:
    """The days that the office's steps take: of steps side by side the longest; what isn't counted left out.

    Not counted: steps of the applicant, steps that are a special procedure (许可法 45).
    """
    groups: list[list[float]] = []
    for step in steps:
        days = 0.0 if _uncounted(step, procedures) else (step.days or 0.0)
        if step.parallel_with_previous and groups:
            groups[-1].append(days)
        else:
            groups.append([days])
    return sum(max(group) for group in groups)


def _uncounted(step: Step, procedures: Sequence[SpecialProcedure]) -> bool:
    if step.kind == "applicant" or step.special:
        return True
    apart = [each.name for each in procedures if not each.counts_towards_limit]
    return any(step.name == name or step.name in _LISTED.split(name) for name in apart)


def _instant(document: Edition) -> Iterator[Hit]:
    instant = document.case_type == INSTANT
    if instant and document.promised_days != 0:
        yield Hit(
            "instant_mismatch",
            "promised_days",
            "即办件没有写承诺时限 0（当场办结）。",
            "把承诺时限写为 0，或者改为承诺件。",
        )
    if not instant and document.promised_days == 0:
        yield Hit(
            "instant_mismatch",
            "case_type",
            "承诺时限为 0，办件类型却不是即办件。",
            "把办件类型改为即办件，或者写明承诺的天数。",
        )
    if not instant and document.promised_days is None:
        yield Hit("promise_missing", "promised_days", "承诺件没有写承诺时限。", "写明承诺几个工作日办结。")


def _promise(document: Edition) -> Iterator[Hit]:
    promised, statutory = document.promised_days, document.statutory_days
    if promised is None or statutory is None:
        return
    told = compared(promised, document.promised_unit, statutory, document.statutory_unit)
    words = said(
        "承诺 {promised}，法定 {statutory}（{argument}）", promised=in_units(promised, document.promised_unit),
        statutory=in_units(statutory, document.statutory_unit), argument=told.argument,
    )  # fmt: skip
    if told.order is Order.EXCEEDS:
        yield Hit(
            "promise_exceeds_statutory",
            "promised_days",
            said("承诺时限长于法定时限：{words}。", words=words),
            "把承诺时限缩短到法定时限以内。",
        )
    elif told.order is Order.UNSURE:
        yield Hit(
            "promise_unsure",
            "promised_days",
            said("承诺时限可能长于法定时限：{words}。", words=words),
            "承诺与法定用同一个单位，或者再缩短。",
        )


def _steps(document: Edition) -> Iterator[Hit]:
    """Steps are counted in the unit of the limit that binds."""
    spent = total(document.steps, document.special_procedures)
    if document.promised_days is not None:
        binding, unit, name = document.promised_days, document.promised_unit, said("承诺时限")
    elif document.statutory_days is not None:
        binding, unit, name = document.statutory_days, document.statutory_unit, said("法定时限")
    else:
        return
    told: Compared = compared(spent, "工作日" if unit in ("小时", "月") else unit, binding, unit)
    if told.order is Order.EXCEEDS:
        counted = "工作日" if unit in ("小时", "月") else unit
        sentence = said(
            "各环节共 {spent}，超过{name} {binding}。", spent=in_units(spent, counted), name=name,
            binding=in_units(binding, unit),
        )  # fmt: skip
        yield Hit("steps_exceed_promise", "steps", sentence, "缩短环节时间，能同时办的环节写为并行。")
