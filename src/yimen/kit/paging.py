"""Pages by key, never by offset: a list costs the same at its millionth row as at its first."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from yimen.kit.errors import Invalid

M = TypeVar("M", bound=Model)

MANY = 100  # a count goes no further: nobody waits for a number that nobody reads


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
    if cursor:
        rows = behind(rows, by, cursor)
    return cut(list(rows[: size + 1]), by=by, size=size)


def cut(found: list[M], *, by: tuple[str, ...], size: int) -> Page[M]:
    """A page of rows of which one more than fits was fetched, for those who fetch them by other means."""
    more = found[size - 1] if len(found) > size else None
    return Page(found[:size], _write(place(more, by)) if more is not None else None)


def place(row: Model, by: tuple[str, ...]) -> list[Any]:
    """Where a row stands in the order `by`."""
    return [_value(row, name.lstrip("-")) for name in by]


def behind(rows: QuerySet[M], by: tuple[str, ...], cursor: str | list[Any]) -> QuerySet[M]:
    """The rows behind a cursor, or behind a `place`. Raises BadCursor."""
    values = _read(cursor, len(by)) if isinstance(cursor, str) else cursor
    try:
        return rows.filter(_after(by, values))
    except (ValueError, TypeError, OverflowError, ValidationError) as wrong:  # not the kind of value we wrote
        raise BadCursor from wrong


def _after(by: tuple[str, ...], values: list[Any]) -> Q:
    """The first column's own bound stands beside the rest: it is what an index begins at."""
    names, sign = [name.lstrip("-") for name in by], "lt" if by[0].startswith("-") else "gt"
    condition, equal = Q(), Q()
    for name, value in zip(names, values, strict=True):
        condition |= equal & Q(**{f"{name}__{sign}": value})
        equal &= Q(**{name: value})
    return condition if len(names) == 1 else Q(**{f"{names[0]}__{sign}e": values[0]}) & condition


def merge(
    rows: QuerySet[M],
    *,
    over: Mapping[str, Any],
    by: tuple[str, ...],
    size: int,
    inner: tuple[str, ...] | None = None,
) -> list[M]:
    """The first rows, in the order `by`, of all combinations of some columns' values: {"agency_id": […], "state": […]}.

    PostgreSQL walks the index (those columns, then `by`) once for each combination and takes few entries there, so that
    a list over many agencies costs little more than over one; whole rows are fetched only for the page. inner: the
    index's own order where it differs in words only (a column that is always NULL). Column names are the caller's own,
    never a visitor's.
    """
    wanted = rows
    for name in over:
        wanted = wanted.filter(**{name: RawSQL(f"over_.{name}", ())})  # noqa: S611 - see above
    keys = [name.lstrip("-") for name in by]
    sql, params = wanted.order_by(*(inner or by)).values(*keys)[:size].query.sql_with_params()
    lists = ", ".join(f"unnest(%s::{_array_of(values)}) AS {name}_({name})" for name, values in over.items())
    order = ", ".join(f"found.{name.lstrip('-')}{' DESC' if name.startswith('-') else ''}" for name in by)
    whole = (
        f"SELECT found.id FROM (SELECT * FROM {lists}) AS over_ CROSS JOIN LATERAL ({sql}) AS found "  # noqa: S608 - see above
        f"ORDER BY {order} LIMIT %s"
    )
    with connections[rows.db].cursor() as cursor:
        cursor.execute(whole, [*(list(values) for values in over.values()), *params, size])
        ids = [pk for (pk,) in cursor.fetchall()]
    found = {row.pk: row for row in _fetched(rows, ids)}
    return [found[pk] for pk in ids if pk in found]


def _fetched(rows: QuerySet[M], ids: list[int]) -> Iterable[M]:
    """Whole rows, with what the caller selects of them; a row that has changed meanwhile is left out."""
    return rows.filter(pk__in=ids).order_by() if ids else ()


def _array_of(values: Sequence[Any]) -> str:
    return "bigint[]" if all(isinstance(value, int) for value in values) else "text[]"


def capped(rows: QuerySet[M]) -> int:
    """How many rows there are, MANY at most."""
    return rows.order_by()[:MANY].count()


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
