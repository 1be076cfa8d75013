"""What the verbs of a package application share: the locked row, its parts, its assembly."""

from __future__ import annotations

from datetime import datetime

from yimen.applications import access
from yimen.applications.commands.together.refusals import PackageClosed
from yimen.applications.models import PackageApplication
from yimen.applications.queries.together import parts_of
from yimen.kit.actor import Actor


def lock_package(application: PackageApplication, *, by: Actor, at: datetime) -> PackageApplication:
    """The row, locked, for somebody who may fill it in. Raises NotYours, PackageClosed."""
    rows = PackageApplication.objects.select_related("package__package", "subject", "agent")
    locked = rows.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    slugs = [part.item.slug for part in parts_of(locked)]
    access.require_package_hand(by, locked.subject_id, slugs, at, made_by=locked.made_by_id)
    if not locked.is_draft:
        raise PackageClosed
    return locked


def touch_package(application: PackageApplication, at: datetime) -> None:
    application.saved_at = at
    application.save(update_fields=["saved_at"])
