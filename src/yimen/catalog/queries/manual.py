"""业务手册: what staff read of an edition. It is made of the guide itself: front and back office see the same text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yimen.catalog.choices import Discretion, EditionDocument, Wording
from yimen.catalog.choices.elements import DiscretionRow
from yimen.catalog.models import Edition
from yimen.catalog.queries.details import Details, details
from yimen.catalog.queries.discretion_words import spoken
from yimen.catalog.queries.guide import Guide, MaterialLine, StepLine, guide


@dataclass(frozen=True)
class TableRow:
    """A row of a discretion table: its conditions in words."""

    number: int
    when: str
    outcome: str
    grounds: str


@dataclass(frozen=True)
class Table:
    """A discretion table as staff read it."""

    number: int
    name: str
    basis: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Manual:
    """guide, details: the very same that citizens read."""

    guide: Guide
    details: Details
    wordings: tuple[Wording, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]

    @property
    def review_points(self) -> list[tuple[str, tuple[str, ...]]]:
        """What to look at, by material and by step."""
        parts: list[MaterialLine | StepLine] = [*self.guide.materials, *self.guide.steps]
        return [(part.name, part.review_points) for part in parts if part.review_points]


def manual(edition: Edition) -> Manual:
    """The manual of an edition."""
    document = edition.doc
    return Manual(
        guide=guide(edition),
        details=details(edition),
        wordings=document.manual.wordings,
        tables=tuple(_table(number, each) for number, each in enumerate(document.manual.discretion, 1)),
        notes=document.manual.notes,
    )


def wordings(document: EditionDocument, paper: str) -> tuple[Wording, ...]:
    """The standard words for a paper (补正, 不予受理 …)."""
    return tuple(each for each in document.manual.wordings if each.paper == paper)


def _table(number: int, each: Discretion) -> Table:
    rows = tuple(
        TableRow(place, _("；").join(_conditions(each, row)) or _("其余情形"), row.outcome, row.grounds)
        for place, row in enumerate(each.rows, 1)
    )
    return Table(number, each.name, each.basis or "", rows)


def _conditions(table: Discretion, row: DiscretionRow) -> Iterator[str]:
    for one in table.inputs:
        if one.name in row.when:
            yield f"{one.label} {spoken(row.when[one.name])}{one.unit}"
