"""Suspending, resuming, cancelling, splitting, merging items: the same two approvals, then on their day.

(108号文 目录清单管理: 暂停、取消、拆分、合并 follow the same flow)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from yimen.catalog import events
from yimen.catalog.access import require_editor
from yimen.catalog.choices import EditionState, MeasureKind, MeasureState, PassageKind, chain
from yimen.catalog.commands.passing import (
    WAITING,
    NotWaiting,
    pass_on,
    reason_to_send_back,
    require_may_send_back,
    require_not_past,
    require_somebody_else,
    require_turn,
)
from yimen.catalog.commands.releasing import move_shelf
from yimen.catalog.models import Edition, Item, Measure
from yimen.catalog.queries.delegation import descendants
from yimen.catalog.queries.editions import in_force
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law.said import said
from yimen.ledger.commands import record

DONE = {
    MeasureKind.SUSPEND: PassageKind.SUSPENDED,
    MeasureKind.RESUME: PassageKind.RESUMED,
    MeasureKind.CANCEL: PassageKind.CANCELLED,
    MeasureKind.SPLIT: PassageKind.CANCELLED,
    MeasureKind.MERGE: PassageKind.CANCELLED,
}


class NotPossible(Refusal):
    code = "measure_not_possible"
    sentence = "“{name}”现在的状态不能{what}。"


@command
def propose(
    kind: MeasureKind,
    items: Sequence[Item],
    *,
    successors: Sequence[str] = (),
    planned_from: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Measure:
    """Put a measure before the offices. items: one, or the ones that merge; successors: slugs that take their place.

    Who: an editor whose posts reach the agencies of all. Raises Forbidden, Invalid, NotPossible, TooEarly.
    """
    for item in items:
        require_editor(by, item.agency_id)
    require_not_past(planned_from, at)
    _require_sense(kind, items, successors, reason)
    for item in items:
        _require_possible(kind, item)
    measure = Measure.objects.create(
        kind=kind,
        successors=list(successors),
        agency_id=items[0].agency_id,
        reason=reason.strip(),
        planned_from=planned_from,
        proposed_at=at,
    )
    measure.items.set(items)
    pass_on(measure, PassageKind.SUBMITTED, by=by, at=at, reason=measure.reason)
    _record(measure, "proposed", by=by, at=at)
    return measure


@command
def approve_measure(measure: Measure, *, reason: str = "", by: Actor, at: datetime) -> Measure:
    """The office whose turn it is approves; with the second approval it waits for its day, or is done at once."""
    measure = _lock(measure)
    turn = require_turn(measure, [item.agency_id for item in measure.items.all()], by=by)
    require_somebody_else(measure, by)
    measure.state = MeasureState(turn.leads_to)
    measure.save(update_fields=["state"])
    pass_on(measure, turn.kind, by=by, at=at, reason=reason)
    _record(measure, str(turn.kind), by=by, at=at)
    if measure.state == MeasureState.APPROVED and measure.planned_from <= day_of(at):
        carry_out(measure, by=by, at=at)
    return measure


@command
def return_measure(measure: Measure, *, reason: str, by: Actor, at: datetime) -> Measure:
    """It is not to be: the office whose turn it is, or the editor who takes it back. It can be proposed again."""
    measure = _lock(measure)
    reason = reason_to_send_back(reason)
    require_may_send_back(measure, measure.agency_id, by=by)
    measure.state = MeasureState.RETURNED
    measure.save(update_fields=["state"])
    pass_on(measure, PassageKind.RETURNED, by=by, at=at, reason=reason)
    _record(measure, "returned", by=by, at=at)
    return measure


@command
def carry_out(measure: Measure, *, by: Actor, at: datetime) -> Measure:
    """An approved measure is done, on its day or with the last approval. Speaks ItemSuspended, Resumed or Cancelled.

    What has become impossible meanwhile goes back to its editor.
    """
    measure = _lock(measure)
    if measure.state != MeasureState.APPROVED or measure.planned_from > day_of(at):
        raise NotWaiting
    kind = MeasureKind(measure.kind)
    items = list(Item.objects.select_for_update(of=("self",)).filter(measures=measure).order_by("pk"))
    try:
        for item in items:
            _require_possible(kind, item)
        _require_successors(measure)
    except NotPossible as refused:
        return return_measure(measure, reason=refused.detail, by=Actor.system(), at=at)
    for item in descendants(items):
        _do(kind, item, measure, at)
    measure.state, measure.done_at = MeasureState.DONE, at
    measure.save(update_fields=["state", "done_at"])
    pass_on(measure, DONE[kind], by=by, at=at)
    _record(measure, str(DONE[kind]), by=by, at=at)
    move_shelf()
    return measure


def _do(kind: MeasureKind, item: Item, measure: Measure, at: datetime) -> None:
    """Also to what inherits from an item: the standard is one."""
    edition = in_force(item.pk)
    if edition is None:
        return
    if kind is MeasureKind.SUSPEND:
        _set(edition, EditionState.SUSPENDED)
        speak(events.ItemSuspended(item.slug, at))
    elif kind is MeasureKind.RESUME:
        _set(edition, EditionState.RELEASED)
        speak(events.ItemResumed(item.slug, at))
    else:
        edition.valid_to = max(edition.valid_from or day_of(at), day_of(at) - timedelta(days=1))
        _set(edition, EditionState.CANCELLED)
        item.successors = measure.successors
        item.save(update_fields=["successors"])
        speak(events.ItemCancelled(item.slug, at))


def _set(edition: Edition, state: EditionState) -> None:
    edition.state = state
    edition.save(update_fields=["state", "valid_to"])


def _require_sense(kind: MeasureKind, items: Sequence[Item], successors: Sequence[str], reason: str) -> None:
    """Splitting makes several of one, merging one of several."""
    errors = []
    if not reason.strip():
        errors.append({"field": "reason", "code": "required", "message": "请写明原因。"})
    if kind is MeasureKind.SPLIT and len(set(successors)) < 2:
        errors.append({"field": "successors", "code": "too_few", "message": "拆分后应当至少有两个事项。"})
    if kind is MeasureKind.MERGE and (len(items) < 2 or len(set(successors)) != 1):
        errors.append({"field": "items", "code": "too_few", "message": "合并应当选择两个以上的事项，合并为一个。"})
    known = set(Item.objects.filter(slug__in=successors).values_list("slug", flat=True))
    errors += [
        {"field": "successors", "code": "unknown", "message": said("没有事项“{slug}”，请先起草。", slug=slug)}
        for slug in successors
        if slug not in known
    ]
    if errors:
        raise Invalid(errors)


def _require_possible(kind: MeasureKind, item: Item) -> None:
    edition = in_force(item.pk)
    wanted = {MeasureKind.SUSPEND: EditionState.RELEASED, MeasureKind.RESUME: EditionState.SUSPENDED}.get(kind)
    if edition is None or (wanted is not None and edition.state != wanted):
        raise NotPossible(name=item.name, what=said(str(kind.label)))


def _require_successors(measure: Measure) -> None:
    """Nobody is left without a door: what takes the item's place is open on that day."""
    for item in Item.objects.filter(slug__in=measure.successors):
        if item not in measure.items.all() and in_force(item.pk) is None:
            raise NotPossible("“{name}”还没有发布，不能代替原来的事项。", name=item.name)


def _lock(measure: Measure) -> Measure:
    locked = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if locked.state not in WAITING:
        raise NotWaiting
    return locked


def _record(measure: Measure, what: str, *, by: Actor, at: datetime) -> None:
    for slug in measure.items.order_by("pk").values_list("slug", flat=True):
        record(
            chain(slug), f"measure_{what}", by=by, at=at,
            measure=measure.pk, kind=measure.kind, planned_from=measure.planned_from.isoformat(),
            successors=measure.successors, reason=measure.reason,
        )  # fmt: skip
