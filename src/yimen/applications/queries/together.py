"""Reading applications for packages: one by number, its parts, its merged form and list, what is missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yimen.applications.access import visible_packages
from yimen.applications.choices import Presented, Stage
from yimen.applications.models import PackageApplication, PackagePaper, PackagePart
from yimen.applications.queries.reading import NoSuchApplication, NoSuchDocument
from yimen.catalog.queries.packaging import Assembly, reassemble
from yimen.kit.actor import Actor
from yimen.kit.commands import read_once
from yimen.law.completeness import Missing, missing, owed_later


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
        visible_packages(by, at), made_by_id=by.user, submitted_at=None, discarded_at=None
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


def parts_of(application: PackageApplication) -> list[PackagePart]:
    """The members that take part, in the package's order."""
    return read_once(f"applications.parts:{application.pk}", lambda: _parts(application))


def _parts(application: PackageApplication) -> list[PackagePart]:
    rows = application.parts.filter(ended_at=None).select_related("item__agency", "edition__item", "application__item")
    order = {slug: place for place, slug in enumerate(application.package.doc.slugs)}
    return sorted(rows, key=lambda part: order.get(part.item.slug, len(order)))


def part_open(part: PackagePart) -> bool:
    """Has this member an application of its own, not given up?"""
    return part.application is not None and part.application.stage != Stage.DISCARDED


def assembly_of(application: PackageApplication) -> Assembly:
    """The merged form and list, under the editions that the application keeps."""
    return reassemble(application.package, [part.edition for part in parts_of(application)])


def package_papers(application: PackageApplication) -> list[PackagePaper]:
    """What is handed in and not taken back."""
    rows = application.papers.filter(removed_at=None).select_related("file", "licence__kind", "package_application")
    return list(rows.order_by("id"))


def find_paper(application: PackageApplication, paper: int) -> PackagePaper:
    """One that is handed in. Raises NoSuchDocument."""
    found = next((each for each in package_papers(application) if each.pk == paper), None)
    if found is None:
        raise NoSuchDocument
    return found


def package_lacking(application: PackageApplication) -> list[Missing]:
    """What law says is still missing from the merged form and list."""
    assembly, answers = assembly_of(application), application.answers
    facts: dict[str, Any] = {
        "fields": assembly.field_needs(answers),
        "materials": assembly.material_needs(answers),
        "answers": answers,
        "documents": {paper.material for paper in package_papers(application)},
    }
    return missing(**facts) + owed_later(**facts)


def package_owed(application: PackageApplication) -> list[Missing]:
    """What was promised for later."""
    assembly, answers = assembly_of(application), application.answers
    here = {paper.material for paper in package_papers(application) if paper.presented != Presented.PROMISE}
    return owed_later(
        fields=assembly.field_needs(answers),
        materials=assembly.material_needs(answers),
        answers=answers,
        documents=here,
    )
