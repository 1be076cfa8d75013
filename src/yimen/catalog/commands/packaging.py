"""One-thing packages: releasing what an editor has put together."""

from __future__ import annotations

from datetime import datetime

from yimen.catalog import access
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands.releasing import Unchanged, digest, move_shelf
from yimen.catalog.models import Package
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.ledger.commands import record


@command
def release_package(document: PackageDocument, *, by: Actor, at: datetime) -> Package:
    """Make or change a one-thing package. Who: an editor, or the platform. Raises Unchanged, Forbidden."""
    access.require_release_package(by)
    stored = document.model_dump(mode="json")
    package = Package.objects.select_for_update().filter(code=document.code).first() or Package(
        code=document.code, version=0
    )
    if package.digest == digest(stored):
        raise Unchanged
    package.name, package.life_event, package.document = document.name, document.life_event, stored
    package.digest, package.version, package.released_at = digest(stored), package.version + 1, at
    package.save()
    move_shelf()
    record(f"package:{package.code}", "package_released", by=by, at=at, version=package.version, digest=package.digest)
    return package
