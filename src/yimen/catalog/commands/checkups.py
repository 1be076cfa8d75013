"""Keeping the findings of all current editions up to date: in the worker, after each change. They are a copy."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import TypeVar

from yimen.catalog.choices import UNRELEASED, EditionDocument
from yimen.catalog.models import Burden, Checkup, Edition
from yimen.catalog.queries import checkups, linting
from yimen.catalog.queries.burdens import burden
from yimen.catalog.queries.editions import all_current
from yimen.kit.locks import alone
from yimen.law.catalogue import Finding, Severity, desk, found_loops

log = logging.getLogger(__name__)

T = TypeVar("T")
BATCH = 500
LOCK = "catalog.checkups"
COLUMNS = ["stamp", "errors", "warnings", "counts", "loops", "ties", "checked_at"]


def renew_checkups(*, at: datetime) -> int:
    """Look at every current edition that wasn't looked at yet, or with other rules; gives how many.

    One at a time in the whole city. Nothing in the ledger: it is a copy.
    """
    with alone(LOCK) as mine:
        if not mine:
            return 0
        gone, _rows = Checkup.objects.exclude(edition__in=all_current().values("pk")).delete()
        lens = linting.lens()
        seen = _look(lens, at)
        _weigh_burdens()
        if seen or gone:
            _find_loops(lens.severities)
        return seen


def totals(counts: Mapping[str, int], severities: Mapping[str, Severity]) -> dict[str, int]:
    """How many errors and warnings there are, by what each rule weighs here."""
    weights = {rule: severities[rule] for rule in counts}
    return {
        "errors": sum(count for rule, count in counts.items() if weights[rule] is Severity.ERROR),
        "warnings": sum(count for rule, count in counts.items() if weights[rule] is Severity.WARNING),
    }


def _look(lens: linting.Lens, at: datetime) -> int:
    stale = all_current().exclude(checkup__stamp=lens.stamp).order_by("pk").prefetch_related("passages")
    seen = 0
    for editions in _batches(stale.iterator(chunk_size=BATCH)):
        read = [(edition, EditionDocument.model_validate(edition.document)) for edition in editions]
        Burden.objects.bulk_create([_burden(*each) for each in read], ignore_conflicts=True)
        rows = [_checkup(edition, document, lens, at) for edition, document in read]
        Checkup.objects.bulk_create(rows, update_conflicts=True, unique_fields=["edition"], update_fields=COLUMNS)
        seen += len(rows)
    return seen


def _burden(edition: Edition, document: EditionDocument) -> Burden:
    return Burden(edition=edition, **burden(document))


def _checkup(edition: Edition, document: EditionDocument, lens: linting.Lens, at: datetime) -> Checkup:
    counts: dict[str, int] = {}
    for each in lens.look(edition, document):
        counts[each.rule] = counts.get(each.rule, 0) + 1
    return Checkup(
        edition=edition,
        stamp=lens.stamp,
        counts=counts,
        ties=checkups.packed(desk(document)),
        checked_at=at,
        **totals(counts, lens.severities),
    )


def _find_loops(severities: Mapping[str, Severity]) -> None:
    """Loops may come and go anywhere when one edition changes."""
    rows = {row.ties["slug"]: row for row in Checkup.objects.only("ties", "loops", "counts", "errors", "warnings")}
    by_item: dict[str, list[Finding]] = {}
    for found in found_loops([checkups.unpacked(row.ties) for row in rows.values()], severities=severities):
        by_item.setdefault(found.slug, []).append(found)
    changed = []
    for slug, row in rows.items():
        told = [asdict(each) | {"marks": []} for each in by_item.get(slug, [])]
        if told != row.loops:
            own = {rule: count for rule, count in row.counts.items() if not rule.startswith("proof_loop")}
            row.counts = own | {each["rule"]: 1 for each in told}
            row.loops = told
            row.errors, row.warnings = totals(row.counts, severities).values()
            changed.append(row)
    Checkup.objects.bulk_update(changed, ["counts", "loops", "errors", "warnings"], batch_size=BATCH)


def _weigh_burdens() -> None:
    """Of every earlier edition that ever counted; they don't change."""
    missing = Edition.objects.exclude(state__in=UNRELEASED).filter(burden=None).order_by("pk")
    for editions in _batches(missing.iterator(chunk_size=BATCH)):
        rows = [_burden(each, EditionDocument.model_validate(each.document)) for each in editions]
        Burden.objects.bulk_create(rows, ignore_conflicts=True)


def _batches(rows: Iterator[T]) -> Iterator[Sequence[T]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
