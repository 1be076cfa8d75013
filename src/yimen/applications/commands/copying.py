"""The papers of an earlier application, brought along as it is copied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yimen.applications.choices import Presented, Trust
from yimen.applications.commands.meeting import repeated
from yimen.applications.models import Application, Document
from yimen.applications.queries import holdings
from yimen.applications.queries.resolving import resolutions
from yimen.kit.actor import Actor
from yimen.kit.time import day_of
from yimen.law.resolution_facts import past


def bring_papers(application: Application, earlier: Application, *, by: Actor, at: datetime) -> list[str]:
    """What this application still wants and the earlier one has as a file: put with it. Gives the materials.

    What the applicant made they stand by anew (D). A scan whose original nobody has seen is handed in once more as it
    was: it counts for no more than it did (C). What is met already, or has expired, is left out.
    """
    wanted = {each.key for each in resolutions(application, at) if each.asked and not each.met}
    rows = [row for row in _rows(application, earlier, by=by, at=at) if row.material in wanted]
    Document.objects.bulk_create(rows)
    return list(dict.fromkeys(row.material for row in rows))


def _rows(application: Application, earlier: Application, *, by: Actor, at: datetime) -> Iterator[Document]:
    """Each of its papers once more: repeated where it counts by itself, else the same file handed in anew."""
    kept = {each.pk: each for each in earlier.documents.select_related("file") if _has_pages(each)}
    for paper in holdings.earlier_papers(application):
        if paper.ref not in kept or past(paper.valid_to, day_of(at)):
            continue
        if paper.trust.value != Trust.C:
            yield from repeated(application, paper.material, paper, by=by, at=at)
            continue
        for page in [each for each in kept.values() if each.material == paper.material]:
            yield Document(
                application=application, material=page.material, presented=Presented.UPLOAD, file=page.file,
                copies=page.copies, note=page.note, trust=Trust.C, handed_in_at=at, handed_in_by_id=by.account,
            )  # fmt: skip


def _has_pages(document: Document) -> bool:
    return document.removed_at is None and document.file_id is not None and document.presented != Presented.PROMISE
