"""How a form becomes a workbook: a column per question, a sheet per table; the same when written and when read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yimen.sheets.choices import Column, FormField, Kind

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument

SHEET, CHOICES, NUMBER, NOTES = "申请", "选项", "序号", "填写说明"
ROWS_AT_MOST = 500
FIRST = 3
"""Line 1 holds the heads, line 2 says how to fill in, applications begin here."""

_SIGNED = (Kind.DECLARATION, Kind.SIGNATURE)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Head:
    """A column. title: as it is written, without the star of what must be filled in."""

    title: str
    field: FormField | Column
    required: bool = False

    @property
    def written(self) -> str:
        return f"{self.title} *" if self.required else self.title


@dataclass(frozen=True)
class Layout:
    """The main sheet's columns, and the sheets of the form's tables: {name of the sheet: (field, its columns)}.

    signed: what is promised and signed once for all rows, when the batch is confirmed.
    """

    heads: tuple[Head, ...]
    tables: dict[str, tuple[FormField, tuple[Head, ...]]]
    signed: tuple[FormField, ...]

    def letter(self, name: str) -> str:
        """Of the column that asks a field; the sheet's name for a table."""
        place = next((at for at, head in enumerate(self.heads, 1) if head.field.name == name), None)
        if place is not None:
            return column_letter(place + 1)
        return next((sheet for sheet, (field, _) in self.tables.items() if field.name == name), "")


def layout(document: EditionDocument) -> Layout:
    """Of an edition's form. A question that is answered with a file has a column too: its name is written there."""
    asked = [field for field in document.form_fields if field.kind not in (*_SIGNED, Kind.TABLE)]
    tables = [field for field in document.form_fields if field.kind is Kind.TABLE]
    signed = [field for field in document.form_fields if field.kind in _SIGNED]
    names = _unlike([_sheet(field.label) for field in tables], 28, {SHEET, CHOICES})
    return Layout(
        _heads(asked),
        {name: (field, _columns(field)) for name, field in zip(names, tables, strict=True)},
        tuple(signed),
    )


def column_letter(place: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _heads(fields: list[FormField]) -> tuple[Head, ...]:
    titles = _unlike([_titled(field.label, field.unit) for field in fields], 120, {NUMBER})
    told = zip(titles, fields, strict=True)
    return tuple(Head(title, field, field.required and not field.show_if) for title, field in told)


def _columns(field: FormField) -> tuple[Head, ...]:
    titles = _unlike([_titled(column.label, column.unit) for column in field.table], 120, {NUMBER})
    return tuple(Head(title, column) for title, column in zip(titles, field.table, strict=True))


def _titled(label: str, unit: str) -> str:
    plain = " ".join(label.replace("*", "").split())
    return f"{plain}（{unit}）" if unit and f"（{unit}）" not in plain else plain


def _sheet(label: str) -> str:
    return _FORBIDDEN.sub("", label)


def _unlike(titles: list[str], longest: int, taken: set[str]) -> list[str]:
    """Each different from the others: two columns of one name could not be told apart."""
    used, found = set(taken), []
    for title in titles:
        own, turn = title[:longest], 2
        while own in used:
            own, turn = f"{title[:longest]}{turn}", turn + 1
        used.add(own)
        found.append(own)
    return found
