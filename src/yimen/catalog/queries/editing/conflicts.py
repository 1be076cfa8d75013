"""Two editors changed the same thing: both values in words, and the document after somebody has chosen."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.choices.labels import label_of, place_words
from yimen.catalog.queries.merging import KNOWN_BY, Conflict

MINE, THEIRS, BOTH = "mine", "theirs", "both"
Said = Sequence[tuple[str, str]]
Marked = tuple[tuple[str, str, bool], ...]
STEP = re.compile(r"\.?([A-Za-z_][A-Za-z0-9_]*)")


@dataclass(frozen=True)
class Face:
    """A conflict as a page shows it. both: may both be kept side by side?

    mine, theirs: (label, value, is it otherwise on the other side?), line by line.
    """

    number: int
    place: str
    title: str
    mine: Marked
    theirs: Marked
    both: bool


def faces(conflicts: Sequence[Conflict]) -> list[Face]:
    """All conflicts, in words."""
    return [_face(number, each) for number, each in enumerate(conflicts)]


def _face(number: int, conflict: Conflict) -> Face:
    place, held = conflict.place, (conflict.mine, conflict.theirs)
    mine, theirs = _beside(*(list(_lines(place, each)) for each in held))
    return Face(number, place, place_words(place), mine, theirs, all(isinstance(each, list) for each in held))


def settled(document: Mapping[str, Any], conflicts: Sequence[Conflict], chosen: Sequence[str]) -> dict[str, Any]:
    """The document with the choices made. document: the merged one, in which mine stands where both differ."""
    found = copy.deepcopy(dict(document))
    for conflict, choice in zip(conflicts, chosen, strict=True):
        if choice == THEIRS:
            _put(found, conflict.place, conflict.theirs)
        elif choice == BOTH and isinstance(conflict.mine, list) and isinstance(conflict.theirs, list):
            more = [each for each in conflict.mine if each not in conflict.theirs]
            _put(found, conflict.place, [*conflict.theirs, *more])
    return found


def _put(document: Any, place: str, wanted: Any) -> None:
    """Set what lies at a place; None takes a row out."""
    found = STEP.match(place)
    if found is None or not isinstance(document, dict):
        return
    name, rest = found[1], place[found.end() :]
    if not rest:
        document[name] = wanted
    elif rest.startswith("["):
        _put_row(document.setdefault(name, []), name, rest, wanted)
    else:
        _put(document.setdefault(name, {}), rest, wanted)


def _put_row(rows: Any, name: str, rest: str, wanted: Any) -> None:
    if not isinstance(rows, list):
        return
    for number, row in enumerate(rows):
        if isinstance(row, Mapping) and rest.startswith(mark := f"[{_known(row, name)}]"):
            if len(rest) > len(mark):
                _put(row, rest[len(mark) :], wanted)
            elif wanted is None:
                rows.pop(number)
            else:
                rows[number] = wanted
            return
    if wanted is not None and rest.endswith("]"):
        rows.append(wanted)


def _known(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(KNOWN_BY.get(name, "name")) or row.get("name") or "")


def _beside(mine: Said, theirs: Said) -> tuple[Marked, Marked]:
    """Both, each line with whether the other side lacks it. One line needs no mark."""
    marked = len(mine) > 1 or len(theirs) > 1
    return (
        tuple((label, said, marked and (label, said) not in theirs) for label, said in mine),
        tuple((label, said, marked and (label, said) not in mine) for label, said in theirs),
    )


def _lines(place: str, held: Any) -> Iterator[tuple[str, str]]:
    """(label, value) of what is said; a plain value has no label."""
    if held is None:
        yield "", _("（没有，或者已删除）")
    elif isinstance(held, Mapping):
        for name, each in held.items():
            if each not in (None, "", [], {}):
                yield label_of(f"{place}.{name}"), _said(each)
    elif isinstance(held, list):
        yield from (("", _said(each)) for each in held)
        if not held:
            yield "", _("（空）")
    else:
        yield "", _said(held)


def _said(held: Any) -> str:
    if isinstance(held, bool):
        return _("是") if held else _("否")
    if isinstance(held, Mapping):
        return _("；").join(_said(each) for each in held.values() if each not in (None, "", [], {}))
    if isinstance(held, list):
        return "、".join(_said(each) for each in held)
    return str(held) if held not in (None, "") else _("（空）")
