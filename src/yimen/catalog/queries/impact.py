"""What a new edition means for matters that are open: how many are untouched, keep theirs, or need a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Edition
from yimen.catalog.ports import OpenMatter, RunningPromise, open_matters
from yimen.catalog.queries.difference import Change, difference
from yimen.catalog.queries.easing import eased, means
from yimen.law.transition import Consequence, Effect, gravest

EXAMPLES = 5


@dataclass
class Touched:
    """What one change does. counts: matters by consequence; examples: numbers of some that need a decision."""

    change: Change
    counts: Counter[Consequence] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def keeps(self) -> int:
        return self.counts[Consequence.KEEPS]

    @property
    def decide(self) -> int:
        return self.counts[Consequence.DECIDE]


@dataclass
class Impact:
    """Of all changes together. touched: the changes that mean something for somebody, in the document's order.

    offered: the easings that may be chosen for all, also those that reach nobody yet: somebody may apply until then.
    """

    counts: Counter[Consequence]
    touched: list[Touched]
    offered: list[Touched]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def untouched(self) -> int:
        return self.counts[Consequence.UNTOUCHED]

    @property
    def keeps(self) -> int:
        return self.counts[Consequence.KEEPS]

    @property
    def decide(self) -> int:
        return self.counts[Consequence.DECIDE]

    @property
    def to_choose(self) -> list[Touched]:
        """The changes for which somebody has to choose."""
        return [each for each in self.touched if each.decide]


def impact(item: int, document: EditionDocument, *, on: date, base: EditionDocument | None = None) -> Impact:
    """What it would mean if this document counted from a day on. base: the edition it was begun from.

    The open matters are read once, piece by piece.
    """
    whole: Counter[Consequence] = Counter()
    touched = {change.place: Touched(change) for change in (difference(base, document) if base else [])}
    changes = _changes(document)
    promises: dict[RunningPromise, bool] = {}
    for matter in open_matters(item):
        found = {change: means(change, matter, document, on, promises) for change in changes(matter)}
        whole[gravest(found.values())] += 1
        for change, what in found.items():
            _count(touched.setdefault(change.place, Touched(change)), what, matter)
    known = list(touched.values())
    offered = [each for each in known if each.change.choosable]
    return Impact(whole, [each for each in known if each.keeps or each.decide], offered)


def _changes(document: EditionDocument) -> Callable[[OpenMatter], list[Change]]:
    """What differs for a matter: by its edition and by what it was granted since; most have one and nothing."""
    known: dict[tuple[int, str], list[Change]] = {}

    def of(matter: OpenMatter) -> list[Change]:
        key = matter.edition, repr(sorted(matter.eased.items()))
        if key not in known:
            own = eased(Edition.objects.get(pk=matter.edition).doc, matter.eased)
            known[key] = [each for each in difference(own, document) if each.effect is not Effect.NEITHER]
        return known[key]

    return of


def _count(touched: Touched, what: Consequence, matter: OpenMatter) -> None:
    touched.counts[what] += 1
    if what is Consequence.DECIDE and len(touched.examples) < EXAMPLES:
        touched.examples.append(matter.number)
