"""Rows by the thousand, by PostgreSQL's own COPY: a few microseconds each, where an INSERT per row takes hundreds.

Binary, within the transaction around it, on Django's connection. Constraints hold as for any other row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from struct import Struct, pack
from typing import Any

from django.db import connection, models
from psycopg import Binary, Copy
from psycopg.pq import Format

from yimen.kit.fields import SealedText

Writer = Callable[[Any], bytes]
# PostgreSQL's binary COPY: a head, rows of counted fields each behind its length, an end (manual, COPY, Binary Format).
HEAD, END, NULL = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff", b"\xff" * 4
LENGTH = Struct("!i").pack
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
    """New rows of one model that share most values, put together as COPY takes them: no object for each.

    shared: by the model's own names, keys as objects or by their columns; what nobody tells has its field's default.
    What is shared is put into its stored form once; of sealed fields rows then have the very same letters.
    keyed: each row tells its key (`keys` gives new ones); else the table gives it.
    """

    def __init__(self, model: type[models.Model], *, keyed: bool = True, **shared: Any) -> None:
        self._meta, self._key = model._meta, str(model._meta.pk.column)
        fields = [each for each in self._meta.concrete_fields if not each.generated and (keyed or not each.primary_key)]
        known = {_attname(model, name): getattr(value, "pk", value) for name, value in shared.items()}
        self._columns = [str(field.column) for field in fields]
        self._writers = {str(field.attname): (place, _writer(field)) for place, field in enumerate(fields, start=1)}
        told = (known.pop(each.attname) if each.attname in known else each.get_default() for each in fields)
        self._pieces = [
            pack("!h", len(fields)),
            *(_writer(each)(value) for each, value in zip(fields, told, strict=True)),
        ]
        if known:
            raise TypeError(f"{model.__name__} has no {', '.join(known)}")

    def shape(self, *own: str) -> Callable[..., bytes]:
        """What puts a row together whose own values are of these attributes (a key: holder_id), told in this order."""
        writers = [self._writers[name] for name in own]
        told = {place for place, _write in writers}
        pieces: list[bytes] = [b""]
        slots = {}
        for place, piece in enumerate(self._pieces):
            if place in told:
                slots[place] = len(pieces)
                pieces += [piece, b""]
            else:
                pieces[-1] += piece
        ways = [(slots[place], write) for place, write in writers]

        def row(*values: Any) -> bytes:
            made = pieces.copy()
            for (slot, write), value in zip(ways, values, strict=True):
                made[slot] = write(value)
            return b"".join(made)

        return row

    def keys(self, count: int) -> list[int]:
        """So many keys of the table's own sequence, given to nobody else."""
        with connection.cursor() as cursor:
            # The sequence's name by itself: in the list of columns it would be looked up for each key.
            cursor.execute(
                "WITH own AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS keys) "
                "SELECT nextval(own.keys) FROM own, generate_series(1, %s)",
                [self._meta.db_table, self._key, count],
            )
            return [key for (key,) in cursor.fetchall()]

    def copy(self, rows: Iterable[bytes], into: str = "") -> None:
        """Write rows into the table."""
        with _copying(into or self._meta.db_table, self._columns) as copy:
            copy.write(HEAD)
            copy.write(b"".join(rows))
            copy.write(END)

    def copy_missing(self, rows: Iterable[bytes], *told: str) -> list[tuple[Any, ...]]:
        """Write rows that don't tell their keys; those that a constraint keeps out stay out, whoever was there before.

        Gives, of each row that went in, its key and the columns that are `told`.
        """
        table, quote = self._meta.db_table, connection.ops.quote_name
        names, staged = ", ".join(quote(column) for column in self._columns), f"staged_{table}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE IF NOT EXISTS {quote(staged)} ON COMMIT DELETE ROWS "  # noqa: S608 - names of our own
                f"AS SELECT {names} FROM {quote(table)} WITH NO DATA"
            )  # fmt: skip
            self.copy(rows, staged)
            cursor.execute(
                f"INSERT INTO {quote(table)} ({names}) SELECT {names} FROM {quote(staged)} "  # noqa: S608
                f"ON CONFLICT DO NOTHING RETURNING {', '.join(quote(name) for name in (self._key, *told))}"
            )
            written: list[tuple[Any, ...]] = cursor.fetchall()
            cursor.execute(f"TRUNCATE {quote(staged)}")
            return written


def copy_in(table: str, columns: Sequence[str], types: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows into a table. types: PostgreSQL's, one a column."""
    kept = list(rows)
    if not kept:
        return
    with _copying(table, columns) as copy:
        copy.set_types(list(types))
        for row in kept:
            copy.write_row(row)


@contextmanager
def _copying(table: str, columns: Sequence[str]) -> Iterator[Copy]:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        yield copy


def _attname(model: type[models.Model], name: str) -> str:
    """The column's own name of what may be told as an object."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return str(fields[name].attname) if name in fields else name


def _writer(field: Any) -> Writer:
    """How a field's value stands in a row: its length and its stored form."""
    write = _typed(_type(field))
    if _plain(field):
        return write
    if isinstance(field, SealedText):
        return lambda value: write(field.get_db_prep_value(value, connection))

    def prepared(value: Any) -> bytes:
        stored = field.get_db_prep_save(value, connection)
        return write(stored.obj if isinstance(stored, Binary) else stored)

    return prepared


def _typed(kind: str) -> Writer:
    """The same of what is stored as it is, of one of PostgreSQL's types."""
    connection.ensure_connection()
    adapters = connection.connection.adapters
    dumper = adapters.get_dumper_by_oid(adapters.types[kind].oid, Format.BINARY)(type(None), connection.connection)
    dump: Any = {"text": str.encode, "bytea": bytes}.get(kind, dumper.dump)

    def write(value: Any) -> bytes:
        if value is None:
            return NULL
        stored = dump(value)
        return LENGTH(len(stored)) + stored  # type: ignore[no-any-return]

    return write


def _plain(field: Any) -> bool:
    """Is what the attribute holds what the database keeps?"""
    return type(field) in PLAIN and not getattr(field, "auto_now", False) and not getattr(field, "auto_now_add", False)


def _type(field: Any) -> str:
    """int8 for bigint, text for varchar(40): what COPY takes in binary."""
    name: str = field.rel_db_type(connection)
    return SHORT.get(name, "text" if name.startswith("varchar") else name)
