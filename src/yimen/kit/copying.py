"""Rows by the thousand, by PostgreSQL's own COPY: a few microseconds each, where an INSERT per row takes hundreds.

Binary, within the transaction around it, on Django's connection. Constraints hold as for any other row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models
from psycopg import Binary

Reader = Callable[[Any], Any]
# Fields whose attribute is what the database keeps. Of subclasses nobody knows: they are asked.
PLAIN = frozenset(
    {
        models.AutoField, models.BigAutoField, models.BigIntegerField, models.BinaryField, models.BooleanField,
        models.CharField, models.DateField, models.DateTimeField, models.ForeignKey, models.IntegerField,
        models.OneToOneField, models.PositiveIntegerField, models.PositiveSmallIntegerField, models.SmallIntegerField,
        models.TextField, models.UUIDField,
    }
)  # fmt: skip
SHORT = {"bigint": "int8", "integer": "int4", "smallint": "int2", "timestamp with time zone": "timestamptz"}


class Fresh:
    """New rows of one model that share most values: a tenth of the time that Django's constructor takes.

    shared, and what a row is called with: by the model's own names; a key as an object is told in `shared` only.
    """

    def __init__(self, model: type[models.Model], **shared: Any) -> None:
        self._model = model
        fields = model._meta.concrete_fields
        self._places = {str(field.attname): place for place, field in enumerate(fields)}
        keys = {field.name: field for field in fields if field.is_relation}
        self._related = {name: value for name, value in shared.items() if name in keys}
        known = {keys[name].attname: value.pk for name, value in self._related.items()}
        known |= {name: value for name, value in shared.items() if name not in keys}
        self._values = [known.pop(field.attname) if field.attname in known else field.get_default() for field in fields]
        if known:
            raise TypeError(f"{model.__name__} has no {', '.join(known)}")

    def __call__(self, **own: Any) -> Any:
        values = list(self._values)
        for name, value in own.items():
            values[self._places[name]] = value
        row = self._model(*values)
        row._state.fields_cache.update(self._related)
        return row


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


def copy_rows(rows: Sequence[models.Model]) -> None:
    """The same for new rows of one model, whole: each is given its key first."""
    if not rows:
        return
    meta = rows[0]._meta
    with connection.cursor() as cursor:
        # The sequence of the key gives so many numbers at once, to nobody else.
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [meta.db_table, meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
    fields = [field for field in meta.concrete_fields if not field.generated]
    readers = [_reader(field) for field in fields]
    values = ([read(row) for read in readers] for row in rows)
    copy_in(meta.db_table, [str(field.column) for field in fields], [_type(field) for field in fields], values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def insert_missing(rows: Sequence[models.Model]) -> None:
    """New rows of one model in one statement; those that a constraint keeps out stay out, whoever was there before.

    Their keys stay unknown. The values travel as arrays: Django writes a placeholder for each of them.
    """
    if not rows:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not (field.generated or field.primary_key)]
    names = ", ".join(quote(str(field.column)) for field in fields)
    arrays = ", ".join(f"%b::{_type(field)}[]" for field in fields)
    readers = [_reader(field) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(meta.db_table)} ({names}) SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING",  # noqa: S608 - names of our own
            [[read(row) for row in rows] for read in readers],
        )


def _reader(field: Any) -> Reader:
    """How a row's value of a field is had, as the database keeps it."""
    if type(field) in PLAIN and not getattr(field, "auto_now", False) and not getattr(field, "auto_now_add", False):
        return attrgetter(field.attname)

    def asked(row: Any) -> Any:
        value = field.get_db_prep_save(field.pre_save(row, True), connection)
        return value.obj if isinstance(value, Binary) else value

    return asked


def _type(field: Any) -> str:
    """int8 for bigint, text for varchar(40): what COPY takes in binary."""
    name: str = field.rel_db_type(connection)
    return SHORT.get(name, "text" if name.startswith("varchar") else name)
