"""What was handed in, promised or declined for a package goes on to an item's own draft, where it fits there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yimen.applications.choices import Presented, Trust
from yimen.applications.commands.meeting import decline, fits_again, use_again
from yimen.applications.models import Application, Document, PackageApplication, PackagePaper, PackagePart
from yimen.applications.queries import documents, holdings, resolution_of
from yimen.applications.queries.together import assembly_of, package_papers
from yimen.catalog.choices import Necessity
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.time import day_of
from yimen.law.resolution import Way
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain

WAYS = {Way.LICENCE: Presented.LICENCE, Way.EARLIER: Presented.EARLIER}


@command
def hand_over(application: PackageApplication, part: PackagePart, *, by: Actor, at: datetime) -> None:
    """To a draft that was just begun: what is declined for the package is declined there, what was handed in follows.

    Licences and earlier papers that nobody handed in need not follow: the item's own list finds the same.
    """
    own = part.application
    if own is None:
        return
    keys = _keys(application, part)
    here = package_papers(application)
    for key in _declined(application, own, keys, here, at):
        decline(own, key, by=by, at=at)
    there = {document.material for document in documents(own)}
    wanted = [paper for paper in here if keys.get(paper.material) and keys[paper.material] not in there]
    taken = [paper for paper in wanted if _take_over(own, paper, keys[paper.material], by=by, at=at)]
    ledger.record(
        case_chain(own.number), "package_papers_taken_over", by=by.acting_for(own.subject_id), at=at,
        package=application.number,
        materials=sorted({keys[paper.material] for paper in taken}),
    )  # fmt: skip


@command
def pass_on(
    application: PackageApplication, part: PackagePart, paper: PackagePaper, *, by: Actor, at: datetime
) -> None:
    """One more paper to a draft that was begun before, if it still waits for it or has pages of it already."""
    own, key = part.application, _keys(application, part).get(paper.material, "")
    found = resolution_of(own, key, at) if own else None
    waits = found is not None and found.asked and (not found.met or found.way is Way.HANDED_IN)
    taken = own is not None and waits and _take_over(own, paper, key, by=by, at=at)
    ledger.record(
        case_chain(application.number),
        "package_paper_passed_on",
        by=by.acting_for(application.subject_id),
        at=at,
        item=part.item.slug,
        taken=bool(taken),
    )


def _keys(application: PackageApplication, part: PackagePart) -> dict[str, str]:
    """{key of the merged list: key of the draft's own list, which may have gone over to a newer edition}."""
    known = {material.key for material in part.application.edition.doc.materials} if part.application else set()
    keys = assembly_of(application).keys_of(part.item.slug)
    return {merged: key for merged, key in keys.items() if key in known}


def _declined(
    application: PackageApplication, own: Application, keys: dict[str, str], here: Sequence[PackagePaper], at: datetime
) -> list[str]:
    """The draft's materials that would be met by what was declined for the package and not taken after all."""
    gone = application.papers.filter(presented__in=list(WAYS.values()), removed_at__isnull=False).order_by("id")
    again = {_holding(paper) for paper in here}
    told = {(keys.get(paper.material), *_holding(paper)) for paper in gone if _holding(paper) not in again}
    found = [(key, resolution_of(own, key, at)) for key in sorted({str(key) for key, *_rest in told if key})]
    return [
        key
        for key, each in found
        if each and each.met and each.way in WAYS and (key, WAYS[each.way].value, each.ref) in told
    ]


def _holding(paper: PackagePaper) -> tuple[str, int | None]:
    return paper.presented, paper.licence_id or paper.repeats_id


def _take_over(own: Application, paper: PackagePaper, key: str, *, by: Actor, at: datetime) -> bool:
    """Put a paper of the package with the draft; False where it does not do there."""
    if paper.presented == Presented.EARLIER:
        if paper.repeats_id is None or not fits_again(own, key, paper.repeats_id, at):
            return False
        use_again(own, key, ref=paper.repeats_id, by=by, at=at)
        return True
    if paper.presented == Presented.LICENCE and not _still_good(paper, at):
        return False
    if paper.presented == Presented.PROMISE and not _may_promise(own, key, at):
        return False
    until = holdings.tolerance_until(own, at) if paper.presented == Presented.PROMISE else None
    compared: dict[str, Any] = {
        "checked_at": paper.handed_in_at, "checked_by_id": paper.handed_in_by_id, "checked_window_id": by.window,
    }  # fmt: skip
    Document.objects.create(
        application=own, material=key, presented=paper.presented, note=paper.note, file=paper.file,
        licence=paper.licence, trust=paper.trust, until=until, handed_in_at=at, handed_in_by_id=by.account,
        **(compared if paper.trust == Trust.B and paper.licence_id is None else {}),
    )  # fmt: skip
    return True


def _still_good(paper: PackagePaper, at: datetime) -> bool:
    return paper.licence is not None and holdings.held(paper.licence, paper).usable(day_of(at))


def _may_promise(own: Application, key: str, at: datetime) -> bool:
    """Only where this item lets the paper come later, and its applicant has kept what they promised before."""
    material = own.edition.doc.material(key)
    waits = material is not None and material.necessity is Necessity.TOLERATED
    return waits and holdings.tolerance_until(own, at) is not None and not holdings.broken_promises(own.subject_id, at)
