"""Consultations (公开征求意见): by state, what was said in them, which proofs of a document nobody was asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yimen.catalog.choices import UNRELEASED, EditionDocument, EditionState, Material, ProofOutcome
from yimen.catalog.choices.consulting import PROOF, ConsultationState, Proof
from yimen.catalog.models import Comment, Consultation, Edition, Item
from yimen.kit.errors import NotFound

STAYS = (ProofOutcome.KEPT, ProofOutcome.CHANGED)


class NoSuchConsultation(NotFound):
    code = "no_such_consultation"
    sentence = "没有找到这次征求意见，请从征求意见的列表中选择。"


@dataclass(frozen=True)
class Said:
    """A comment with its number within the consultation."""

    number: int
    comment: Comment


def proofs_of(document: EditionDocument) -> list[Material]:
    """The materials that are proofs (材料类型为证明)."""
    return [material for material in document.materials if material.kind == PROOF]


def proofs_unheard(item: Item | None, document: EditionDocument) -> list[str]:
    """The names of the proofs in a document about which the public was not heard with the result that they stay.

    A proof needs that once: it holds for later editions as long as its name and basis stay the same, and for the items
    of counties, towns and villages that inherit from this one (一套标准、四级贯通). The newest consultation decides:
    what was dropped since has to be heard anew. item: None for one that the catalogue doesn't know yet.
    """
    proofs = proofs_of(document)
    if not proofs:
        return []
    settled = outcomes(item)
    return [proof.name for proof in proofs if settled.get((proof.name, plain(proof.basis))) not in STAYS]


def outcomes(item: Item | None) -> dict[tuple[str, str], str]:
    """What became of each proof of an item, by name and plain basis, as far as the public was asked."""
    return _settled(list(_lineage(item)))


def _settled(lineage: list[Item]) -> dict[tuple[str, str], str]:
    """What became of each proof (by name and basis): the newest outcome, the item's own before an upper one's."""
    rows = Consultation.objects.filter(item__in=lineage, concluded_at__isnull=False)
    depth = {item.pk: place for place, item in enumerate(lineage)}
    ordered = sorted(rows, key=lambda row: (-depth[row.item_id], row.concluded_at, row.pk))
    return {(row.material_name, plain(row.basis)): row.outcome for row in ordered}


def _lineage(item: Item | None) -> Iterator[Item]:
    """The item and those it inherits from."""
    seen: set[int] = set()
    while item is not None and item.pk is not None and item.pk not in seen:
        seen.add(item.pk)
        yield item
        item = item.upper


def plain(text: str | None) -> str:
    """A basis without the blanks that somebody may have added."""
    return "".join((text or "").split())


def consultable(item: Item) -> list[Proof]:
    """The proofs of the draft and of the current edition that may be put to the public, each once."""
    rows = item.editions.filter(
        Q(state__in=UNRELEASED) | Q(state__in=(EditionState.RELEASED, EditionState.SUSPENDED), valid_to=None)
    ).order_by("-version")
    found: dict[tuple[str, str], Proof] = {}
    for proof in (proof for edition in rows for proof in _raw_proofs(edition)):
        found.setdefault((proof.name, plain(proof.basis)), proof)
    return list(found.values())


def _raw_proofs(edition: Edition) -> list[Proof]:
    materials = edition.document.get("materials") or ()
    return [Proof.of(each) for each in materials if each.get("kind") == PROOF and each.get("name")]


def state_of(consultation: Consultation, today: date) -> ConsultationState:
    """Where it stands on a day."""
    if consultation.concluded_at is not None:
        return ConsultationState.CONCLUDED
    if today < consultation.opens_on:
        return ConsultationState.UPCOMING
    return ConsultationState.OPEN if today <= consultation.closes_on else ConsultationState.WAITING


def in_state(rows: QuerySet[Consultation], state: str, today: date) -> QuerySet[Consultation]:
    """Those of the rows that stand there on a day; all for any other word."""
    running = Q(concluded_at__isnull=True)
    where = {
        ConsultationState.UPCOMING: running & Q(opens_on__gt=today),
        ConsultationState.OPEN: running & Q(opens_on__lte=today, closes_on__gte=today),
        ConsultationState.WAITING: running & Q(closes_on__lt=today),
        ConsultationState.CONCLUDED: Q(concluded_at__isnull=False),
    }
    return rows.filter(where[ConsultationState(state)]) if state in ConsultationState.values else rows


def consultations(*, asked: str = "", agencies: Iterable[int] | None = None) -> QuerySet[Consultation]:
    """All consultations with their item and agency, newest first. asked: words of title, proof or item."""
    rows = Consultation.objects.select_related("item__agency").annotate(said=Count("comments"))
    if agencies is not None:
        rows = rows.filter(item__agency__in=list(agencies))
    words = Q(title__icontains=asked) | Q(material_name__icontains=asked) | Q(item__name__icontains=asked)
    return rows.filter(words) if asked else rows


def counts_by_state(rows: QuerySet[Consultation], today: date) -> dict[str, int]:
    """How many stand where."""
    return {state: in_state(rows, state, today).count() for state in ConsultationState.values}


def consultation(number: int) -> Consultation:
    """One consultation. Raises NoSuchConsultation."""
    found = consultations().select_related("hearing_file").filter(pk=number).first()
    if found is None:
        raise NoSuchConsultation
    return found


def comments_of(found: Consultation, *, after: int = 0, size: int = 50) -> list[Said]:
    """What was said, in order, from behind a number; hidden ones keep their number."""
    rows = found.comments.all()[after : after + size]
    return [Said(after + place, comment) for place, comment in enumerate(rows, 1)]


def number_of(comment: Comment) -> int:
    """Which one it is within its consultation."""
    return Comment.objects.filter(consultation=comment.consultation_id, pk__lte=comment.pk).count()
