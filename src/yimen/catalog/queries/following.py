"""What a lower edition says once the one above has changed: the change taken over, what it may set itself kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from yimen.catalog.choices import EditionDocument, Inheritance
from yimen.catalog.models import Edition
from yimen.catalog.queries.checking import check
from yimen.catalog.queries.delegation import forbidden
from yimen.catalog.queries.editions import edition
from yimen.catalog.queries.merging import merge
from yimen.law.catalogue import Finding, deviations
from yimen.law.catalogue.delegation import LIMITS, OWN

Document = dict[str, Any]
ROW = re.compile(r"materials\[(\d+)\](?:\.(.+))?$")
MOST_ROUNDS = 5


def derived(own: Edition, since: Inheritance, upper: Edition) -> EditionDocument:
    """since: what the lower edition was drawn from.

    Where both changed the same thing, its own stands only if it may; of limits the shorter one; a material that it
    dropped stays dropped. What doesn't fit is taken from above thing by thing, never all at once.
    """
    before = edition(since.slug, since.version).doc.stored()
    mine, theirs = own.doc.stored(), upper.doc.stored()
    for candidate in _candidates(before, mine, theirs):
        candidate["inherits"] = {"slug": upper.item.slug, "version": upper.version}
        document, _problems = check(_fitting(candidate, theirs))
        if document is not None and not _stopping(theirs, document.stored()):
            return document
    raise ValueError(f"{own.item.slug}: nothing fits below version {upper.version} of {upper.item.slug}")


def _candidates(before: Document, mine: Document, theirs: Document) -> Iterator[Document]:
    """The best first: everything of its own; its limits and what it dropped; nothing but its name and place."""
    kept = {name: mine[name] for name in mine if name in OWN}
    yield _own({**merge({**before, **kept}, mine, {**theirs, **kept}).document}, before, mine)
    yield _own({**theirs, **kept}, before, mine)
    yield {**theirs, **kept}


def _own(merged: Document, before: Document, mine: Document) -> Document:
    """A limit is its number and its unit together; who dropped a material hasn't it back because it was reworded."""
    for limit in LIMITS:
        pair = (f"{limit}_days", f"{limit}_unit")
        if any(mine.get(part) != before.get(part) for part in pair):
            merged |= {part: mine.get(part) for part in pair}
    dropped = _keys(before) - _keys(mine)
    merged["materials"] = [each for each in merged.get("materials") or () if each.get("key") not in dropped]
    if mine.get("case_type") != before.get("case_type"):
        merged["case_type"] = mine.get("case_type")
    return merged


def _keys(document: Mapping[str, Any]) -> set[str]:
    return {each["key"] for each in document.get("materials") or () if each.get("key")}


def _fitting(raw: Document, upper: Document) -> Document:
    """Each thing that it may not change follows the one above."""
    for _round in range(MOST_ROUNDS):
        found = _stopping(upper, raw)
        if not found:
            break
        extra = [place for each in found if (place := _follow(raw, upper, each.place)) is not None]
        raw["materials"] = [each for number, each in enumerate(raw.get("materials") or ()) if number not in extra]
    return raw


def _stopping(upper: Document, lower: Document) -> list[Finding]:
    return [each for each in deviations(upper, lower) if forbidden(each)]


def _follow(raw: Document, upper: Document, place: str) -> int | None:
    """Set one place as it is above. The number of a material that isn't above, and has to go."""
    limit = next((each for each in LIMITS if place.startswith(each + "_days")), None)
    row = ROW.match(place)
    if limit or place == "case_type":
        names = ("case_type", "promised_days", "promised_unit") if place == "case_type" else (place, f"{limit}_unit")
        raw |= {name: upper.get(name) for name in names}
    elif row:
        return _follow_material(raw, upper, int(row[1]), row[2])
    elif place.startswith("steps"):
        raw["steps"] = _steps(raw.get("steps") or [], upper.get("steps") or [])
    else:
        _set(raw, upper, place.split("."))
    return None


def _follow_material(raw: Document, upper: Document, number: int, field: str | None) -> int | None:
    """The field as the same material has it above; without one, there is no such material above."""
    material = dict(raw["materials"][number])
    above = next((each for each in upper.get("materials") or () if each.get("name") == material.get("name")), None)
    above = above or next((each for each in upper["materials"] if each.get("key") == material.get("key")), None)
    if above is None or field is None:
        return number
    raw["materials"] = [
        {**each, field: above.get(field)} if place == number else each for place, each in enumerate(raw["materials"])
    ]
    return None


def _steps(own: list[Document], upper: list[Document]) -> list[Document]:
    """The steps of the one above, each with the office that does it here."""
    offices = {each.get("name"): each.get("office") for each in own}
    return [{**each, "office": offices.get(each.get("name")) or each.get("office")} for each in upper]


def _set(raw: Document, upper: Document, path: list[str]) -> None:
    *above, last = path
    held, model = raw, upper
    for part in above:
        held[part] = dict(held.get(part) or {})
        held, model = held[part], model.get(part) or {}
    held[last] = model.get(last)
