"""Answers that fit any edition's form, for the demonstration city, benchmarks and tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from yimen.catalog.choices import EditionDocument
from yimen.demo.choices import FIRM_CODE, HOME, PEOPLE
from yimen.kit.typeset import typeset
from yimen.sheets.choices import Column, ColumnKind, FormField, Kind
from yimen.sheets.queries.values import GivenFile

TEMPLATES = Path(__file__).resolve().parent / "data" / "typst"
DAY = "2026-03-02"
MADE_ON = date.fromisoformat(DAY)


def sample_answers(
    document: EditionDocument, known: dict[str, Any] | None = None, *, signer: str = PEOPLE[0].name
) -> dict[str, Any]:
    """An answer for every field that isn't known yet; choices take the first, so that few further questions come up.

    signer: the name of whoever fills the form in.
    """
    return {field.name: sample(field, signer) for field in document.form_fields if field.name not in (known or {})}


def sample(field: FormField, signer: str = PEOPLE[0].name) -> Any:
    """A value that the field takes; for a file one that was sent, to be kept where it is answered."""
    if field.kind is Kind.SIGNATURE:
        return signer
    if field.kind is Kind.TABLE:
        return [{column.name: _cell(column) for column in field.table}]
    if field.kind is Kind.MULTI:
        return list(field.choices or ())[:1]
    if field.kind is Kind.CHOICE:
        return _plain_choice(field)
    if field.kind is Kind.FILE:
        return GivenFile(f"{field.label}.pdf", paper(field.label))
    return _VALUES.get(field.kind, f"演示{field.label}")


def paper(title: str, day: date = MADE_ON) -> bytes:
    """A page that bears its title, to be handed in where one is asked for."""
    return typeset(TEMPLATES, "material.typ", {"title": title}, dated=day)


def _plain_choice(field: FormField) -> str:
    """Prefer to fetch at the window: a postal address is then not asked for."""
    choices = field.choices or ("",)
    return "窗口领取" if "窗口领取" in choices else choices[0]


def _cell(column: Column) -> Any:
    if column.type is ColumnKind.CHOICE:
        return (column.choices or ("",))[0]
    values = {
        ColumnKind.NUMBER: 1,
        ColumnKind.DATE: DAY,
        ColumnKind.PHONE: "13800000003",
        ColumnKind.IDCARD: PEOPLE[0].number,
    }
    return values.get(column.type, f"演示{column.label}")


_VALUES: dict[Kind, Any] = {
    Kind.BOOLEAN: False,
    Kind.NUMBER: 60,
    Kind.DATE: date.fromisoformat(DAY).isoformat(),
    Kind.PHONE: "13800000003",
    Kind.IDCARD: PEOPLE[0].number,
    Kind.USCC: FIRM_CODE,
    Kind.ADDRESS: HOME,
    Kind.PERIOD: {"from": DAY, "to": "2026-12-31"},
    Kind.MONEY: "1280.50",
    Kind.DECLARATION: True,
}
