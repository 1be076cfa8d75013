"""Finding one-thing packages: the current ones, one by code, its versions, a draft."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from yimen.catalog.models import Item, Package, PackageDraft, PackageEdition
from yimen.city.queries import agencies
from yimen.kit.errors import NotFound

if TYPE_CHECKING:
    from yimen.city.models import Agency


class NoSuchPackage(NotFound):
    code = "no_such_package"
    sentence = "没有找到这个“一件事”，可能已经停用或者改名，请重新搜索。"


@dataclass(frozen=True)
class PackageLine:
    """A package in a list: what it is called and for whom, how many items at most, whom it serves in words.

    elsewhere: how many steps are done with somebody else.
    """

    code: str
    name: str
    description: str
    life_event: str
    subjects: tuple[str, ...]
    items: tuple[str, ...]
    everyday_words: tuple[str, ...]
    version: int
    elsewhere: int = 0

    @property
    def for_people(self) -> bool:
        """Is it for natural persons?"""
        return not self.subjects or "自然人" in self.subjects

    @property
    def for_firms(self) -> bool:
        """Is it for firms and organisations?"""
        return not self.subjects or any(each != "自然人" for each in self.subjects)


def package_lines(slug: str = "") -> list[PackageLine]:
    """The packages in use, by name; slug: only those with this item. One statement."""
    lines = [_line(package) for package in Package.objects.written().filter(ended_at=None)]
    return sorted((line for line in lines if not slug or slug in line.items), key=lambda line: line.name)


def find_package(code: str) -> PackageEdition:
    """The edition in use. Raises NoSuchPackage."""
    rows = PackageEdition.objects.select_related("package").filter(package__code=code, package__ended_at=None)
    found = rows.order_by("-version").first()
    if found is None:
        raise NoSuchPackage
    return found


def package_named(code: str) -> Package:
    """In use or not, for the desk. Raises NoSuchPackage."""
    found = Package.objects.written().filter(code=code).first()
    if found is None:
        raise NoSuchPackage
    return found


def package_versions(code: str) -> QuerySet[PackageEdition]:
    """All released versions, newest first."""
    return PackageEdition.objects.select_related("package").filter(package__code=code).order_by("-version")


def package_draft(code: str) -> PackageDraft:
    """The draft of a code. Raises NoSuchPackage."""
    found = PackageDraft.objects.filter(code=code).first()
    if found is None:
        raise NoSuchPackage("没有这个“一件事”的草稿，可能已经发布或者放弃。")
    return found


def package_drafts() -> QuerySet[PackageDraft]:
    """What is in the making."""
    return PackageDraft.objects.order_by("code")


def lead_agency(department: str) -> Agency | None:
    """The agency that leads: of the department, the one at the highest place (the city's before a county's)."""
    return agencies().filter(department=department).order_by("division__code").first() if department else None


def item_names(slugs: Collection[str]) -> dict[str, str]:
    """{slug: name} of some items, in use or not."""
    return dict(Item.objects.filter(slug__in=list(slugs)).values_list("slug", "name"))


def _line(package: Package) -> PackageLine:
    document = package.doc
    return PackageLine(
        code=package.code,
        name=package.name,
        description=document.description,
        life_event=package.life_event,
        subjects=document.subjects,
        items=document.slugs,
        elsewhere=len(document.external_steps),
        everyday_words=document.everyday_words,
        version=package.version,
    )
