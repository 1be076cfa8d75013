"""From a draft to an edition that counts: checked, approved by the staffing office (编制), by the legal office (法制),

released on its day. (108号文 目录清单管理: a new entry is released only after both approve)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from yimen.catalog.access import require_editor
from yimen.catalog.choices import EditionDocument, EditionState, PassageKind, Reach, chain
from yimen.catalog.commands.drafting import lock_draft
from yimen.catalog.commands.passing import (
    WAITING,
    NotWaiting,
    SamePerson,
    pass_on,
    reason_to_send_back,
    require_may_send_back,
    require_not_past,
    require_somebody_else,
    require_turn,
)
from yimen.catalog.commands.releasing import become_current, digest
from yimen.catalog.models import Edition
from yimen.catalog.queries.checking import Problem
from yimen.catalog.queries.editions import in_force
from yimen.catalog.queries.readiness import meaning, obstacles
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.time import day_of
from yimen.ledger.commands import record


class NotReady(Invalid):
    code = "edition_not_ready"
    sentence = "还有 {count} 处问题，改好后才能送审。"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        errors = [{"field": each.field, "code": "not_ready", "message": each.reason} for each in problems]
        super().__init__(errors, count=len(problems))


class Superseded(Refusal):
    code = "edition_superseded"
    sentence = "起草期间现行版本已经更新（现在是第 {version} 版），请先并入它的改动，再送审。"


class Undecided(Refusal):
    code = "reach_undecided"
    sentence = "还有 {count} 项改动没有选择是否适用于在办的办件。"
    status = 422


@command
def submit(
    edition: Edition, *, planned_from: date, note: str, reach: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> Edition:
    """Send a draft to the offices. planned_from: the day on which it is to count; note: why it is made.

    reach: {change: new | all} for easings; those that would reach a case open now must be chosen, for others new is
    meant. Who: an editor whose post reaches the agency.
    Raises NotInHand, NotReady (with every problem), TooEarly, Superseded, Undecided.
    """
    edition = lock_draft(edition)
    item = edition.item
    require_editor(by, item.agency_id)
    require_not_past(planned_from, at)
    _require_base(edition)
    document, problems = obstacles(edition)
    if document is None or problems:
        raise NotReady(problems)
    keyed = document.keyed(edition.base.doc if edition.base else None)
    edition.document, edition.digest = keyed.stored(), digest(keyed.essence())
    edition.reach = _reach(edition, keyed, reach or {}, planned_from)
    edition.state, edition.planned_from, edition.note = EditionState.CHECKED, planned_from, note.strip()
    edition.save()
    pass_on(edition, PassageKind.SUBMITTED, by=by, at=at, reason=edition.note)
    record(
        chain(item.slug), "edition_submitted", by=by, at=at,
        version=edition.version, digest=edition.digest, planned_from=planned_from.isoformat(), note=edition.note,
        reach=edition.reach,
    )  # fmt: skip
    return edition


@command
def approve(edition: Edition, *, digest: str, reason: str = "", by: Actor, at: datetime) -> Edition:
    """The office whose turn it is approves: first 编制, then 法制. digest: of what was read.

    With the second approval the edition waits for its day, or counts at once when that has come.
    Raises Forbidden, SamePerson, NotWaiting (also when it says something else by now).
    """
    edition = lock_waiting(edition)
    if edition.digest != digest:
        raise NotWaiting
    turn = require_turn(edition, [edition.item.agency_id], by=by)
    _require_others(edition, by)
    edition.state = EditionState(turn.leads_to)
    edition.save(update_fields=["state"])
    pass_on(edition, turn.kind, by=by, at=at, reason=reason)
    record(
        chain(edition.item.slug), f"edition_{turn.kind}", by=by, at=at,
        version=edition.version, digest=edition.digest, reason=reason,
    )  # fmt: skip
    if edition.state == EditionState.APPROVED and due(edition, at):
        take_effect(edition, by=by, at=at)
    return edition


@command
def send_back(edition: Edition, *, reason: str, by: Actor, at: datetime) -> Edition:
    """Back to the editor's hands: the office whose turn it is, or the agency's editor who wants it back.

    Raises Forbidden, NotWaiting, Invalid without a reason.
    """
    edition = lock_waiting(edition)
    reason = reason_to_send_back(reason)
    require_may_send_back(edition, edition.item.agency_id, by=by)
    edition.state = EditionState.DRAFT
    edition.save(update_fields=["state"])
    pass_on(edition, PassageKind.RETURNED, by=by, at=at, reason=reason)
    record(
        chain(edition.item.slug), "edition_returned", by=by, at=at,
        version=edition.version, digest=edition.digest, reason=reason,
    )  # fmt: skip
    return edition


@command
def take_effect(edition: Edition, *, by: Actor, at: datetime) -> Edition:
    """An approved edition counts from today. Called on its day by the platform, or with the last approval.

    If the current edition changed meanwhile it goes back to its editor. Speaks EditionReleased.
    """
    edition = lock_waiting(edition)
    if edition.state != EditionState.APPROVED or not due(edition, at):
        raise NotWaiting
    try:
        _require_base(edition)
    except Superseded as moved:
        return send_back(edition, reason=moved.detail, by=Actor.system(), at=at)
    become_current(edition, by=by, at=at)
    pass_on(edition, PassageKind.RELEASED, by=by, at=at)
    return edition


def lock_waiting(edition: Edition) -> Edition:
    """An edition on its way through the offices, locked. Raises NotWaiting."""
    rows = Edition.objects.select_for_update(of=("self",)).select_related("item__agency__division", "base")
    locked = rows.get(pk=edition.pk)
    if locked.state not in WAITING:
        raise NotWaiting
    return locked


def due(edition: Edition, at: datetime) -> bool:
    """Has its day come?"""
    return edition.planned_from is None or edition.planned_from <= day_of(at)


def _require_base(edition: Edition) -> None:
    """Nobody's release is undone unseen by one that was begun before it."""
    current = in_force(edition.item_id)
    if current is not None and current.pk != edition.base_id:
        raise Superseded(version=current.version)


def _reach(edition: Edition, document: EditionDocument, chosen: Mapping[str, str], on: date) -> dict[str, Any]:
    """What was chosen for each easing that open cases may be granted."""
    found = meaning(edition, document, on=on)
    kept = {place: chosen[place] for each in found.offered if chosen.get(place := each.change.place) in Reach.values}
    missing = [each for each in found.to_choose if each.change.place not in kept]
    if missing:
        raise Undecided(count=len(missing))
    return kept


def _require_others(edition: Edition, by: Actor) -> None:
    """Neither who approved it before nor who wrote it."""
    require_somebody_else(edition, by)
    if edition.revisions.filter(saved_by=by.user).exists():
        raise SamePerson
