"""Pages by key, never by offset: a list costs the same at its millionth row as at its first."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from yimen.kit.errors import Invalid

M = TypeVar("M", bound=Model)


class BadCursor(Invalid):
    """A cursor that we didn't make."""

    def __init__(self) -> None:
        super().__init__([{"field": "cursor", "code": "bad_cursor", "message": "翻页位置无效，请从第一页开始。"}])


@dataclass(frozen=True)
class Page(Generic[M]):
    items: list[M]
    next: str | None


def page(rows: QuerySet[M], *, by: tuple[str, ...], cursor: str | None = None, size: int = 50) -> Page[M]:
    """One page of rows in the order `by` (field names, "-" for descending, all in one direction; the last unique).

    cursor: as given by the page before; raises BadCursor on one that we didn't make.
    """
    rows = rows.order_by(*by)
    names = [name.lstrip("-") for name in by]
    if cursor:
        rows = _rows_after(rows, names, _read(cursor, len(names)), descending=by[0].startswith("-"))
    found = list(rows[: size + 1])
    more = found[size - 1] if len(found) > size else None
    return Page(found[:size], _write([_value(more, name) for name in names]) if more is not None else None)


def _rows_after(rows: QuerySet[M], names: list[str], values: list[Any], *, descending: bool) -> QuerySet[M]:
    try:
        return rows.filter(_after(names, values, descending=descending))
    except (ValueError, TypeError, OverflowError, ValidationError) as wrong:  # not the kind of value we wrote
        raise BadCursor from wrong


def _after(names: list[str], values: list[Any], *, descending: bool) -> Q:
    sign, condition, equal = ("lt" if descending else "gt"), Q(), Q()
    for name, value in zip(names, values, strict=True):
        condition |= equal & Q(**{f"{name}__{sign}": value})
        equal &= Q(**{name: value})
    return condition


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _write(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _read(cursor: str, length: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        values = None
    if (
        not isinstance(values, list)
        or len(values) != length
        or any(value == "" or "\0" in str(value) for value in values)
    ):
        raise BadCursor
    return values
