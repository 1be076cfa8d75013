"""业务手册: what staff read of an edition. It is made of the guide itself: front and back office see the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yimen.catalog.choices import Discretion, EditionDocument, Wording
from yimen.catalog.choices.elements import DiscretionRow
from yimen.catalog.models import Edition
from yimen.catalog.queries.details import Details, details
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


def spoken(cell: str) -> str:
    """A cell as people say it: > 500 大于 500, [50..100] 50 到 100, 'x' “x”, true 是."""
    cell = cell.strip()
    for sign, word in SIGNS:
        if cell.startswith(sign):
            return f"{word} {spoken(cell[len(sign) :])}"
    if cell in ("true", "false"):
        return _("为是") if cell == "true" else _("为否")
    if ".." in cell and cell[0] in "[(" and cell[-1] in "])":
        low, _dots, high = cell[1:-1].partition("..")
        edges = (_("（含）") if cell[0] == "[" else _("（不含）"), _("（含）") if cell[-1] == "]" else _("（不含）"))
        return _("%(low)s%(with_low)s到%(high)s%(with_high)s") % {
            "low": low.strip(),
            "with_low": edges[0],
            "high": high.strip(),
            "with_high": edges[1],
        }
    return _QUOTED.sub(lambda found: f"“{found[0][1:-1]}”", cell)


_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
SIGNS = (
    (">=", gettext_lazy("不少于")), ("<=", gettext_lazy("不超过")), ("==", gettext_lazy("为")),
    ("!=", gettext_lazy("不是")), (">", gettext_lazy("大于")), ("<", gettext_lazy("小于")),
)  # fmt: skip
