"""The way that editions, measures and packages share: the staffing office (编制), the legal (法制), then their day.

(108号文 目录清单管理: 编制 and 法制 approve; every other operation follows the same flow)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from yimen.catalog import access
from yimen.catalog.choices import EditionState, PassageKind
from yimen.catalog.models import Edition, Measure, PackageDraft, Passage
from yimen.kit.actor import Actor
from yimen.kit.errors import Forbidden, Invalid, Refusal
from yimen.kit.time import day_of

Thing = Edition | Measure | PackageDraft


class Turn(NamedTuple):
    """An office's turn: whom it asks, where an approval leads, how that is written down."""

    head: Callable[[Actor, int], None]
    leads_to: str
    kind: PassageKind


TURNS = {
    str(EditionState.CHECKED): Turn(access.require_staffing, str(EditionState.STAFFED), PassageKind.STAFFING),
    str(EditionState.STAFFED): Turn(access.require_legal, str(EditionState.APPROVED), PassageKind.LEGAL),
}
WAITING = frozenset({*TURNS, str(EditionState.APPROVED)})
"""States between the editor's hands and the day; a measure's states have the same names."""


class NotWaiting(Refusal):
    code = "edition_not_waiting"
    sentence = "这一版现在不在审核中，页面可能已经过时，请刷新后查看。"


class TooEarly(Refusal):
    code = "effective_day_past"
    sentence = "生效日期不能早于今天。"
    status = 422


class SamePerson(Forbidden):
    code = "same_person"
    sentence = "起草、编制审核和法制审核应当由不同的人完成。"


def require_not_past(planned_from: date, at: datetime) -> None:
    """What is to come can't have been. Raises TooEarly."""
    if planned_from < day_of(at):
        raise TooEarly


def require_turn(thing: Thing, agencies: Iterable[int], *, by: Actor) -> Turn:
    """The office whose turn it is, for all the agencies. Raises NotWaiting, Forbidden."""
    turn = TURNS.get(thing.state)
    if turn is None:
        raise NotWaiting
    for agency in agencies:
        turn.head(by, agency)
    return turn


def require_somebody_else(thing: Thing, by: Actor) -> None:
    """Four eyes, then six: since it last came from its editor nobody has had it in hand twice. Raises SamePerson."""
    if by.user is None:
        return
    for step in thing.passages.order_by("-id"):
        if step.user == by.user:
            raise SamePerson
        if step.kind == PassageKind.SUBMITTED:
            return


def require_may_send_back(thing: Thing, agency: int, *, by: Actor) -> None:
    """The office whose turn it is, the agency's editor who wants it back, or the platform. Raises Forbidden."""
    if by.channel == "system" or by.may("editor", agency):
        return
    turn = TURNS.get(thing.state)
    if turn is None:
        raise Forbidden("审核已经完成，只有本部门的事项编制人员可以撤回修改。")
    turn.head(by, agency)


def reason_to_send_back(reason: str) -> str:
    """Whoever sends something back says why. Raises Invalid."""
    if not reason.strip():
        raise Invalid([{"field": "reason", "code": "required", "message": "请写明退回的原因。"}])
    return reason.strip()


def pass_on(thing: Thing, kind: PassageKind, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Who did it, from which post, and why."""
    Passage.objects.create(
        edition=thing if isinstance(thing, Edition) else None,
        measure=thing if isinstance(thing, Measure) else None,
        package=thing if isinstance(thing, PackageDraft) else None,
        kind=kind,
        at=at,
        user=by.user,
        name=by.name,
        post=by.post_name,
        office=by.office_name,
        reason=reason,
    )
