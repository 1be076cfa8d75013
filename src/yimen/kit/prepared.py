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
        self._signature = inspect.signature(build)
        kinds = [str(each.annotation) for each in self._signature.parameters.values()]
        names = list(self._signature.parameters)
        self._marks = {name: MARKS[kind](place) for place, (name, kind) in enumerate(zip(names, kinds, strict=True))}
        self._written: _Written[M] | None = None

    def run(self, *args: Any, **kwargs: Any) -> list[M]:
        if self._written is None:
            self._written = _write(self._build(**self._marks), self._marks)
        return self._written.read(self._signature.bind(*args, **kwargs).arguments)


def _write(rows: QuerySet[M], marks: dict[str, Any]) -> _Written[M]:
    compiler = rows.query.get_compiler(using=rows.db)
    sql, params = compiler.as_sql()
    slots = [
        (place, name, type(value) if isinstance(value, int) else _same)
        for place, value in enumerate(params)
        for name, mark in marks.items()
        if isinstance(value, type(mark)) and value == mark
    ]
    lost = set(marks) - {name for _, name, _ in slots}
    if lost:
        raise TypeError(f"a prepared reading must ask for {', '.join(sorted(lost))} as a plain value")
    info, select = compiler.klass_info, compiler.select
    own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
    return _Written(
        alias=rows.db,
        sql=sql,
        params=tuple(params),
        slots=tuple(slots),
        converters=compiler.get_converters([each[0] for each in select[: compiler.col_count]]),
        model=info["model"],
        names=[each[0].target.attname for each in select[own]],
        own=own,
        populators=get_related_populators(info, select, rows.db),  # type: ignore[call-arg] # stubs of a later Django
        annotations=compiler.annotation_col_map or {},
    )


def _same(value: Any) -> Any:
    return value
