"""Two people changed the same draft: what each did apart is kept; what both did to the same thing is told.

A document is plain JSON here: drafts need not be complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# By what a row of a list is known. Lists that are not here are one thing: both may not change them at once.
KNOWN_BY = {
    "materials": "key",
    "form_fields": "name",
    "steps": "name",
    "results": "name",
    "special_procedures": "name",
    "legal_basis": "title",
    "faq": "q",
    "places": "name",
    "agents": "name",
    "rows": "name",
    "wordings": "title",
    "discretion": "name",
    "joint": "name",
    "oversight": "subject",
}
_ABSENT: Any = object()


@dataclass(frozen=True)
class Conflict:
    """Both changed the thing at a place (materials[m03].name). None: absent, or taken out."""

    place: str
    before: Any
    mine: Any
    theirs: Any


def merge(before: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """What the draft says with both people's changes. In a conflict mine stands, and the conflict is listed."""
    merging = Merged({}, [], [])
    merging.document = merging.objects("", before, mine, theirs)
    return merging


@dataclass
class Merged:
    """document: merged; conflicts; taken: the places where the other's change was taken over."""

    document: dict[str, Any]
    conflicts: list[Conflict]
    taken: list[str]

    def objects(
        self, place: str, before: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Field by field, in my order, then what only the other has."""
        found = {}
        for name in dict.fromkeys([*mine, *theirs]):
            inside = f"{place}.{name}".lstrip(".")
            given = (each.get(name, _ABSENT) for each in (before, mine, theirs))
            value = self._value(inside, name, *given)
            if value is not _ABSENT:
                found[name] = value
        return found

    def _value(self, place: str, name: str, before: Any, mine: Any, theirs: Any) -> Any:
        if mine == theirs or theirs == before:
            return mine
        if mine == before:
            self.taken.append(place)
            return theirs
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            return self.objects(place, before if isinstance(before, Mapping) else {}, mine, theirs)
        known_by = KNOWN_BY.get(name)
        lists = [_rows(each, known_by) for each in ([] if before is _ABSENT else before, mine, theirs)]
        if known_by and all(each is not None for each in lists):
            return self._lists(place, *lists)  # type: ignore[arg-type]
        self._conflict(place, before, mine, theirs)
        return mine

    def _lists(
        self, place: str, before: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Row by row. My order, unless only the other one moved rows; new rows of the other's after their neighbour."""
        found = {
            key: self._row(f"{place}[{key}]", *(rows.get(key, _ABSENT) for rows in (before, mine, theirs)))
            for key in dict.fromkeys([*mine, *theirs, *before])
        }
        kept = {key: row for key, row in found.items() if row is not _ABSENT}
        both = [key for key in before if key in mine]
        moved = [key for key in mine if key in before] != both
        first, second = (mine, theirs) if moved else (theirs, mine)
        return [kept[key] for key in _woven(list(first), list(second)) if key in kept]

    def _row(self, place: str, before: Any, mine: Any, theirs: Any) -> Any:
        if mine == theirs or theirs == before:
            return mine
        if mine == before:
            self.taken.append(place)
            return theirs
        if mine is _ABSENT or theirs is _ABSENT:
            self._conflict(place, before, mine, theirs)
            return theirs if mine is _ABSENT else mine
        return self.objects(place, {} if before is _ABSENT else before, mine, theirs)

    def _conflict(self, place: str, *values: Any) -> None:
        self.conflicts.append(Conflict(place, *(None if each is _ABSENT else each for each in values)))


def changed_places(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Which top parts differ."""
    return [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]


def _rows(value: Any, known_by: str | None) -> dict[str, Any] | None:
    """Rows by what they are known by; None where that can't tell them apart."""
    if known_by is None or not isinstance(value, list | tuple):
        return None
    if not all(isinstance(row, Mapping) for row in value):
        return None
    names = [str(row.get(known_by) or row.get("name") or "") for row in value]
    return dict(zip(names, value, strict=True)) if all(names) and len(set(names)) == len(names) else None


def _woven(first: list[str], second: list[str]) -> list[str]:
    """The first order; what only the second has, behind the neighbour it stands behind there."""
    woven = list(first)
    for place, key in enumerate(second):
        if key not in first:
            behind = next((other for other in reversed(second[:place]) if other in woven), None)
            woven.insert(woven.index(behind) + 1 if behind is not None else 0, key)
    return woven
