"""Two editions of an item as people tell them apart: what came, went, changed, and for whom that is lighter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from yimen.catalog.choices import EditionDocument
from yimen.catalog.queries.effects import effect_of_field, effect_of_row, why_new_only
from yimen.catalog.queries.elements import Element, Entry, Group, elements
from yimen.catalog.queries.pairing import Pair, Row, pairs
from yimen.catalog.queries.wording import Segment, segments
from yimen.law.transition import Effect, Part

# Told with the number they belong to.
UNITS = {"statutory_days": "statutory_unit", "promised_days": "promised_unit"}
# Whose rows have a key that stays through all editions.
KEPT = (Part.MATERIAL, Part.FIELD)


@dataclass(frozen=True)
class Detail:
    """One field that differs. "": said nothing."""

    label: str
    before: str
    after: str

    @property
    def segments(self) -> list[Segment]:
        """Which words went and came."""
        return segments(self.before, self.after)


@dataclass(frozen=True)
class Change:
    """One thing that differs. place: materials[m03], promised_days; group: the chapter; label: 申请材料.

    title: what the row is called, "" for a plain field; was: what it was called before, if otherwise.
    effect: on somebody who applies. new_only: why an easing can't be granted to matters that are open, "" if it can.
    """

    place: str
    group: str
    label: str
    kind: Literal["added", "removed", "changed"]
    title: str
    details: tuple[Detail, ...]
    effect: Effect
    new_only: str = ""
    was: str = ""

    @property
    def of(self) -> str:
        """Which part of the document: materials, form_fields, conditions, promised_days …"""
        return self.place.split("[")[0]

    @property
    def key(self) -> str:
        """The row's key, "" for a plain field; of one condition, how it read."""
        return self.place[len(self.of) + 1 : -1]

    @property
    def choosable(self) -> bool:
        """Can it be granted to matters that are open?"""
        return self.effect is Effect.EASES and self.of in set(Part) and not self.new_only

    @property
    def called(self) -> str:
        """In a sentence: the row's name, how the condition reads, or the field."""
        return self.title or (self.key if self.of == Part.CONDITION else self.label)


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
        if place == Part.CONDITION:
            yield from _conditions(later.title, row.label, before, after)
        elif one != two and row.label not in listed and place not in UNITS.values():
            details = _lines(place, before, after) or (Detail("", one, two),)
            effect = effect_of_field(place, before, after)
            why = why_new_only(place, place, after) if effect is Effect.EASES else ""
            yield Change(place, later.title, row.label, _kind(one, two), "", details, effect, why)


def _with_unit(place: str, value: str, document: EditionDocument) -> str:
    return f"{value} {getattr(document, UNITS[place])}" if value and place in UNITS else value


def _conditions(group: str, label: str, before: EditionDocument, after: EditionDocument) -> Iterator[Change]:
    """One by one, known by how they read: each may be chosen by itself."""
    for old, new in _texts_paired(before.conditions, after.conditions):
        if old != new:
            effect = effect_of_row(Part.CONDITION, before, after, old, new)
            detail = Detail("", old or "", new or "")
            place = f"{Part.CONDITION}[{old or new}]"
            yield Change(place, group, label, _kind(old, new), "", (detail,), effect)


def _lists(earlier: Group, later: Group, before: EditionDocument, after: EditionDocument) -> Iterator[Change]:
    old, new = (dict(group.lists) for group in (earlier, later))
    for label in dict.fromkeys([*old, *new]):
        for one, two in pairs(_keyed(old.get(label, ())), _keyed(new.get(label, ()))):
            details = tuple(_details(one.entry if one else None, two.entry if two else None))
            if details:
                yield _change(later.title, label, (one, two), details, (before, after))


def _change(
    group: str,
    label: str,
    pair: Pair,
    details: tuple[Detail, ...],
    documents: tuple[EditionDocument, EditionDocument],
) -> Change:
    one, two = pair
    known = [row for row in pair if row is not None]
    part, title = _part(known[0].entry), known[-1].title
    old, new = (row.key if row else None for row in pair)
    effect = effect_of_row(part, *documents, old, new)
    why = why_new_only(part, part, documents[1], new) if effect is Effect.EASES else ""
    was = known[0].title if known[0].title != title else ""
    return Change(f"{part}[{known[0].key}]", group, label, _kind(one, two), title, details, effect, why, was)


def _keyed(entries: tuple[Entry, ...]) -> list[Row]:
    """Rows by their key; those that have only a number by what they are called, so that moving one is no change."""
    found = []
    for entry in entries:
        key = _place(entry).partition("[")[2].removesuffix("]")
        rest = tuple((_field(row), row.value) for row in entry.rows if row.value and row.value != entry.title)
        kept = _part(entry) in KEPT and key != entry.title
        found.append(Row(entry.title if key.isdigit() else key, entry.title, rest, kept, entry))
    return found


def _place(entry: Entry) -> str:
    return entry.rows[0].place.rsplit(".", 1)[0]


def _part(entry: Entry) -> str:
    return _place(entry).partition("[")[0]


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
    return tuple(Detail("", old or "", new or "") for old, new in _texts_paired(one, two) if old != new)


def _texts_paired(before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[str | None, str | None]]:
    found = pairs(*([Row(text, text) for text in texts] for texts in (before, after)))
    return [(one.title if one else None, two.title if two else None) for one, two in found]


def _texts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, str) for each in value)
