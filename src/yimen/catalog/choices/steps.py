"""Steps of an item: what each does, read from its name where the file doesn't say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from pydantic import Field

from yimen.catalog.choices.words import Text, Title
from yimen.sheets.choices import Part


class StepKind(StrEnum):
    """What happens in a step: the engine makes tasks of `review` and `decide`."""

    ACCEPT = "accept"
    REVIEW = "review"
    DECIDE = "decide"
    DRAW_UP = "draw_up"
    DELIVER = "deliver"
    APPLICANT = "applicant"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    StepKind.ACCEPT: "受理",
    StepKind.REVIEW: "审查",
    StepKind.DECIDE: "决定",
    StepKind.DRAW_UP: "制证",
    StepKind.DELIVER: "送达",
    StepKind.APPLICANT: "申请人办理",
}


class Step(Part):
    """One step: its name, who does it, in how many days (None: not fixed).

    kind: derived from the name unless given. parallel_with_previous: runs side by side with the step before it.
    office 处室; decided_by: who decides (审批权限); review_points 审查要点; special 特别程序说明.
    """

    name: Title
    role: Title
    days: float | None = Field(default=None, ge=0, le=3650)
    kind: StepKind | None = None
    parallel_with_previous: bool = False
    office: Title | None = None
    decided_by: Title | None = None
    review_points: tuple[Text, ...] = ()
    special: Text | None = None


# Words that decide, and words that may stand for a decision where no step says so plainly (登记, 备案 …).
_DECIDES = re.compile("决定|批准|核准|审批|审定|认定|准予")
_MAY_DECIDE = re.compile("登记|备案|办结|赋码|综合意见")
_OTHERS = (
    (StepKind.ACCEPT, re.compile("受理|收件|接件|接收")),
    (StepKind.DRAW_UP, re.compile("制证|缮证|制卡|登簿|打印|印制|制作|出具|账户设立")),
    (StepKind.DELIVER, re.compile("送达|发证|发放|颁发|领证|领取|支付|拨付")),
    (StepKind.APPLICANT, re.compile("申请|填报|申报|预约|缴费|缴税|缴纳")),
)


def settle(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Give every step its kind. At most one step decides: the plainest word wins, the later one among equals,

    else the last review. A list with neither (受理, 制证) has no deciding step. What looks like a review but comes
    after the decision can't change it any more: it is part of drawing up.
    """
    decider = _decider(steps)
    return tuple(
        step if step.kind else step.model_copy(update={"kind": _settled(step, place, decider)})
        for place, step in enumerate(steps)
    )


def _settled(step: Step, place: int, decider: int | None) -> StepKind:
    if place == decider:
        return StepKind.DECIDE
    kind = _kind(step)
    return StepKind.DRAW_UP if kind is StepKind.REVIEW and decider is not None and place > decider else kind


def _decider(steps: Sequence[Step]) -> int | None:
    given = [place for place, step in enumerate(steps) if step.kind is StepKind.DECIDE]
    if given:
        return given[-1]
    open_places = [place for place, step in enumerate(steps) if step.kind is None]
    for fits in (_says(_DECIDES), _says(_MAY_DECIDE), _reviews):
        found = [place for place in open_places if fits(steps[place])]
        if found:
            return found[-1]
    return None


def _says(words: re.Pattern[str]) -> Callable[[Step], bool]:
    return lambda step: bool(words.search(step.name)) and "受理" not in step.name


def _reviews(step: Step) -> bool:
    return _kind(step) is StepKind.REVIEW


def _kind(step: Step) -> StepKind:
    return next((kind for kind, words in _OTHERS if words.search(step.name)), StepKind.REVIEW)
