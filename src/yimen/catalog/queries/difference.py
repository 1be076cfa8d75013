"""Two editions of an item as people tell them apart: what came, went, changed, and for whom that is lighter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from yimen.catalog.choices import EditionDocument, Necessity
from yimen.catalog.queries.editions import NEEDS
from yimen.catalog.queries.elements import Element, Entry, Group, elements
from yimen.law.limits import Limit
from yimen.law.terms import Unit
from yimen.law.transition import Effect, amount_effect, material_effect

# For telling a shorter limit from a longer one only; clocks count by the calendar. (rules of 时限归一: 月按 30 天)
WORKING_DAYS = {Unit.WORKING_DAY: 1.0, Unit.NATURAL_DAY: 5 / 7, Unit.HOUR: 1 / 8, Unit.MONTH: 30 * 5 / 7}
# What an open matter can be spared: a material that it lacks. Anything else goes on under its own edition.
CHOOSABLE = ("materials",)
# Told with the number they belong to.
UNITS = {"statutory_days": "statutory_unit", "promised_days": "promised_unit"}


@dataclass(frozen=True)
class Detail:
    """One field that differs. "": said nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One thing that differs. place: materials[m03], promised_days; group: the chapter; label: 申请材料.

    title: what the row is called, "" for a plain field. effect: on somebody who applies.
    choosable: whether an easing can be granted to matters that are open.
    """

    place: str
    group: str
    label: str
    kind: Literal["added", "removed", "changed"]
    title: str
    details: tuple[Detail, ...]
    effect: Effect
    choosable: bool

    @property
    def of(self) -> str:
        """Which part of the document: materials, form_fields, conditions, promised_days …"""
        return self.place.split("[")[0]

    @property
    def key(self) -> str:
        """The row's key, "" for a plain field."""
        return self.place[len(self.of) + 1 : -1]


def difference(before: EditionDocument, after: EditionDocument) -> list[Change]:
    """What differs, in the document's order."""
    found: list[Change] = []
    for earlier, later in zip(elements(before), elements(after), strict=True):
        found += _fields(earlier, later, before, after)
        found += _lists(earlier, later, before, after)
    return found


def _fields(earlier: Group, later: Group, before: EditionDocument, after: EditionDocument) -> Iterator[Change]:
    listed = {label for group in (earlier, later) for label, _entries in group.lists}
    old, new = ({row.place: row for row in group.rows} for group in (earlier, later))
    for place in dict.fromkeys([*old, *new]):
        row = new.get(place) or old[place]
        one, two = (_with_unit(place, _said(rows.get(place)), doc) for rows, doc in ((old, before), (new, after)))
        if one == two or row.label in listed or place in UNITS.values():
            continue
        details = _lines(place, before, after) or (Detail("", one, two),)
        effect = _effect_of_field(place, before, after)
        yield Change(place, later.title, row.label, _kind(one, two), "", details, effect, place in CHOOSABLE)


def _with_unit(place: str, value: str, document: EditionDocument) -> str:
    return f"{value} {getattr(document, UNITS[place])}" if value and place in UNITS else value


def _lists(earlier: Group, later: Group, before: EditionDocument, after: EditionDocument) -> Iterator[Change]:
    old, new = (dict(group.lists) for group in (earlier, later))
    for label in dict.fromkeys([*old, *new]):
        rows, others = _keyed(old.get(label, ())), _keyed(new.get(label, ()))
        for place in dict.fromkeys([*rows, *others]):
            details = tuple(_details(rows.get(place), others.get(place)))
            if details:
                title = (others.get(place) or rows[place]).title
                kind = _kind(place in rows, place in others)
                part = place.split("[")[0]
                effect = _effect_of_row(place, before, after)
                yield Change(place, later.title, label, kind, title, details, effect, part in CHOOSABLE)


def _keyed(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    """Rows by their place; those that have only a number by what they are called, so that moving one is no change."""
    found: dict[str, Entry] = {}
    for entry in entries:
        place = entry.rows[0].place.rsplit(".", 1)[0]
        part, _, key = place.partition("[")
        key = key.rstrip("]")
        found[f"{part}[{entry.title if key.isdigit() else key}]"] = entry
    return found


def _details(one: Entry | None, two: Entry | None) -> Iterator[Detail]:
    """For a row that came or went what it says; else only what differs."""
    old = {_field(row): row for row in one.rows} if one else {}
    new = {_field(row): row for row in two.rows} if two else {}
    for name in dict.fromkeys([*old, *new]):
        if name == "key":
            continue
        before, after = _said(old.get(name)), _said(new.get(name))
        if before != after:
            yield Detail((new.get(name) or old[name]).label, before, after)


def _field(row: Element) -> str:
    return row.place.rsplit(".", 1)[-1]


def _said(row: Element | None) -> str:
    return row.value if row else ""


def _kind(before: object, after: object) -> Literal["added", "removed", "changed"]:
    return "changed" if before and after else "added" if after else "removed"


def _lines(place: str, before: EditionDocument, after: EditionDocument) -> tuple[Detail, ...]:
    """A list of texts is told line by line."""
    one: Any
    two: Any
    one, two = getattr(before, place, ()), getattr(after, place, ())
    if not _texts(one) or not _texts(two):
        return ()
    gone = [Detail("", line, "") for line in one if line not in two]
    return (*gone, *(Detail("", "", line) for line in two if line not in one))


def _texts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, str) for each in value)


def _effect_of_field(place: str, before: EditionDocument, after: EditionDocument) -> Effect:
    if place == "conditions":
        more, less = set(after.conditions) - set(before.conditions), set(before.conditions) - set(after.conditions)
        return Effect.BURDENS if more else Effect.EASES if less else Effect.NEITHER
    amounts: Mapping[str, tuple[float | None, float | None]] = {
        "promised_days": (_days(before.limits.promised), _days(after.limits.promised)),
        "statutory_days": (_days(before.limits.statutory), _days(after.limits.statutory)),
        "visits": (before.visits, after.visits),
        "fee.charged": (before.fee.charged, after.fee.charged),
        "fee.amount_cents": (before.fee.amount_cents, after.fee.amount_cents),
    }
    return amount_effect(*amounts[place]) if place in amounts else Effect.NEITHER


def _effect_of_row(place: str, before: EditionDocument, after: EditionDocument) -> Effect:
    part, _, key = place.rstrip("]").partition("[")
    if part == "materials":
        needs = [_need(document.material(key)) for document in (before, after)]
        return material_effect(*(NEEDS[need] if need else None for need in needs))
    if part == "form_fields":
        asked = [document.field(key) for document in (before, after)]
        return amount_effect(*(2 * bool(field and field.required) + (field is not None) for field in asked))
    return Effect.NEITHER


def _need(material: Any) -> Necessity | None:
    return material.necessity if material else None


def _days(limit: Limit | None) -> float | None:
    return None if limit is None else limit.amount * WORKING_DAYS[limit.unit]
