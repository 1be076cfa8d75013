"""How far a batch is, which documents its applications still need, who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from yimen.applications.access import own_business
from yimen.applications.models import Batch, BatchPaper, BatchRow
from yimen.applications.queries.holdings import standing_in
from yimen.applications.queries.reading import field_needs, material_needs
from yimen.kit.errors import NotFound
from yimen.kit.telling import translated
from yimen.law.completeness import Necessity, answers_that_count, asked_materials
from yimen.law.said import Said, unpacked

if TYPE_CHECKING:
    from yimen.catalog.choices import Material
    from yimen.kit.actor import Actor

SILENCE = timedelta(minutes=2)
MENDED_WITHIN = timedelta(days=30)
"""So long a workbook with faults is remembered to be mended."""


class NoSuchBatch(NotFound):
    code = "no_such_batch"
    sentence = "没有找到这批申请。"


@dataclass(frozen=True)
class BatchState:
    """Counts of its rows. repeated: filed before with the very same content; failed: refused when filed."""

    total: int
    faulty: int
    repeated: int
    filed: int
    failed: int

    @property
    def to_file(self) -> int:
        return self.total - self.faulty - self.repeated - self.filed - self.failed


def find_batch(key: int, *, by: Actor, at: datetime) -> Batch:
    """One that the actor may see, as their applications. Raises NoSuchBatch."""
    rows = _whole().filter(own_business(by, at), pk=key, dropped_at=None)
    found = rows.first()
    if found is None:
        raise NoSuchBatch
    return found


def batches_of(by: Actor, at: datetime, *, item: int | None = None) -> QuerySet[Batch]:
    """Newest first; item: of one item only."""
    rows = _whole().filter(own_business(by, at), dropped_at=None).order_by("-id")
    return rows.filter(item=item) if item else rows


@dataclass(frozen=True)
class Waiting:
    """A batch with what still has to be done with it. faulty: rows to be mended; to_file: rows to be confirmed."""

    batch: Batch
    faulty: int
    to_file: int


def waiting_batches(by: Actor, at: datetime) -> list[Waiting]:
    """The newest of each firm and item, where rows have faults or nobody has confirmed it; older ones were replaced."""
    open_now = Q(rows__application=None, rows__repeats=None)
    newest = Batch.objects.filter(own_business(by, at), dropped_at=None, begun_at__gte=at - MENDED_WITHIN)
    chosen = newest.order_by("subject_id", "item_id", "-id").distinct("subject_id", "item_id").values("pk")
    rows = _whole().filter(pk__in=chosen).order_by("-id")
    counted = rows.annotate(
        faulty=Count("rows", filter=open_now & Q(rows__key="")), sound=Count("rows", filter=open_now & ~Q(rows__key=""))
    )
    told = [Waiting(each, each.faulty, 0 if each.confirmed_at else each.sound) for each in counted]
    return [each for each in told if each.faulty or each.to_file]


def _whole() -> QuerySet[Batch]:
    joined = Batch.objects.select_related("item", "edition", "edition__item", "subject", "file", "made_by")
    return joined.defer("edition__document", "subject__profile")


def state_of(batch: Batch) -> BatchState:
    """One statement for the counts; faulty ones are told apart by their key, which only sound rows bear."""
    filed, repeated = Q(application__isnull=False), Q(application=None, repeats__isnull=False)
    open_now = Q(application=None, repeats=None)
    counts = batch.rows.aggregate(
        total=Count("pk"),
        filed=Count("pk", filter=filed),
        repeated=Count("pk", filter=repeated),
        faulty=Count("pk", filter=open_now & Q(key="")),
        failed=Count("pk", filter=open_now & Q(failed_at__isnull=False)),
    )
    return BatchState(**counts)


def rows_of(batch: Batch) -> list[BatchRow]:
    """In the order of the workbook, each with the application it became."""
    return list(batch.rows.select_related("application", "repeats").order_by("place"))


def told(fault: Mapping[str, Any]) -> str:
    """What is wrong, in the language of the visit; what it is wrong with stands beside it."""
    why = _words(fault)
    bare = why.facts["why"] if isinstance(why, Said) and why.facts.keys() == {"label", "why"} else why
    return str(translated(bare))


def _words(fault: Mapping[str, Any]) -> Any:
    """Once it was kept as plain text."""
    return unpacked(fault.get("said", fault["message"]))


def fault_shapes(row: BatchRow) -> list[dict[str, str]]:
    """As programs see them: the cells (申请!C5、申请!D5), the questions, why, a code."""
    return [_shape(fault) for fault in row.faults]


def _shape(fault: Mapping[str, Any]) -> dict[str, str]:
    return {
        "cell": fault["cell"],
        "head": fault["head"],
        "message": str(translated(_words(fault))),
        "code": fault.get("code", ""),
    }


def papers_of(batch: Batch) -> list[BatchPaper]:
    return list(batch.papers.filter(removed_at=None).select_related("file").order_by("id"))


def papers_wanted(batch: Batch, at: datetime) -> list[dict[str, Any]]:
    """Every material that some application of it must have and no licence at hand meets: {material, papers}."""
    document = batch.edition.doc
    needs, fields = material_needs(document), field_needs(document)
    asked: set[str] = set()
    for row in batch.rows.filter(repeats=None).only("answers"):
        counting = answers_that_count(fields, row.answers)
        asked |= {need.key for need in asked_materials(needs, counting) if need.necessity is Necessity.REQUIRED}
    held = standing_in(batch.subject_id, None, document.materials, at)
    papers: dict[str, list[BatchPaper]] = {}
    for paper in papers_of(batch):
        papers.setdefault(paper.material, []).append(paper)
    return [
        {"material": material, "papers": papers.get(material.key or "", [])}
        for material in document.materials
        if _wanted(material, asked, held)
    ]


def _wanted(material: Material, asked: set[str], held: dict[str, Any]) -> bool:
    return material.key in asked and material.key not in held
