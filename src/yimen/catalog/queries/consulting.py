"""Consultations (公开征求意见): by state, what was said in them, which proofs of a document nobody was asked about."""

from __future__ import annotations

from collections.abc import Iterator

from yimen.catalog.choices import EditionDocument, Material, ProofOutcome
from yimen.catalog.models import Consultation, Item

PROOF = "证明"
STAYS = (ProofOutcome.KEPT, ProofOutcome.CHANGED)


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
    settled = _settled(list(_lineage(item)))
    return [proof.name for proof in proofs if settled.get((proof.name, _plain(proof.basis))) not in STAYS]


def _settled(lineage: list[Item]) -> dict[tuple[str, str], str]:
    """What became of each proof (by name and basis): the newest outcome, the item's own before an upper one's."""
    rows = Consultation.objects.filter(item__in=lineage, concluded_at__isnull=False)
    depth = {item.pk: place for place, item in enumerate(lineage)}
    ordered = sorted(rows, key=lambda row: (-depth[row.item_id], row.concluded_at, row.pk))
    return {(row.material_name, _plain(row.basis)): row.outcome for row in ordered}


def _lineage(item: Item | None) -> Iterator[Item]:
    """The item and those it inherits from."""
    seen: set[int] = set()
    while item is not None and item.pk is not None and item.pk not in seen:
        seen.add(item.pk)
        yield item
        item = item.upper


def _plain(text: str | None) -> str:
    """A basis without the blanks that somebody may have added."""
    return "".join((text or "").split())
