"""Which widget a field of the document gets, derived from its annotation; what the model can't tell is in `layout`."""

from __future__ import annotations

import functools
import types
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from yimen.catalog.choices import Attachment, EditionDocument
from yimen.catalog.choices.labels import label, part_of
from yimen.catalog.queries.editing import layout
from yimen.sheets.choices import Part

LONG = 1000
MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING", "__bool__": lambda self: False})()
"""What a document doesn't say at all. Kept apart from null: what nobody touched is saved as it was."""


@dataclass(frozen=True)
class Spec:
    """A field and its widget. key: its name in the JSON. default: what holds where the document says nothing.

    kind: text long integer number money date boolean choice multi series lines texts pairs rows group
    attachment condition suggested fixed. nullable: may be null.
    """

    part: type[Part]
    field: str
    key: str
    kind: str
    required: bool
    nullable: bool
    default: Any
    options: tuple[str, ...]
    below: type[Part] | None
    longest: int | None

    @property
    def label(self) -> str:
        return label(self.part, self.field)

    @property
    def hint(self) -> str:
        return str(layout.HINTS.get((self.part, self.field), ""))

    @property
    def number(self) -> str:
        """The number of the element in GB/T 39046 table 4, "" where it has none."""
        return layout.NUMBERS.get((self.part, self.field), "")

    @property
    def short(self) -> bool:
        """Are its rows shown whole?"""
        return self.kind == "texts" or self.below in layout.SHORT


@functools.cache
def specs(part: type[Part]) -> tuple[Spec, ...]:
    """All fields of a part, in the model's order."""
    return tuple(_spec(part, name, field) for name, field in part.model_fields.items())


@functools.cache
def top(name: str) -> Spec:
    """A field of the document itself."""
    return next(spec for spec in specs(EditionDocument) if spec.field == name)


def _spec(part: type[Part], name: str, field: FieldInfo) -> Spec:
    core, nullable, longest = _bare(field.annotation, _longest(field.metadata))
    inner = get_args(core)[0] if get_origin(core) is tuple else None
    return Spec(
        part=part,
        field=name,
        key=field.alias or name,
        kind=layout.KINDS.get((part, name)) or _kind(core, longest),
        required=field.is_required(),
        nullable=nullable,
        default=_default(field),
        options=_options(_bare(inner, None)[0] if inner else core),
        below=part_of(field.annotation),
        longest=longest,
    )


def _kind(core: Any, longest: int | None) -> str:
    if get_origin(core) is tuple:
        return _kind_of_list(*_bare(get_args(core)[0], None))
    if get_origin(core) is dict:
        return "pairs"
    if _options(core):
        return "choice"
    if isinstance(core, type) and issubclass(core, Part):
        return "attachment" if core is Attachment else "group"
    plain = {bool: "boolean", int: "integer", float: "number", date: "date"}
    if core in plain:
        return plain[core]
    if core is str:
        return "long" if (longest or 0) >= LONG else "text"
    raise TypeError(f"no widget for {core}")


def _kind_of_list(core: Any, nullable: bool, longest: int | None) -> str:
    if isinstance(core, type) and issubclass(core, Part):
        return "rows"
    if _options(core):
        return "multi"
    return "texts" if (longest or 0) >= LONG else "lines"


def _bare(annotation: Any, longest: int | None) -> tuple[Any, bool, int | None]:
    """(the type itself, may it be None, its greatest length)."""
    if get_origin(annotation) is Annotated:
        core, *metadata = get_args(annotation)
        inside, nullable, found = _bare(core, None)
        return inside, nullable, _longest(metadata) or found or longest
    if get_origin(annotation) in (Union, types.UnionType):
        given = [each for each in get_args(annotation) if each is not type(None)]
        core, _nullable, found = _bare(given[0], longest)
        return core, True, found
    return annotation, False, longest


def _longest(metadata: Any) -> int | None:
    for each in metadata:
        if isinstance(each, StringConstraints | MaxLen) and each.max_length:
            return each.max_length
    return None


def _options(core: Any) -> tuple[str, ...]:
    if get_origin(core) is Literal:
        return tuple(str(each) for each in get_args(core))
    if isinstance(core, type) and issubclass(core, Enum):
        return tuple(str(each.value) for each in core)
    return ()


def _default(field: FieldInfo) -> Any:
    given = field.get_default(call_default_factory=True)
    if given is PydanticUndefined:
        return MISSING
    return given.value if isinstance(given, Enum) else given
