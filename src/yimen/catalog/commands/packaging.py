"""One-thing packages: drafts that several editors may change, and releasing what a city brings along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yimen.catalog import access
from yimen.catalog.choices import EditionState, PackageDocument, PassageKind, package_chain
from yimen.catalog.commands.passing import pass_on
from yimen.catalog.commands.releasing import Unchanged, digest, move_shelf
from yimen.catalog.models import Package, PackageDraft, PackageEdition
from yimen.catalog.queries.packaging.listing import lead_agency
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.ledger.commands import record

PLATFORM = "平台导入"


class DraftMoved(Refusal):
    """Somebody saved in between. `extra` carries who and when."""

    code = "package_draft_moved"
    sentence = "{name} 刚刚保存过这份草稿。请先看对方改了什么，再决定是否覆盖。"


class PackageNotInHand(Refusal):
    code = "package_not_in_hand"
    sentence = "“{name}”正在审核，不能修改。请等审核完成，或者先撤回。"


class CodeTaken(Refusal):
    code = "package_code_taken"
    sentence = "代码“{code}”已经用于“{name}”，请换一个代码，或者直接修改那个“一件事”。"


@command
def save_package_draft(
    document: Mapping[str, Any], *, code: str, revision: int, by: Actor, at: datetime, over: bool = False
) -> PackageDraft:
    """Keep a package in the making as it is, fit or not. revision: the one that was opened, 0 for a new draft.

    Who: any editor. over: write over what somebody saved in between, which was shown.
    Raises DraftMoved, PackageNotInHand, CodeTaken, Forbidden.
    """
    access.require_write_package(by)
    draft = PackageDraft.objects.select_for_update().filter(code=code).first()
    if draft is not None:
        require_in_hand(draft)
        if draft.revision != revision and not over:
            raise DraftMoved(name=draft.saved_by_name or PLATFORM)
    else:
        released = Package.objects.filter(code=code).first()
        if released is not None and not revision and not over:
            raise CodeTaken(code=code, name=released.name)
        draft = PackageDraft(code=code, revision=0, base=released.version if released else 0)
    begun = draft.pk is None
    draft.document, draft.revision = dict(document), draft.revision + 1
    draft.saved_at, draft.saved_by, draft.saved_by_name = at, by.user, by.name
    draft.agency = lead_agency(str(document.get("lead_department") or ""))
    if by.user is not None and by.user not in draft.writers:
        draft.writers = [*draft.writers, by.user]
    draft.save()
    if begun:
        pass_on(draft, PassageKind.BEGUN, by=by, at=at)
    record(package_chain(code), "package_draft_saved", by=by, at=at, revision=draft.revision)
    return draft


@command
def open_package_draft(package: Package, *, by: Actor, at: datetime) -> PackageDraft:
    """Begin to change a released package; who finds a draft gets that one. Raises Forbidden."""
    access.require_write_package(by)
    draft, made = PackageDraft.objects.get_or_create(
        code=package.code,
        defaults={
            "document": package.document, "base": package.version, "saved_at": at, "saved_by": by.user,
            "saved_by_name": by.name, "agency": lead_agency(package.doc.lead_department),
        },
    )  # fmt: skip
    if made:
        pass_on(draft, PassageKind.BEGUN, by=by, at=at)
        record(package_chain(package.code), "package_draft_begun", by=by, at=at, base=package.version)
    else:
        record(package_chain(package.code), "package_draft_opened", by=by, at=at, revision=draft.revision)
    return draft


@command
def discard_package_draft(draft: PackageDraft, *, by: Actor, at: datetime) -> None:
    """Give a draft up; what is released stays. Raises PackageNotInHand, Forbidden."""
    access.require_write_package(by)
    draft = PackageDraft.objects.select_for_update().get(pk=draft.pk)
    require_in_hand(draft)
    record(package_chain(draft.code), "package_draft_discarded", by=by, at=at, revision=draft.revision)
    draft.delete()


@command
def release_package(document: PackageDocument, *, by: Actor, at: datetime, reason: str = "") -> Package:
    """Make or change a one-thing package at once. Who: the platform, loading what a city has approved before.

    People release through both offices (commands/package_life.py). Raises Unchanged, Forbidden.
    """
    access.require_release(by)
    return make_current(document, named=PLATFORM, by=by, at=at, reason=reason)


def make_current(document: PackageDocument, *, named: str, by: Actor, at: datetime, reason: str) -> Package:
    """Within a command: the document becomes the package's edition. named: who wrote it. Raises Unchanged."""
    stored = document.stored()
    package = Package.objects.select_for_update().filter(code=document.code).first() or Package(
        code=document.code, version=0
    )
    if same_as_current(package, document):
        raise Unchanged
    package.name, package.life_event, package.document = document.name, document.life_event, stored
    package.digest, package.version, package.released_at = digest(stored), package.version + 1, at
    package.ended_at, package.ended_because = None, ""
    package.save()
    PackageEdition.objects.create(
        package=package, version=package.version, document=stored, digest=package.digest, released_at=at,
        released_by=named, reason=reason[:300],
    )  # fmt: skip
    move_shelf()
    record(
        package_chain(package.code), "package_released", by=by, at=at,
        version=package.version, digest=package.digest, reason=reason,
    )  # fmt: skip
    return package


def same_as_current(package: Package | None, document: PackageDocument) -> bool:
    """Is this what is in use already?"""
    return package is not None and bool(package.pk) and package.doc == document and package.ended_at is None


def require_in_hand(draft: PackageDraft) -> None:
    """What the offices read is not changed under their eyes. Raises PackageNotInHand."""
    if draft.state != EditionState.DRAFT:
        raise PackageNotInHand(name=draft.document.get("name") or draft.code)
