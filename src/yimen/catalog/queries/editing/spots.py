"""What the checks say of a draft, pinned to the widgets of a page: beside the field, per row, per section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from yimen.catalog.queries.editing.layout import OF_FIELD, SECTIONS
from yimen.catalog.queries.editing.nodes import Node, Row, walk
from yimen.catalog.queries.editing.pages import Page
from yimen.catalog.queries.linting import read

LAST_STEP = re.compile(r"(\[[^\]]*\]|\.?[^.\[\]]+)$")


@dataclass(frozen=True)
class Spot:
    """A finding as the editor shows it. stops: the edition can't be released; parts: (piece, is it offending?)."""

    place: str
    sentence: str
    stops: bool = True
    source: str = ""
    remedy: str = ""
    parts: tuple[tuple[str, bool], ...] = ()

    @property
    def marked(self) -> bool:
        """Are there offending words to point at?"""
        return any(bad for _piece, bad in self.parts)

    @property
    def section(self) -> str:
        """The section that the place lies in; the first where it lies in none."""
        return OF_FIELD.get(re.split(r"[.\[]", self.place)[0], SECTIONS[0].key)


def spots(document: Mapping[str, Any]) -> list[Spot]:
    """Everything that the checks say of a draft: what is wrong with its form, then what the rules find."""
    reading = read(dict(document))
    return [
        *(Spot(each.field, each.reason) for each in reading.problems),
        *(
            Spot(each.place, each.sentence, each.stops, each.source, each.remedy, each.parts)
            for each in reading.findings
        ),
    ]


@dataclass(frozen=True)
class Count:
    """How many findings; stops: how many of them keep the edition from being released."""

    all: int = 0
    stops: int = 0


def counts(found: Iterable[Spot]) -> dict[str, Count]:
    """Findings by section."""
    held = list(found)
    every, stops = Counter(spot.section for spot in held), Counter(spot.section for spot in held if spot.stops)
    return {section.key: Count(every[section.key], stops[section.key]) for section in SECTIONS}


def pin(page: Page, found: Iterable[Spot]) -> list[Spot]:
    """Put each finding to the widget of its place, or the nearest one around it. Gives those of the section for which

    there is no widget. A row that is shut only counts its findings: they are shown when it is opened.
    """
    nodes = {node.place: node for node in walk(page.nodes)}
    rows = {row.place: row for node in walk(page.nodes) for row in node.rows if not row.gone}
    return [spot for spot in found if spot.section == page.section.key and not _pinned(spot, nodes, rows)]


def _pinned(spot: Spot, nodes: Mapping[str, Node], rows: Mapping[str, Row]) -> bool:
    place, done = spot.place, False
    while place:
        node, row = nodes.get(place), rows.get(place)
        if node is not None and not done:
            node.findings.append(spot)
            done = True
        if row is not None:
            row.found += 1
            if row.open and not done:
                row.findings.append(spot)
            done = True
        place = LAST_STEP.sub("", place)
    return done
