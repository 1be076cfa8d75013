"""The course of an item as a chart: which boxes, in which order, what leads aside. Drawing is `flow_svg`'s.

Read from the edition's steps, nothing else: applicant's acts, groups that run side by side, procedures whose time isn't
counted (许可法 45), the decision with both ways out (许可法 38), what happens when something is missing (许可法 32).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from yimen.catalog.choices import EditionDocument, SpecialProcedure, Step, StepKind
from yimen.catalog.queries.saying import days


class Shape(StrEnum):
    """How a box looks."""

    START = "start"
    STEP = "step"
    APPLICANT = "applicant"
    DECISION = "decision"
    END = "end"


@dataclass(frozen=True)
class Box:
    """name: its first line; facts: who, how long."""

    shape: Shape
    name: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """What stands side by side at one height. asides: what leads away from it, each (label of the way, words).

    onward: what is written on the way down (准予).
    """

    boxes: tuple[Box, ...]
    asides: tuple[tuple[str, str], ...] = ()
    onward: str = ""

    @property
    def parallel(self) -> bool:
        """Do several steps run side by side?"""
        return len(self.boxes) > 1


@dataclass(frozen=True)
class Chart:
    """The whole chart from filing to result. title, summary: for those who can't see it."""

    title: str
    summary: str
    stages: tuple[Stage, ...]

    @property
    def sentences(self) -> list[str]:
        """The chart as an ordered list of sentences."""
        return [_sentence(stage) for stage in self.stages]


def chart(document: EditionDocument) -> Chart:
    """The chart of an edition."""
    stages = tuple(_stages(document))
    return Chart(
        title=_("%(name)s办理流程图") % {"name": document.name},
        summary=_("从提交申请到办结，共 %(n)s 步。") % {"n": len(stages)},
        stages=stages,
    )


def groups(steps: tuple[Step, ...]) -> list[list[Step]]:
    """Steps that run side by side stand together."""
    found: list[list[Step]] = []
    for step in steps:
        if step.parallel_with_previous and found:
            found[-1].append(step)
        else:
            found.append([step])
    return found


def _stages(document: EditionDocument) -> Iterator[Stage]:
    if document.steps[0].kind is not StepKind.APPLICANT:
        yield Stage((Box(Shape.START, _("提交申请"), (_ways(document),)),))
    special_at = _where_special(document)
    for place, group in enumerate(groups(document.steps)):
        procedures = document.special_procedures if place == special_at else ()
        yield Stage(
            boxes=tuple(_box(step, document) for step in group),
            asides=tuple(_asides(group, procedures, document)),
            onward=_way_on(document) if any(step.kind is StepKind.DECIDE for step in group) else "",
        )
    yield Stage((Box(Shape.END, _("办结"), _results(document)),))


def _where_special(document: EditionDocument) -> int:
    """Beside the step that speaks of it, else the last review before the decision, else the decision itself."""
    listed = groups(document.steps)
    speaking = [place for place, group in enumerate(listed) if any(step.special for step in group)]
    reviews = [place for place, group in enumerate(listed) if any(step.kind is StepKind.REVIEW for step in group)]
    decisions = [place for place, group in enumerate(listed) if any(step.kind is StepKind.DECIDE for step in group)]
    return (speaking or reviews[-1:] or decisions or [len(listed) - 1])[0]


def _box(step: Step, document: EditionDocument) -> Box:
    shape = {StepKind.APPLICANT: Shape.APPLICANT, StepKind.DECIDE: Shape.DECISION}.get(
        step.kind or StepKind.REVIEW, Shape.STEP
    )
    time = "" if step.days is None else days(step.days, document.promised_unit)
    return Box(shape, step.name, tuple(part for part in (step.role, time) if part))


def _asides(
    group: list[Step], procedures: tuple[SpecialProcedure, ...], document: EditionDocument
) -> Iterator[tuple[str, str]]:
    kinds = {step.kind for step in group}
    if StepKind.ACCEPT in kinds:
        yield _("材料不齐"), _("当场或五日内一次告知全部要补的内容")
    for step in group:
        if step.special:
            yield _("特别程序"), step.special
    for each in procedures:
        time = days(each.days, each.unit) if each.days else ""
        counted = "" if each.counts_towards_limit else _("不计入时限")
        yield _("特别程序"), _("，").join(part for part in (each.name, time, counted) if part)
    if StepKind.DECIDE in kinds:
        refused = _("不予许可") if document.kind == "行政许可" else _("不予办理")
        yield refused, _("书面说明理由，可以申请复议或者起诉")


def _way_on(document: EditionDocument) -> str:
    return _("准予") if document.kind == "行政许可" else _("通过")


def _ways(document: EditionDocument) -> str:
    if document.channels:
        return "、".join(document.channels)
    return _("网上或者窗口") if document.online_depth in ("三级", "四级") else _("窗口")


def _results(document: EditionDocument) -> tuple[str, ...]:
    names = "、".join(result.name for result in document.results)
    return (_("取得%(names)s") % {"names": names},) if names else ()


def _sentence(stage: Stage) -> str:
    boxes = _("；同时，").join(
        f"{box.name}（{'，'.join(box.facts)}）" if box.facts else box.name for box in stage.boxes
    )
    said = [boxes, *(f"{way}：{words}" for way, words in stage.asides)]
    return _("。").join(said) + (_("。%(way)s的，进入下一步") % {"way": stage.onward} if stage.onward else "") + _("。")
