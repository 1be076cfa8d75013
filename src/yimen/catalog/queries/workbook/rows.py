"""The rows that an item's document makes in each sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yimen.catalog.queries.workbook.columns import Sheet, at
from yimen.catalog.queries.workbook.layout import BY_NAME

Row = dict[str, Any]


def rows(sheet: Sheet, document: Mapping[str, Any], stamp: str) -> Iterator[Row]:
    """Each row as {head: what is written}. stamp: the edition's mark, for the sheet of items."""
    if sheet.categories:
        yield from _texts(sheet, document)
    elif sheet.inside:
        for member in at(document, BY_NAME[sheet.inside].place) or ():
            yield from _members(sheet, document, at(member, sheet.place) or (), {"@": member["name"]})
    elif sheet.place:
        yield from _members(sheet, document, at(document, sheet.place) or (), {})
    else:
        yield _row(sheet, document, {"~": stamp})


def _members(sheet: Sheet, document: Mapping[str, Any], members: Any, more: Row) -> Iterator[Row]:
    for number, member in enumerate(members, 1):
        yield _row(sheet, member, {"slug": document["slug"], "#": number, **more})


def _texts(sheet: Sheet, document: Mapping[str, Any]) -> Iterator[Row]:
    for category, place in sheet.categories.items():
        for number, text in enumerate(at(document, place) or (), 1):
            yield _row(sheet, {"text": text}, {"slug": document["slug"], "#": number, "?": category})


def _row(sheet: Sheet, part: Any, known: Row) -> Row:
    """known: what isn't a part of the row's own piece of the document: the item's slug, the number, the category."""
    return {
        column.head: column.codec.write(known[column.path[0]] if column.path[0] in known else at(part, column.path))
        for column in sheet.columns
    }
