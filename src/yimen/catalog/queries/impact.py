"""What a new edition means for matters that are open: how many are untouched, keep theirs, or need a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Edition
from yimen.catalog.ports import OpenMatter, open_matters
from yimen.catalog.queries.difference import Change, difference
from yimen.law.transition import Consequence, Effect, consequence, gravest

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
    """Of all changes together. touched: the changes that mean something for somebody, in the document's order."""

    counts: Counter[Consequence]
    touched: list[Touched]

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


def impact(item: int, document: EditionDocument) -> Impact:
    """What it would mean if this document counted from now on. The open matters are read twice, piece by piece."""
    whole: Counter[Consequence] = Counter()
    touched: dict[str, Touched] = {}
    changes = _changes(item, document)
    for matter in open_matters(item):
        found = {change: means(change, matter) for change in changes.get(matter.edition, [])}
        whole[gravest(found.values())] += 1
        for change, what in found.items():
            _count(touched.setdefault(change.place, Touched(change)), what, matter)
    return Impact(whole, [each for each in touched.values() if each.keeps or each.decide])


def means(change: Change, matter: OpenMatter) -> Consequence:
    """What a change means for one open matter."""
    return consequence(change.effect, settled=_settled(change, matter), choosable=change.choosable)


def spared(before: EditionDocument, after: EditionDocument, matter: OpenMatter, places: Iterable[str]) -> list[str]:
    """The keys of materials that an open matter is spared, of the changes that were chosen for all."""
    chosen = set(places)
    return [
        change.key
        for change in difference(before, after)
        if change.place in chosen and means(change, matter) is Consequence.DECIDE
    ]


def _changes(item: int, document: EditionDocument) -> Mapping[int, list[Change]]:
    """By edition: most open matters are of one or two."""
    editions = Edition.objects.filter(item=item, pk__in={matter.edition for matter in open_matters(item)})
    return {
        each.pk: [change for change in difference(each.doc, document) if change.effect is not Effect.NEITHER]
        for each in editions
    }


def _settled(change: Change, matter: OpenMatter) -> bool:
    """Materials and fields until acceptance, or once they are there; conditions, limits and fees until the decision."""
    if change.of == "materials":
        return matter.accepted or change.key in matter.handed_in
    return matter.accepted if change.of == "form_fields" else False


def _count(touched: Touched, what: Consequence, matter: OpenMatter) -> None:
    touched.counts[what] += 1
    if what is Consequence.DECIDE and len(touched.examples) < EXAMPLES:
        touched.examples.append(matter.number)
