"""Keeping the findings of all current editions up to date: in the worker, after each change. They are a copy."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Q

from yimen.catalog.choices import UNRELEASED, EditionDocument
from yimen.catalog.commands.keeping import keep_burdens, keep_checkups
from yimen.catalog.models import Checkup, Edition
from yimen.catalog.queries import checkups, linting
from yimen.catalog.queries.burdens import burden
from yimen.catalog.queries.desks import kept_desks
from yimen.catalog.queries.editions import all_current
from yimen.catalog.queries.slim import slim
from yimen.kit.locks import alone
from yimen.law.catalogue import Finding, Severity, found_loops
from yimen.law.said import packed as packed_words

log = logging.getLogger(__name__)

T = TypeVar("T")
BATCH = 500
LOCK = "catalog.checkups"


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
    for read in _batches(slim(stale)):
        keep_burdens({edition.pk: burden(document) for edition, document in read})
        keep_checkups([_checkup(edition, document, lens) for edition, document in read], lens.stamp, at)
        seen += len(read)
    return seen


def _checkup(edition: Edition, document: EditionDocument, lens: linting.Lens) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for each in lens.look(edition, document):
        counts[each.rule] = counts.get(each.rule, 0) + 1
    ties = checkups.packed(lens.desk(document))
    return {"edition_id": edition.pk, "counts": counts, "ties": ties, **totals(counts, lens.severities)}


def _find_loops(severities: Mapping[str, Severity]) -> None:
    """Loops may come and go anywhere when one edition changes: they are found anew among all."""
    desks = kept_desks()
    editions = {desk.slug: edition for edition, desk in desks.items()}
    by_edition: dict[int, list[Finding]] = {}
    for found in found_loops(list(desks.values()), severities=severities):
        by_edition.setdefault(editions[found.slug], []).append(found)
    concerned = Checkup.objects.filter(Q(edition__in=by_edition) | ~Q(loops=[]))
    changed = []
    for row in concerned.only("loops", "counts", "errors", "warnings", "edition"):
        told = [
            asdict(each) | {"marks": [], "said": packed_words(each.sentence)}
            for each in by_edition.get(row.edition_id, [])
        ]
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
    for read in _batches(slim(missing)):
        keep_burdens({edition.pk: burden(document) for edition, document in read})


def _batches(rows: Iterator[T]) -> Iterator[Sequence[T]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
