"""Many values in one statement: rows changed each to values of its own, rows that have one of many values.

Django's bulk_update writes a CASE per row and column: for a thousand clocks Python spends 2 s on the text alone, and no
two such statements are alike, so that none is ever prepared. Here the values travel as arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Lookup, Model


def update_each(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Store these fields of the rows, which are of one model and all saved already. One statement; none for none."""
    if not rows:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    known = {field.name: field for field in meta.concrete_fields}
    fields = [known[meta.pk.name], *(known[name] for name in names)]
    columns = [quote(str(field.column)) for field in fields]
    arrays = ", ".join(f"%s::{field.rel_db_type(connection)}[]" for field in fields)
    changed = ", ".join(f"{column} = fresh.{column}" for column in columns[1:])
    table = quote(meta.db_table)
    sql = (
        f"UPDATE {table} SET {changed} FROM unnest({arrays}) AS fresh ({', '.join(columns)}) "  # noqa: S608 - names of our own
        f"WHERE {table}.{columns[0]} = fresh.{columns[0]}"
    )
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows] for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


class Among(Lookup):
    """A condition for `filter`: a column's value is one of these. They travel as one array.

    `__in` with the ids of three hundred agencies is a statement of three hundred placeholders, each of which Django
    resolves and the driver numbers.
    """

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, column: str, values: Iterable[int]) -> None:
        super().__init__(F(column), list(values))

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", (*params, self.rhs)
