"""What an edition asks of people, in numbers. (materials, proofs, days, visits)"""

from __future__ import annotations

from typing import Any

from yimen.catalog.choices import EditionDocument
from yimen.law.catalogue.durations import in_working_days
from yimen.law.catalogue.materials import PROOF


def burden(document: EditionDocument) -> dict[str, Any]:
    """The columns of a Burden. What is not promised is reckoned by the statutory limit."""
    names = [[each.key or "", each.name, each.kind == PROOF] for each in document.materials]
    return {
        "materials": len(names),
        "proofs": sum(bool(proof) for _key, _name, proof in names),
        "days": _days(document),
        "visits": document.visits,
        "names": names,
    }


def _days(document: EditionDocument) -> float | None:
    if document.promised_days is not None:
        return in_working_days(document.promised_days, document.promised_unit)
    if document.statutory_days is not None:
        return in_working_days(document.statutory_days, document.statutory_unit)
    return None
