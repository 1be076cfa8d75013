"""Papers for the merged list: each is handed in, or declined, once for all members that want it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO, TYPE_CHECKING

from yimen.applications.choices import Presented, Trust
from yimen.applications.commands.beginning import sources_of
from yimen.applications.commands.meeting import decline
from yimen.applications.commands.refusals import (
    LetterFirst,
    NoSuchEarlier,
    NoSuchLicence,
    NoSuchMaterial,
    NotDeferrable,
    NothingToDecline,
    OnlyAtWindow,
    ToleranceNotOpen,
)
from yimen.applications.commands.together.handing_over import WAYS, pass_on
from yimen.applications.commands.together.moving import take_back
from yimen.applications.commands.together.opening import lock_package, touch_package
from yimen.applications.models import Document, PackageApplication, PackagePaper
from yimen.applications.queries.holdings import broken_promises
from yimen.applications.queries.resolving_together import earlier_for
from yimen.applications.queries.together import assembly_of, package_resolution_of, part_open, parts_of
from yimen.catalog.queries.packaging import Assembly
from yimen.city.choices import Duty
from yimen.files import commands as files
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.law.package_materials import MergedMaterial
from yimen.law.resolution import Resolution, Way
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
    """Hand in a file, a licence from the vault, what was handed in earlier, the promise to bring it later where the

    members that still want it can wait; what a clerk has before them. Members' own drafts that were begun get it too.

    Raises NotYours, PackageClosed, NoSuchMaterial, OnlyAtWindow, NotDeferrable, ToleranceNotOpen, NoSuchLicence,
    NoSuchEarlier, LetterFirst, and what files refuse.
    """
    application = lock_package(application, by=by, at=at)
    assembly = assembly_of(application)
    material = assembly.material(key)
    if material is None:
        raise NoSuchMaterial(key=key)
    at_window = Duty.CLERK in by.duties
    _require_way(application, material, presented, at, uploaded=upload is not None, at_window=at_window)
    about, hand = case_chain(application.number), by.acting_for(application.subject_id)
    stored = files.store(name=upload[0], content=upload[1], about=about, by=hand, at=at) if upload else None
    licence = _licence(application, material, by, at) if presented is Presented.LICENCE else None
    row = PackagePaper(
        package_application=application, material=key, presented=presented, note=note, file=stored, licence=licence,
        trust=_trust(assembly, material, presented, licence), handed_in_at=at, handed_in_by_id=by.account,
    )  # fmt: skip
    rows = _again(application, row, at) if presented is Presented.EARLIER else [row]
    for each in rows:
        each.save()
    touch_package(application, at)
    ledger.record(
        about, "attached", by=by, at=at,
        material=key, presented=presented, file=stored.sha256 if stored else "", document=rows[0].pk,
    )  # fmt: skip
    _reach_drafts(application, rows, by=by, at=at)
    return rows[0]


@command
def decline_in_package(application: PackageApplication, key: str, *, by: Actor, at: datetime) -> None:
    """Not to use the licences or earlier papers that would stand in for a material, for any member.

    Kept as papers handed in and taken back at once: what is offered stays offered. Raises NotYours, PackageClosed,
    NoSuchMaterial, NothingToDecline.
    """
    application = lock_package(application, by=by, at=at)
    found = package_resolution_of(application, key, at)
    if found is None:
        raise NoSuchMaterial(key=key)
    taken = [(slug, each) for slug, each in found.members if each.met and each.way in WAYS and each.ref is not None]
    if not taken:
        raise NothingToDecline
    own = {part.item.slug: part.application for part in parts_of(application) if part_open(part)}
    for slug, each in taken:
        draft = own.get(slug)
        if draft is not None and draft.is_draft:
            decline(draft, each.key, by=by, at=at)
    held = application.papers.filter(material=key, presented__in=list(WAYS.values()), removed_at=None)
    take_back(application, held, at)
    PackagePaper.objects.bulk_create(_declined(application, key, [each for _slug, each in taken], by, at))
    touch_package(application, at)
    ledger.record(
        case_chain(application.number),
        "declined",
        by=by.acting_for(application.subject_id),
        at=at,
        material=key,
        way=found.way.value,
    )


@command
def remove_from_package(paper: PackagePaper, *, by: Actor, at: datetime) -> None:
    """Take a paper back. The row and the file stay; what a member's own draft was given already stays there."""
    application = lock_package(paper.package_application, by=by, at=at)
    take_back(application, [paper], at)
    touch_package(application, at)
    ledger.record(
        case_chain(application.number),
        "removed",
        by=by.acting_for(application.subject_id),
        at=at,
        material=paper.material,
        document=paper.pk,
    )


def _require_way(
    application: PackageApplication,
    material: MergedMaterial,
    presented: Presented,
    at: datetime,
    *,
    uploaded: bool,
    at_window: bool,
) -> None:
    if presented is Presented.UPLOAD and not uploaded:
        raise Invalid([{"field": "file", "code": "file_missing", "message": "请选择要上传的文件。"}])
    if presented in (Presented.ORIGINAL, Presented.COPY) and not at_window:
        raise OnlyAtWindow
    if presented is Presented.COMMITMENT:
        raise LetterFirst(material=material.name)
    if presented is Presented.PROMISE:
        _require_patience(application, material, at)


def _require_patience(application: PackageApplication, material: MergedMaterial, at: datetime) -> None:
    """Whoever still wants it must be able to wait."""
    found = package_resolution_of(application, material.key, at)
    wanting = [each for _slug, each in found.wanting] if found else []
    waits = any(Way.TOLERATED in (each.way, *each.open) for each in wanting)
    if waits and not any(each.demanded for each in wanting):
        return
    if broken_promises(application.subject_id, at):
        raise ToleranceNotOpen(material=material.name)
    raise NotDeferrable(material=material.name)


def _again(application: PackageApplication, row: PackagePaper, at: datetime) -> list[PackagePaper]:
    """What was handed in earlier, once for each member that would use another paper of it."""
    refs = earlier_for(application, row.material, at)
    if not refs:
        raise NoSuchEarlier
    first = Document.objects.in_bulk(refs)
    return [
        PackagePaper(
            package_application=application, material=row.material, presented=Presented.EARLIER, note=row.note,
            repeats=first[ref], trust=first[ref].trust, handed_in_at=row.handed_in_at,
            handed_in_by_id=row.handed_in_by_id,
        )
        for ref in refs
    ]  # fmt: skip


def _declined(
    application: PackageApplication, key: str, found: Iterable[Resolution], by: Actor, at: datetime
) -> list[PackagePaper]:
    told = dict.fromkeys((each.way, each.ref, each.trust) for each in found)
    return [
        PackagePaper(
            package_application=application,
            material=key,
            presented=WAYS[way],
            trust=Trust(trust.value if trust else "A"),
            licence_id=ref if way is Way.LICENCE else None,
            repeats_id=ref if way is Way.EARLIER else None,
            handed_in_at=at,
            handed_in_by_id=by.account,
            removed_at=at,
        )
        for way, ref, trust in told
    ]


def _reach_drafts(application: PackageApplication, rows: Iterable[PackagePaper], *, by: Actor, at: datetime) -> None:
    for part in parts_of(application):
        if part_open(part) and part.application is not None and part.application.is_draft:
            for each in rows:
                pass_on(application, part, each, by=by, at=at)


def _licence(application: PackageApplication, material: MergedMaterial, by: Actor, at: datetime) -> Licence:
    kind = material.licence
    found = vault.valid_of_kinds(sources_of(application.subject, by), [kind], at) if kind else {}
    if kind not in found:
        raise NoSuchLicence(material=material.name)
    return found[kind]


def _trust(assembly: Assembly, material: MergedMaterial, presented: Presented, licence: Licence | None) -> Trust:
    """国办函〔2016〕108号: a licence of the library as it lies there, checked by a clerk B, self-made D, uploaded C; C

    where one member says so.
    """
    if licence is not None:
        return Trust(licence.trust)
    if presented in (Presented.ORIGINAL, Presented.COPY):
        return Trust.B
    made = {paper.source for _taken, paper in assembly.papers(material)}
    return Trust.D if made == {"申请人自备"} else Trust.C
