"""Readings of a fixed shape: their SQL is written once per process, not at each call.

For a join over eight tables Django needs longer to write the statement than PostgreSQL to run it. A case is read so
several times in every step, always with the same words and another number. (`prepare_threshold` in the settings does
the same on the other side: PostgreSQL plans it once per connection.)
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from yimen.kit.time import CHINA

M = TypeVar("M", bound=Model)
P = ParamSpec("P")

# Values that stand in for what will be asked while the statement is written: none occurs among real ones.
MARKS: dict[str, Callable[[int], Any]] = {
    "str": lambda place: f"\x7fprepared {place}",
    "int": lambda place: -2_000_000_000 - place,
    "date": lambda place: date(1900, 1, 1) + timedelta(days=place),
    "datetime": lambda place: datetime(1900, 1, 1, tzinfo=CHINA) + timedelta(days=place),
}


def prepared(build: Callable[P, QuerySet[M]]) -> Callable[P, list[M]]:
    """Turn a function that builds a queryset into one that gives its rows.

    Parameters are annotated as str, int, date or datetime, each stands in the statement as a value of its own (not in
    a list, not None), and the shape must depend on none of them.
    """
    plan = _Plan(build)

    @functools.wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[M]:
        return plan.run(*args, **kwargs)

    return rows


@dataclass(frozen=True)
class _Written(Generic[M]):
    """A statement as Django wrote it, and how its rows become objects. slots: the place of each argument in params."""

    alias: str
    sql: str
    params: tuple[Any, ...]
    slots: tuple[tuple[int, str, Callable[[Any], Any]], ...]
    converters: dict[int, Any]
    model: type[M]
    names: list[str]
    own: slice
    populators: Sequence[Any]
    annotations: dict[str, int]

    def read(self, values: dict[str, Any]) -> list[M]:
        params = list(self.params)
        for place, name, cast in self.slots:
            params[place] = cast(values[name])
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return [self._made(row, connection) for row in cursor.fetchall()]

    def _made(self, columns: Sequence[Any], connection: Any) -> M:
        row = list(columns)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        made: M = self.model.from_db(self.alias, self.names, row[self.own])
        for populator in self.populators:
            populator.populate(row, made)
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        return made


class _Plan(Generic[M]):
    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._kinds = {name: str(each.annotation) for name, each in inspect.signature(build).parameters.items()}
        self._written: _Written[M] | None = None

    def run(self, *args: Any, **kwargs: Any) -> list[M]:
        if self._written is None:
            self._written = self._write()
        return self._written.read(dict(zip(self._kinds, args, strict=False)) | kwargs)

    def _write(self) -> _Written[M]:
        """Written twice, with other marks: only the marks themselves may differ, nothing that was made of them."""
        marks, others = self._marks(0), self._marks(len(self._kinds))
        rows = self._build(**marks)
        compiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        again, differing = self._build(**others).query.get_compiler(using=rows.db).as_sql()
        slots = _slots(params, differing, marks, others)
        if again != sql or slots is None:
            raise TypeError(f"{self._build.__qualname__} asks for something else than its arguments as they are")
        info, select = compiler.klass_info, compiler.select
        own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        return _Written(
            alias=rows.db,
            sql=sql,
            params=tuple(params),
            slots=slots,
            converters=compiler.get_converters([each[0] for each in select[: compiler.col_count]]),
            model=info["model"],
            names=[each[0].target.attname for each in select[own]],
            own=own,
            populators=get_related_populators(info, select, rows.db),  # type: ignore[call-arg] # stubs of a later Django
            annotations=compiler.annotation_col_map or {},
        )

    def _marks(self, first: int) -> dict[str, Any]:
        return {name: MARKS[kind](first + place) for place, (name, kind) in enumerate(self._kinds.items())}


def _slots(
    params: Sequence[Any], differing: Sequence[Any], marks: dict[str, Any], others: dict[str, Any]
) -> tuple[tuple[int, str, Callable[[Any], Any]], ...] | None:
    """Where each argument stands; None if one stands nowhere or something was made of it."""
    found = []
    for place, (value, other) in enumerate(zip(params, differing, strict=True)):
        if value == other:
            continue
        name = next((each for each in marks if (value, other) == (marks[each], others[each])), None)
        if name is None:
            return None
        found.append((place, name, type(value) if isinstance(value, int) else _same))
    return tuple(found) if {name for _, name, _ in found} == set(marks) else None


def _same(value: Any) -> Any:
    return value
