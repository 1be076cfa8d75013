"""Papers for the merged list: each is handed in once, for all members that want it."""

from __future__ import annotations

from datetime import datetime
from typing import IO, TYPE_CHECKING

from yimen.applications.choices import Presented, Trust
from yimen.applications.commands.beginning import sources_of
from yimen.applications.commands.refusals import NoSuchLicence, NoSuchMaterial, NotDeferrable, OnlyAtWindow
from yimen.applications.commands.together.opening import lock_package, touch_package
from yimen.applications.models import PackageApplication, PackagePaper
from yimen.applications.queries.together import assembly_of
from yimen.catalog.queries.packaging import Assembly
from yimen.city.choices import Duty
from yimen.files import commands as files
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.law.completeness import Necessity
from yimen.law.package_materials import MergedMaterial
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.vault import queries as vault

if TYPE_CHECKING:
    from yimen.vault.models import Licence


@command
def attach_to_package(
    application: PackageApplication,
    key: str,
    *,
    by: Actor,
    at: datetime,
    presented: Presented = Presented.UPLOAD,
    upload: tuple[str, IO[bytes] | bytes] | None = None,
    note: str = "",
) -> PackagePaper:
    """Hand in a file, a licence from the vault, the promise to bring it later where every member can wait for it; what

    a clerk has before them.

    Raises NotYours, PackageClosed, NoSuchMaterial, OnlyAtWindow, NotDeferrable, NoSuchLicence, and what files refuse.
    """
    application = lock_package(application, by=by, at=at)
    assembly = assembly_of(application)
    material = assembly.material(key)
    if material is None:
        raise NoSuchMaterial(key=key)
    at_window = Duty.CLERK in by.duties
    _require_way(application, assembly, material, presented, uploaded=upload is not None, at_window=at_window)
    licence = _licence(application, material, by, at) if presented is Presented.LICENCE else None
    about = case_chain(application.number)
    stored = files.store(name=upload[0], content=upload[1], about=about, by=by, at=at) if upload else None
    paper = PackagePaper.objects.create(
        package_application=application,
        material=key,
        presented=presented,
        note=note,
        file=stored,
        licence=licence,
        trust=_trust(assembly, material, presented, licence),
        handed_in_at=at,
        handed_in_by_id=by.account,
    )
    touch_package(application, at)
    ledger.record(
        about, "attached", by=by, at=at,
        material=key, presented=presented, file=stored.sha256 if stored else "", document=paper.pk,
    )  # fmt: skip
    return paper


@command
def remove_from_package(paper: PackagePaper, *, by: Actor, at: datetime) -> None:
    """Take a paper back. The row and the file stay; what a member's own draft was given already stays there."""
    application = lock_package(paper.package_application, by=by, at=at)
    paper.removed_at = at
    paper.save(update_fields=["removed_at"])
    touch_package(application, at)
    ledger.record(case_chain(application.number), "removed", by=by, at=at, material=paper.material, document=paper.pk)


def _require_way(
    application: PackageApplication,
    assembly: Assembly,
    material: MergedMaterial,
    presented: Presented,
    *,
    uploaded: bool,
    at_window: bool,
) -> None:
    if presented is Presented.UPLOAD and not uploaded:
        raise Invalid([{"field": "file", "code": "file_missing", "message": "请选择要上传的文件。"}])
    if presented in (Presented.ORIGINAL, Presented.COPY) and not at_window:
        raise OnlyAtWindow
    if presented is Presented.PROMISE:
        needs = {need.key: need.necessity for need in assembly.material_needs(application.answers)}
        if needs.get(material.key) is not Necessity.DEFERRABLE:
            raise NotDeferrable(material=material.name)


def _licence(application: PackageApplication, material: MergedMaterial, by: Actor, at: datetime) -> Licence:
    kind = material.licence
    found = vault.valid_of_kinds(sources_of(application.subject, by), [kind], at) if kind else {}
    if kind not in found:
        raise NoSuchLicence(material=material.name)
    return found[kind]


def _trust(assembly: Assembly, material: MergedMaterial, presented: Presented, licence: Licence | None) -> Trust:
    """国办函〔2016〕108号: a licence from the library A, checked by a clerk B, self-made D, uploaded C; C where one

    member says so.
    """
    if licence is not None:
        return Trust.A
    if presented in (Presented.ORIGINAL, Presented.COPY):
        return Trust.B
    made = {paper.source for _taken, paper in assembly.papers(material)}
    return Trust.D if made == {"申请人自备"} else Trust.C
