"""Clean-up progress: what was cut, edition against edition, per item, agency, year, quarter and city. One statement."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from yimen.catalog.choices import UNRELEASED, EditionState
from yimen.catalog.models import Burden

PERIOD = re.compile(r"^([12]\d{3})(?:Q([1-4]))?$", re.ASCII)
MEASURES = ("materials", "proofs", "days", "visits")
COLUMNS = (
    "edition__item", "edition__item__slug", "edition__item__name", "edition__item__agency",
    "edition__item__agency__code", "edition__item__agency__name", "edition__version", "edition__state",
    "edition__valid_from", "edition__valid_to", *MEASURES, "pk",
)  # fmt: skip


class Weighed(NamedTuple):
    """An edition by what it asks of people."""

    item: int
    slug: str
    name: str
    agency: int
    agency_code: str
    agency_name: str
    version: int
    state: str
    valid_from: date | None
    valid_to: date | None
    materials: int
    proofs: int
    days: float | None
    visits: int
    burden: int

    @property
    def order(self) -> tuple[bool, date, int]:
        """The current one last, the others by their days; what has none was before."""
        in_force = self.valid_to is None and self.state in (EditionState.RELEASED, EditionState.SUSPENDED)
        return in_force, self.valid_from or date.min, self.version


@dataclass
class Cut:
    """A sum before and after. cut: how much less; negative where more is asked than before."""

    before: float = 0
    after: float = 0

    @property
    def cut(self) -> float:
        """How much less."""
        return round(self.before - self.after, 1)

    def add(self, before: float | None, after: float | None) -> None:
        """What has no limit on one side can't be compared."""
        if before is not None and after is not None:
            self.before, self.after = self.before + before, self.after + after


@dataclass
class Progress:
    """What became less, over the items of an agency or of the city. changed: items of which there are two editions."""

    key: str = ""
    name: str = ""
    items: int = 0
    changed: int = 0
    materials: Cut = field(default_factory=Cut)
    proofs: Cut = field(default_factory=Cut)
    days: Cut = field(default_factory=Cut)
    visits: Cut = field(default_factory=Cut)

    def add(self, before: Weighed, after: Weighed) -> None:
        """One item, from an edition to a later one."""
        for name in MEASURES:
            getattr(self, name).add(getattr(before, name), getattr(after, name))


@dataclass(frozen=True)
class ItemProgress:
    """One item: its first edition and its last one in the time asked for."""

    before: Weighed
    after: Weighed

    @property
    def progress(self) -> Progress:
        """Its figures."""
        told = Progress(self.after.slug, self.after.name, items=1, changed=int(self.before is not self.after))
        told.add(self.before, self.after)
        return told


class Period(NamedTuple):
    """A year, or a quarter of it: 2026, 2026Q3."""

    year: int
    quarter: int = 0

    def has(self, day: date | None) -> bool:
        """Does a day fall into it?"""
        return day is not None and day.year == self.year and self.quarter in (0, quarter_number(day))

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}" if self.quarter else str(self.year)


def period(text: str) -> Period | None:
    """What somebody asked for, None where it is no year and no quarter."""
    found = PERIOD.match(text)
    return Period(int(found[1]), int(found[2] or 0)) if found else None


def quarter_number(day: date) -> int:
    """1 to 4."""
    return (day.month - 1) // 3 + 1


def of_items(
    agencies: Collection[int] | None, *, agency: int | None = None, within: Period | None = None
) -> list[ItemProgress]:
    """Each item that is in force: its first edition against today's; within a time, what changed in it."""
    found = (_spanned(list(rows), within) for _item, rows in groupby(_rows(agencies, agency), key=lambda row: row.item))
    return [each for each in found if each is not None]


def by_agency(items: Iterable[ItemProgress]) -> list[Progress]:
    """The sums of each agency, what was cut most first."""
    sums: dict[int, Progress] = {}
    for each in items:
        told = sums.setdefault(each.after.agency, Progress(each.after.agency_code, each.after.agency_name))
        _count(told, each)
    return sorted(sums.values(), key=lambda told: (-told.materials.cut, -told.days.cut, told.key))


def total(items: Iterable[ItemProgress]) -> Progress:
    """The sums of all."""
    told = Progress()
    for each in items:
        _count(told, each)
    return told


def by_period(agencies: Collection[int] | None, *, agency: int | None = None) -> tuple[list[Progress], list[Progress]]:
    """What was cut in each year, and in each quarter, in which an edition took the place of another.

    Newest first; undated changes last, among the years.
    """
    sums: dict[str, Progress] = {}
    for _item, rows in groupby(_rows(agencies, agency), key=lambda row: row.item):
        touched: set[str] = set()
        for before, after in pairwise(sorted(rows, key=lambda row: row.order)):
            for key in _periods(after.valid_from):
                told = sums.setdefault(key, Progress(key))
                told.add(before, after)
                told.changed += key not in touched
                touched.add(key)
    newest = sorted(sums.values(), key=lambda told: told.key, reverse=True)
    return [each for each in newest if "Q" not in each.key], [each for each in newest if "Q" in each.key]


def _periods(day: date | None) -> tuple[str, ...]:
    return (str(Period(day.year)), str(Period(day.year, quarter_number(day)))) if day else ("",)


@dataclass(frozen=True)
class Names:
    """Which materials went and which came, by name."""

    cut: tuple[str, ...]
    added: tuple[str, ...]


def names(items: Iterable[ItemProgress]) -> dict[str, Names]:
    """By slug, for the items of one page."""
    spans = list(items)
    wanted = {row.burden for each in spans for row in (each.before, each.after)}
    kept = dict(Burden.objects.filter(pk__in=wanted).values_list("pk", "names"))
    return {each.after.slug: _names(kept[each.before.burden], kept[each.after.burden]) for each in spans}


def _names(before: list[list[str]], after: list[list[str]]) -> Names:
    """The same material: by key, or by name."""
    return Names(tuple(_without(before, after)), tuple(_without(after, before)))


def _without(some: list[list[str]], others: list[list[str]]) -> Iterator[str]:
    keys, known = {each[0] for each in others if each[0]}, {each[1] for each in others}
    return (name for key, name, _proof in some if name not in known and key not in keys)


def _rows(agencies: Collection[int] | None, agency: int | None) -> Iterator[Weighed]:
    rows = Burden.objects.exclude(edition__state__in=UNRELEASED)
    if agencies is not None:
        rows = rows.filter(edition__item__agency__in=agencies)
    if agency is not None:
        rows = rows.filter(edition__item__agency=agency)
    return (Weighed(*row) for row in rows.order_by("edition__item__slug").values_list(*COLUMNS).iterator())


def _spanned(rows: list[Weighed], within: Period | None) -> ItemProgress | None:
    rows.sort(key=lambda row: row.order)
    if not rows[-1].order[0]:
        return None
    if within is None:
        return ItemProgress(rows[0], rows[-1])
    changed = [place for place, row in enumerate(rows) if place and within.has(row.valid_from)]
    return ItemProgress(rows[changed[0] - 1], rows[changed[-1]]) if changed else None


def _count(told: Progress, each: ItemProgress) -> None:
    told.items += 1
    told.changed += each.before is not each.after
    told.add(each.before, each.after)
