"""A one-thing package counts as an item's edition does: checked, approved by 编制 and 法制, released on its day.

Taking it out of use goes the same way. (108号文 目录清单管理; 国发〔2024〕3号: the leading department answers)
"""

from __future__ import annotations

from datetime import date, datetime

from yimen.catalog import access
from yimen.catalog.choices import EditionState, PackageDocument, PassageKind, package_chain
from yimen.catalog.commands.packaging import (
    PackageNotInHand,
    make_current,
    require_in_hand,
    same_as_current,
)
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
from yimen.catalog.commands.releasing import Unchanged, digest, move_shelf
from yimen.catalog.models import Package, PackageDraft
from yimen.catalog.queries.packaging.checking import check_package_whole
from yimen.catalog.queries.packaging.listing import lead_agency
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.time import day_of
from yimen.law.said import said
from yimen.ledger.commands import record


class NotInUse(Refusal):
    code = "package_not_in_use"
    sentence = "“{name}”已经停用。"


class PackageUnfit(Invalid):
    code = "package_unfit"
    sentence = "“一件事”还有 {count} 处问题，改好后才能送审。"


class PackageMoved(Refusal):
    code = "package_superseded"
    sentence = "起草期间“{name}”已经更新到第 {version} 版，请放弃这份草稿，从现行版本重新修改。"


@command
def submit_package(draft: PackageDraft, *, planned_from: date, note: str, by: Actor, at: datetime) -> PackageDraft:
    """Send a draft to the offices. planned_from: the day on which it is to count; note: why it is made.

    Who: an editor whose post reaches the leading agency. Raises PackageUnfit, PackageMoved, Unchanged, TooEarly.
    """
    draft = PackageDraft.objects.select_for_update().get(pk=draft.pk)
    require_in_hand(draft)
    document = _fit(draft)
    agency = lead_agency(document.lead_department)
    if agency is None:
        raise _unfit([("lead_department", said("没有这个牵头部门，请重新选择"))])
    access.require_lead(by, agency.pk)
    require_not_past(planned_from, at)
    package = Package.objects.filter(code=draft.code).first()
    _require_base(draft, package)
    if same_as_current(package, document):
        raise Unchanged
    draft.document, draft.agency = document.stored(), agency
    return _send(draft, planned_from=planned_from, note=note, by=by, at=at)


@command
def propose_end(package: Package, *, planned_from: date, reason: str, by: Actor, at: datetime) -> PackageDraft:
    """Ask both offices to take a package out of use: it is found no more, what was begun goes on.

    Who: an editor whose post reaches the leading agency. Raises NotInUse, PackageNotInHand, Invalid, TooEarly.
    """
    if not reason.strip():
        raise Invalid([{"field": "reason", "code": "reason_missing", "message": "请说明停用的理由。"}])
    package = Package.objects.select_for_update().get(pk=package.pk)
    if package.ended_at is not None:
        raise NotInUse(name=package.name)
    agency = lead_agency(package.doc.lead_department)
    if agency is None:
        raise _unfit([("lead_department", said("没有这个牵头部门，请重新选择"))])
    access.require_lead(by, agency.pk)
    require_not_past(planned_from, at)
    if PackageDraft.objects.filter(code=package.code).exists():
        raise PackageNotInHand("“{name}”有正在编制或者审核的版本，请先放弃或者撤回，再停用。", name=package.name)
    draft = PackageDraft(
        code=package.code, document=package.document, base=package.version, saved_at=at, saved_by=by.user,
        saved_by_name=by.name, writers=[by.user] if by.user else [], agency=agency, ends=True,
    )  # fmt: skip
    return _send(draft, planned_from=planned_from, note=reason, by=by, at=at)


@command
def approve_package(draft: PackageDraft, *, digest: str, reason: str = "", by: Actor, at: datetime) -> PackageDraft:
    """The office whose turn it is approves: first 编制, then 法制. digest: of what was read.

    With the second approval it waits for its day, or counts at once when that has come.
    Raises Forbidden, SamePerson, NotWaiting (also when it says something else by now).
    """
    draft = _lock_waiting(draft)
    if draft.digest != digest:
        raise NotWaiting
    turn = require_turn(draft, [_agency(draft)], by=by)
    require_somebody_else(draft, by)
    if by.user in draft.writers:
        raise SamePerson
    draft.state = EditionState(turn.leads_to)
    draft.save(update_fields=["state"])
    pass_on(draft, turn.kind, by=by, at=at, reason=reason)
    record(package_chain(draft.code), f"package_{turn.kind}", by=by, at=at, digest=draft.digest, reason=reason)
    if draft.state == EditionState.APPROVED and _due(draft, at):
        put_package_into_effect(draft, by=by, at=at)
    return draft


@command
def send_back_package(draft: PackageDraft, *, reason: str, by: Actor, at: datetime) -> None:
    """Back to the editors' hands: the office whose turn it is, or the leading agency's editor who wants it back.

    What was to take the package out of use is dropped. Raises Forbidden, NotWaiting, Invalid without a reason.
    """
    draft = _lock_waiting(draft)
    reason = reason_to_send_back(reason)
    require_may_send_back(draft, _agency(draft), by=by)
    record(package_chain(draft.code), "package_returned", by=by, at=at, digest=draft.digest, reason=reason)
    if draft.ends:
        draft.delete()
        return
    draft.state = EditionState.DRAFT
    draft.save(update_fields=["state"])
    pass_on(draft, PassageKind.RETURNED, by=by, at=at, reason=reason)


@command
def put_package_into_effect(draft: PackageDraft, *, by: Actor, at: datetime) -> Package | None:
    """An approved package counts from today, or is out of use. Called on its day, or with the last approval.

    What no longer fits (an item suspended, the package changed meanwhile) goes back to its editors.
    """
    draft = _lock_waiting(draft)
    if draft.state != EditionState.APPROVED or not _due(draft, at):
        raise NotWaiting
    package = Package.objects.select_for_update().filter(code=draft.code).first()
    try:
        _require_base(draft, package)
        document = PackageDocument.model_validate(draft.document) if draft.ends else _fit(draft)
    except (PackageMoved, PackageUnfit) as refused:
        told = [error["message"] for error in refused.errors] if isinstance(refused, Invalid) else []
        send_back_package(draft, reason="；".join([refused.detail, *told]), by=Actor.system(), at=at)
        return None
    if draft.ends and package is not None:
        _end(package, draft.note, by=by, at=at)
    else:
        package = make_current(document, named=_writer(draft), by=by, at=at, reason=draft.note)
    draft.delete()
    return package


def _send(draft: PackageDraft, *, planned_from: date, note: str, by: Actor, at: datetime) -> PackageDraft:
    draft.state, draft.planned_from, draft.note = EditionState.CHECKED, planned_from, note.strip()
    draft.digest = digest(draft.document)
    draft.save()
    pass_on(draft, PassageKind.SUBMITTED, by=by, at=at, reason=draft.note)
    record(
        package_chain(draft.code), "package_end_proposed" if draft.ends else "package_submitted", by=by, at=at,
        digest=draft.digest, planned_from=planned_from.isoformat(), reason=draft.note,
    )  # fmt: skip
    return draft


def _end(package: Package, reason: str, *, by: Actor, at: datetime) -> None:
    package.ended_at, package.ended_because = at, reason[:200]
    package.save(update_fields=["ended_at", "ended_because"])
    move_shelf()
    record(package_chain(package.code), "package_ended", by=by, at=at, reason=package.ended_because)


def _fit(draft: PackageDraft) -> PackageDocument:
    """Raises PackageUnfit with everything that stops it."""
    document, findings = check_package_whole(draft.document)
    wrong = [(each.field, each.reason) for each in findings if each.stops]
    if document is None or wrong:
        raise _unfit(wrong)
    return document


def _unfit(wrong: list[tuple[str, str]]) -> PackageUnfit:
    errors = [{"field": field, "code": "package_unfit", "message": reason} for field, reason in wrong]
    return PackageUnfit(errors, count=len(wrong))


def _require_base(draft: PackageDraft, package: Package | None) -> None:
    """Nobody's release is undone unseen by a draft that was begun before it."""
    if package is not None and package.version != draft.base:
        raise PackageMoved(name=package.name, version=package.version)


def _lock_waiting(draft: PackageDraft) -> PackageDraft:
    locked = PackageDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None or locked.state not in WAITING:
        raise NotWaiting
    return locked


def _agency(draft: PackageDraft) -> int:
    """A draft that was sent has one, by constraint."""
    return draft.agency_id or 0


def _due(draft: PackageDraft, at: datetime) -> bool:
    return draft.planned_from is None or draft.planned_from <= day_of(at)


def _writer(draft: PackageDraft) -> str:
    sent = draft.passages.filter(kind=PassageKind.SUBMITTED).order_by("-id").first()
    return sent.name if sent else draft.saved_by_name
