"""Rows by the thousand, by PostgreSQL's own COPY: a few microseconds each, where an INSERT per row takes hundreds.

Binary, within the transaction around it, on Django's connection. Constraints hold as for any other row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connection, models
from psycopg import Binary

from yimen.kit.fields import SealedText

Dump = Callable[[Any], Any]
# Fields whose value is what the database keeps. Of subclasses nobody knows: they are asked.
PLAIN = frozenset(
    {
        models.AutoField, models.BigAutoField, models.BigIntegerField, models.BinaryField, models.BooleanField,
        models.CharField, models.DateField, models.DateTimeField, models.ForeignKey, models.IntegerField,
        models.OneToOneField, models.PositiveIntegerField, models.PositiveSmallIntegerField, models.SmallIntegerField,
        models.TextField, models.UUIDField,
    }
)  # fmt: skip
SHORT = {"bigint": "int8", "integer": "int4", "smallint": "int2", "timestamp with time zone": "timestamptz"}


class NewRows:
    """New rows of one model that share most values, as the database keeps them: no object for each.

    shared: by the model's own names, keys as objects or by their columns; what nobody tells has its field's default.
    What is shared is put into its stored form once; of sealed fields rows then have the very same letters.
    """

    def __init__(self, model: type[models.Model], **shared: Any) -> None:
        self._meta = model._meta
        fields = [field for field in self._meta.concrete_fields if not field.generated]
        known = {_attname(model, name): getattr(value, "pk", value) for name, value in shared.items()}
        self._places = {str(field.attname): (place, _dump(field)) for place, field in enumerate(fields)}
        self._columns, self._types = [str(field.column) for field in fields], [_type(field) for field in fields]
        self._values = [
            _stored(known.pop(field.attname) if field.attname in known else field.get_default(), _dump(field))
            for field in fields
        ]
        if known:
            raise TypeError(f"{model.__name__} has no {', '.join(known)}")

    def row(self, **own: Any) -> list[Any]:
        """A row with values of its own, by the names of their attributes (a key: holder_id)."""
        values = list(self._values)
        for name, value in own.items():
            place, dump = self._places[name]
            values[place] = value if dump is None else dump(value)
        return values

    def keys(self, count: int) -> list[int]:
        """So many keys of the table's own sequence, given to nobody else."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [self._meta.db_table, self._meta.pk.column, count],
            )
            return [key for (key,) in cursor.fetchall()]

    def copy(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows whose keys are told."""
        copy_in(self._meta.db_table, self._columns, self._types, rows)

    def copy_missing(self, rows: Iterable[Sequence[Any]], *told: str) -> list[tuple[Any, ...]]:
        """Write rows whose keys aren't; those that a constraint keeps out stay out, whoever was there before.

        Gives, of each row that went in, its key and the columns that are `told`.
        """
        table, key, quote = self._meta.db_table, str(self._meta.pk.column), connection.ops.quote_name
        place = self._columns.index(key)
        columns = [column for column in self._columns if column != key]
        types = [*self._types[:place], *self._types[place + 1 :]]
        names, staged = ", ".join(quote(column) for column in columns), f"staged_{table}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE IF NOT EXISTS {quote(staged)} ON COMMIT DELETE ROWS "  # noqa: S608 - names of our own
                f"AS SELECT {names} FROM {quote(table)} WITH NO DATA"
            )  # fmt: skip
            copy_in(staged, columns, types, ([*row[:place], *row[place + 1 :]] for row in rows))
            cursor.execute(
                f"INSERT INTO {quote(table)} ({names}) SELECT {names} FROM {quote(staged)} "  # noqa: S608
                f"ON CONFLICT DO NOTHING RETURNING {', '.join(quote(name) for name in (key, *told))}"
            )
            written: list[tuple[Any, ...]] = cursor.fetchall()
            cursor.execute(f"TRUNCATE {quote(staged)}")
            return written


def copy_in(table: str, columns: Sequence[str], types: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows into a table. types: PostgreSQL's, one a column."""
    kept = list(rows)
    if not kept:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(list(types))
        for row in kept:
            copy.write_row(row)


def _attname(model: type[models.Model], name: str) -> str:
    """The column's own name of what may be told as an object."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return str(fields[name].attname) if name in fields else name


def _dump(field: Any) -> Dump | None:
    """How a field's value is put into its stored form; None where it is stored as it is."""
    if type(field) in PLAIN and not getattr(field, "auto_now", False) and not getattr(field, "auto_now_add", False):
        return None
    if isinstance(field, SealedText):
        return partial(field.get_db_prep_value, connection=connection)

    def asked(value: Any) -> Any:
        stored = field.get_db_prep_save(value, connection)
        return stored.obj if isinstance(stored, Binary) else stored

    return asked


def _stored(value: Any, dump: Dump | None) -> Any:
    return value if dump is None else dump(value)


def _type(field: Any) -> str:
    """int8 for bigint, text for varchar(40): what COPY takes in binary."""
    name: str = field.rel_db_type(connection)
    return SHORT.get(name, "text" if name.startswith("varchar") else name)
