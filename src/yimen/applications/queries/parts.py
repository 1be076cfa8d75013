"""What an application for a package is made of: its members, the merged form and list, what was handed in."""

from __future__ import annotations

from yimen.applications.choices import Presented, Stage
from yimen.applications.models import PackageApplication, PackagePaper, PackagePart
from yimen.applications.queries.reading import NoSuchDocument
from yimen.catalog.queries.packaging import Assembly, reassemble
from yimen.kit.commands import read_once
from yimen.vault.queries import frozen


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
    """What is handed in for the list as it is now, each with whether its licence was frozen since."""
    assembly = assembly_of(application)
    return [each for each in kept_papers(application) if assembly.material(each.material)]


def kept_papers(application: PackageApplication) -> list[PackagePaper]:
    """What is handed in and not taken back: with it what waits for an item that a changed situation sent away."""
    rows = application.papers.filter(removed_at=None).annotate(frozen=frozen("licence_id"))
    rows = rows.select_related("file", "licence__kind", "package_application", "repeats__file")
    return list(rows.order_by("id"))


def refused_papers(application: PackageApplication) -> list[PackagePaper]:
    """What could stand in for a material and was declined, or taken back: it isn't put there again by itself."""
    taken = (Presented.LICENCE, Presented.EARLIER)
    return list(application.papers.filter(presented__in=taken, removed_at__isnull=False).order_by("id"))


def find_paper(application: PackageApplication, paper: int) -> PackagePaper:
    """One that is handed in. Raises NoSuchDocument."""
    found = next((each for each in package_papers(application) if each.pk == paper), None)
    if found is None:
        raise NoSuchDocument
    return found
