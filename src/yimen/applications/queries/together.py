"""Reading applications for packages: one by number, those in the making, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yimen.applications.access import begun_by, visible_packages
from yimen.applications.choices import Stage
from yimen.applications.models import PackageApplication
from yimen.applications.queries.parts import assembly_of, find_paper, kept_papers, package_papers, part_open, parts_of
from yimen.applications.queries.reading import NoSuchApplication
from yimen.applications.queries.resolving_together import (
    package_lacking,
    package_lacking_fields,
    package_owed,
    package_resolution_of,
    package_resolutions,
)
from yimen.kit.actor import Actor

__all__ = [
    "all_sent",
    "assembly_of",
    "divided",
    "drafts_in_packages",
    "find_package_application",
    "find_paper",
    "kept_papers",
    "package_application_drafts",
    "package_lacking",
    "package_lacking_fields",
    "package_owed",
    "package_papers",
    "package_resolution_of",
    "package_resolutions",
    "packages_of",
    "part_open",
    "parts_of",
]


def find_package_application(number: str, *, by: Actor, at: datetime) -> PackageApplication:
    """One that the actor may see; others, and what was given up, are as if they didn't exist."""
    rows = PackageApplication.objects.select_related("package__package", "subject", "agent")
    found = rows.filter(visible_packages(by, at), number=number, discarded_at=None).first()
    if found is None:
        raise NoSuchApplication(number=number)
    return found


def package_application_drafts(by: Actor, at: datetime) -> list[PackageApplication]:
    """Drafts one has begun and may still open, newest first."""
    rows = PackageApplication.objects.filter(
        visible_packages(by, at), begun_by(by), submitted_at=None, discarded_at=None
    )
    rows = rows.select_related("package__package", "subject").prefetch_related("parts__application")
    return list(rows.order_by("-id")[:50])


def divided(application: PackageApplication) -> bool:
    """Has some member its own application already?"""
    return any(part_open(part) for part in application.parts.all() if part.ended_at is None)


def all_sent(application: PackageApplication) -> bool:
    """Is every member's own application on its way?"""
    parts = [part.application for part in application.parts.all() if part.ended_at is None]
    return bool(parts) and all(own is not None and own.stage == Stage.SUBMITTED for own in parts)


def drafts_in_packages(by: Actor, at: datetime) -> set[int]:
    """The keys of applications that are members of one's packages in the making."""
    found = package_application_drafts(by, at)
    return {part.application_id for each in found for part in each.parts.all() if part.application_id}


def packages_of(subjects: Iterable[int]) -> list[PackageApplication]:
    """All that were begun for these people and not given up, the first first."""
    rows = PackageApplication.objects.filter(subject__in=list(subjects), discarded_at=None)
    return list(rows.select_related("package").order_by("id"))
