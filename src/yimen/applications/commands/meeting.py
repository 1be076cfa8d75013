"""Materials that are met without anybody handing them in: taken from the library or an earlier case, or declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from yimen.applications import access
from yimen.applications.choices import Presented, Trust
from yimen.applications.commands.opening import lock, require_open_material, touch
from yimen.applications.commands.refusals import NoSuchEarlier, NothingToDecline
from yimen.applications.models import Application, Document, MaterialMet
from yimen.applications.queries import holdings
from yimen.applications.queries.consents import may_reuse
from yimen.applications.queries.resolving import demands, resolution_of, resolved, situation
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.law.resolution import EarlierPaper, Resolution, Way, may_repeat, repeats
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain

TAKEN = (Way.LICENCE, Way.EARLIER)


@command
def decline(application: Application, key: str, *, by: Actor, at: datetime) -> None:
    """Not to use the licence or earlier paper that would stand in for a material; what was presented is taken back.

    Kept as a document that was handed in and taken back at once: what is offered stays offered. Raises NotYours,
    NotOpen, NothingToDecline.
    """
    application = lock(application)
    access.require_hand(by, application, at)
    require_open_material(application, key)
    found = resolution_of(application, key, at)
    if found is None or found.way not in TAKEN or found.ref is None:
        raise NothingToDecline
    rows = _rows(application, found, by=by, at=at) if found.document is None else []
    for each in rows:
        each.removed_at = at
    Document.objects.bulk_create(rows)
    application.documents.filter(
        material=key, presented=_PRESENTED[found.way], removed_at=None
    ).update(removed_at=at)  # fmt: skip
    touch(application, at)
    ledger.record(
        case_chain(application.number),
        "declined",
        by=by.acting_for(application.subject_id),
        at=at,
        material=key,
        way=found.way.value,
    )


@command
def use_again(application: Application, key: str, *, by: Actor, at: datetime, ref: int | None = None) -> list[Document]:
    """Hand in what was handed in with an earlier application (ref: its first document; left out: the best that fits).

    The same person's, of level A, B, or D for its own item, still valid; of another item with consent. Who made it
    stands by it anew. Raises NotYours, NotOpen, NoSuchEarlier.
    """
    application = lock(application)
    access.require_hand(by, application, at)
    require_open_material(application, key)
    paper = _fitting(application, key, ref, at)
    rows = repeated(application, key, paper, by=by, at=at)
    Document.objects.bulk_create(rows)
    touch(application, at)
    ledger.record(
        case_chain(application.number), "used_again", by=by.acting_for(application.subject_id), at=at,
        material=key, of=rows[0].repeats_id, item=paper.item, trust=paper.trust.value, pages=len(rows),
    )  # fmt: skip
    return rows


def meet(application: Application, handed_in: Sequence[Document], *, by: Actor, at: datetime) -> list[Resolution]:
    """How every material is met as the application is sent; what the city has is put with it, each way is noted.

    Part of submission; what still lacks is the caller's to refuse.
    """
    found = resolved(application, handed_in, at)
    if any(each.lacks for each in found):
        return found
    rows = [row for each in found if _is_taken(each) for row in _rows(application, each, by=by, at=at)]
    if rows:
        Document.objects.bulk_create(rows)
    MaterialMet.objects.bulk_create(
        MaterialMet(
            application=application, material=each.key, way=each.way.value, required=each.required, met_at=at,
            trust=each.trust.value if each.trust else "",
        )
        for each in found
        if each.asked and (each.met or each.required)
    )  # fmt: skip
    return found


def take_back_lost(
    application: Application, handed_in: Sequence[Document], found: Sequence[Resolution], *, by: Actor, at: datetime
) -> list[Document]:
    """What may not be used any more isn't sent: it is taken back, in the applicant's sight. Gives what stays.

    Part of submission, once nothing lacks.
    """
    lost = {ref for each in found for ref in each.lost}
    if not lost:
        return list(handed_in)
    Document.objects.filter(pk__in=lost).update(removed_at=at)
    gone = [each for each in handed_in if each.pk in lost]
    ledger.record(
        case_chain(application.number), "lost_taken_back", by=by.acting_for(application.subject_id), at=at,
        documents=sorted(lost),
        materials=sorted({each.material for each in gone}),
    )  # fmt: skip
    return [each for each in handed_in if each.pk not in lost]


_PRESENTED = {Way.LICENCE: Presented.LICENCE, Way.EARLIER: Presented.EARLIER}


def _is_taken(found: Resolution) -> bool:
    return found.met and found.required and found.way in TAKEN and found.document is None


def _rows(application: Application, found: Resolution, *, by: Actor, at: datetime) -> list[Document]:
    """The documents that bring a licence or an earlier paper."""
    if found.way is Way.EARLIER:
        paper = next(each for each in holdings.earlier_papers(application) if each.ref == found.ref)
        return repeated(application, found.key, paper, by=by, at=at)
    return [
        Document(
            application=application, material=found.key, presented=Presented.LICENCE, licence_id=found.ref,
            trust=Trust(found.trust.value if found.trust else "A"), handed_in_at=at, handed_in_by_id=by.account,
        )
    ]  # fmt: skip


def repeated(application: Application, key: str, paper: EarlierPaper, *, by: Actor, at: datetime) -> list[Document]:
    """Its pages, once more, with what was found when their original was seen."""
    told = holdings.told(paper)
    return [
        Document(
            application=application, material=key, presented=Presented.EARLIER, repeats=page, told=told, file=page.file,
            copies=page.copies, trust=page.trust, handed_in_at=at, handed_in_by_id=by.account, valid_to=page.valid_to,
            checked_at=page.checked_at, checked_by_id=page.checked_by_id, checked_window_id=page.checked_window_id,
        )
        for page in holdings.pages_of(application, paper.ref)
    ]  # fmt: skip


def fits_again(application: Application, key: str, ref: int, at: datetime) -> bool:
    """May an earlier paper (its first document) be used again for a material of this application?"""
    return bool(_allowed(application, key, ref, at))


def _fitting(application: Application, key: str, ref: int | None, at: datetime) -> EarlierPaper:
    """The earlier paper that fits, by the law's own tests; of several the most trusted and newest."""
    allowed = _allowed(application, key, ref, at)
    if not allowed:
        raise NoSuchEarlier
    return holdings.best(allowed, application.item.slug)


def _allowed(application: Application, key: str, ref: int | None, at: datetime) -> list[EarlierPaper]:
    demand = next((each for each in demands(application) if each.key == key), None)
    if demand is None:
        return []
    facts = replace(situation(application, at), consent=may_reuse(application.subject_id, at))
    papers = [each for each in holdings.earlier_papers(application) if ref in (None, each.ref)]
    return [each for each in papers if repeats(demand, each, facts) and may_repeat(each, facts)]
