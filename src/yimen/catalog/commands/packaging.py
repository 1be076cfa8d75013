"""One-thing packages: drafts that several editors may change, releasing, taking out of use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yimen.catalog import access
from yimen.catalog.choices import PackageDocument, package_chain
from yimen.catalog.commands.releasing import Unchanged, digest, move_shelf
from yimen.catalog.models import Package, PackageDraft, PackageEdition
from yimen.catalog.queries.packaging.checking import check_package_whole
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.ledger.commands import record

PLATFORM = "平台导入"


class DraftMoved(Refusal):
    """Somebody saved in between. `extra` carries who and when."""

    code = "package_draft_moved"
    sentence = "{name} 刚刚保存过这份草稿。请先看对方改了什么，再决定是否覆盖。"


class CodeTaken(Refusal):
    code = "package_code_taken"
    sentence = "代码“{code}”已经用于“{name}”，请换一个代码，或者直接修改那个“一件事”。"


class NotInUse(Refusal):
    code = "package_not_in_use"
    sentence = "“{name}”已经停用。"


class PackageUnfit(Invalid):
    code = "package_unfit"
    sentence = "“一件事”还有 {count} 处问题，没有发布。"


@command
def save_package_draft(
    document: Mapping[str, Any], *, code: str, revision: int, by: Actor, at: datetime, over: bool = False
) -> PackageDraft:
    """Keep a package in the making as it is, fit or not. revision: the one that was opened, 0 for a new draft.

    Who: any editor. over: write over what somebody saved in between, which was shown. Raises DraftMoved, Forbidden.
    """
    access.require_release_package(by)
    draft = PackageDraft.objects.select_for_update().filter(code=code).first()
    if draft is not None and draft.revision != revision and not over:
        raise DraftMoved(name=draft.saved_by_name or PLATFORM)
    if draft is None:
        released = Package.objects.filter(code=code).first()
        if released is not None and not revision and not over:
            raise CodeTaken(code=code, name=released.name)
        draft = PackageDraft(code=code, revision=0, base=released.version if released else 0)
    draft.document, draft.revision = dict(document), draft.revision + 1
    draft.saved_at, draft.saved_by, draft.saved_by_name = at, by.user, by.name
    draft.save()
    record(package_chain(code), "package_draft_saved", by=by, at=at, revision=draft.revision)
    return draft


@command
def open_package_draft(package: Package, *, by: Actor, at: datetime) -> PackageDraft:
    """Begin to change a released package; who finds a draft gets that one. Raises Forbidden."""
    access.require_release_package(by)
    draft, made = PackageDraft.objects.get_or_create(
        code=package.code,
        defaults={
            "document": package.document, "base": package.version, "saved_at": at, "saved_by": by.user,
            "saved_by_name": by.name,
        },
    )  # fmt: skip
    if made:
        record(package_chain(package.code), "package_draft_begun", by=by, at=at, base=package.version)
    else:
        record(package_chain(package.code), "package_draft_opened", by=by, at=at, revision=draft.revision)
    return draft


@command
def discard_package_draft(draft: PackageDraft, *, by: Actor, at: datetime) -> None:
    """Give a draft up; what is released stays. Raises Forbidden."""
    access.require_release_package(by)
    record(package_chain(draft.code), "package_draft_discarded", by=by, at=at, revision=draft.revision)
    draft.delete()


@command
def release_package_draft(draft: PackageDraft, *, reason: str, by: Actor, at: datetime) -> Package:
    """Check a draft whole and make it the package's next edition. Raises PackageUnfit, Unchanged, Forbidden."""
    access.require_release_package(by)
    draft = PackageDraft.objects.select_for_update().get(pk=draft.pk)
    document, findings = check_package_whole(draft.document)
    wrong = [each for each in findings if each.stops]
    if document is None or wrong:
        raise PackageUnfit(
            [{"field": each.field, "code": "package_unfit", "message": each.reason} for each in wrong], count=len(wrong)
        )
    package = release_package(document, by=by, at=at, reason=reason)
    draft.delete()
    return package


@command
def release_package(document: PackageDocument, *, by: Actor, at: datetime, reason: str = "") -> Package:
    """Make or change a one-thing package. Who: an editor, or the platform. Raises Unchanged, Forbidden."""
    access.require_release_package(by)
    stored = document.stored()
    package = Package.objects.select_for_update().filter(code=document.code).first() or Package(
        code=document.code, version=0
    )
    if package.pk and package.doc == document and package.ended_at is None:
        raise Unchanged
    package.name, package.life_event, package.document = document.name, document.life_event, stored
    package.digest, package.version, package.released_at = digest(stored), package.version + 1, at
    package.ended_at, package.ended_because = None, ""
    package.save()
    PackageEdition.objects.create(
        package=package, version=package.version, document=stored, digest=package.digest, released_at=at,
        released_by=by.name if by.channel != "system" else PLATFORM, reason=reason,
    )  # fmt: skip
    move_shelf()
    record(
        package_chain(package.code), "package_released", by=by, at=at,
        version=package.version, digest=package.digest, reason=reason,
    )  # fmt: skip
    return package


@command
def end_package(package: Package, *, reason: str, by: Actor, at: datetime) -> Package:
    """Take a package out of use: it is found no more, what was begun goes on. Raises NotInUse, Forbidden, Invalid."""
    access.require_release_package(by)
    if not reason.strip():
        raise Invalid([{"field": "reason", "code": "reason_missing", "message": "请说明停用的理由。"}])
    package = Package.objects.select_for_update().get(pk=package.pk)
    if package.ended_at is not None:
        raise NotInUse(name=package.name)
    package.ended_at, package.ended_because = at, reason.strip()[:200]
    package.save(update_fields=["ended_at", "ended_because"])
    move_shelf()
    record(package_chain(package.code), "package_ended", by=by, at=at, reason=package.ended_because)
    return package
