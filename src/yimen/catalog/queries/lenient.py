"""A document read as far as it can be, so that the rest of a draft is looked at while one field is still wrong.

What can't be read is at its default, or blank; lists keep their length, so that places stay what they are.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from yimen.catalog.choices import EditionDocument
from yimen.catalog.choices.labels import part_of
from yimen.catalog.choices.steps import settle

M = TypeVar("M", bound=BaseModel)
WRONG = object()


def lenient(raw: Any) -> EditionDocument:
    """An edition's document from whatever a draft says; never refuses. Its validators have not run."""
    document = _read(EditionDocument, raw)
    return document.model_copy(update={"steps": settle(document.steps)})


def _read(model: type[M], raw: Any) -> M:
    held = raw if isinstance(raw, Mapping) else {}
    values = {name: _value(model, name, field, held) for name, field in model.model_fields.items()}
    return model.model_construct(**values)


def _value(model: type[BaseModel], name: str, field: FieldInfo, held: Mapping[str, Any]) -> Any:
    """The field as it is read strictly, where that goes; else what of it can be read."""
    given = held.get(name, held.get(field.alias or name))
    default = _blank(field.annotation) if field.is_required() else field.get_default(call_default_factory=True)
    whole = _valid(_field(model, name), given, WRONG) if given is not None else WRONG
    if whole is not WRONG:
        return whole
    part = part_of(field.annotation)
    if get_origin(field.annotation) is tuple:
        members = given if isinstance(given, Sequence) and not isinstance(given, str) else default
        return tuple(_read(part, each) if part else _valid(_member(model, name), each, "") for each in members)
    if part is not None and (isinstance(given, Mapping) or field.is_required()):
        return _read(part, given)
    return default


def _valid(adapter: TypeAdapter[Any], given: Any, default: Any) -> Any:
    try:
        return adapter.validate_python(given)
    except ValidationError:
        return default


def _blank(annotation: Any) -> Any:
    """What stands for something required that isn't there."""
    if get_origin(annotation) is tuple:
        return ()
    kind = annotation if isinstance(annotation, type) else str
    return 0 if issubclass(kind, int | float) and not issubclass(kind, Enum) else ""


@functools.cache
def _field(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    annotation: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    return TypeAdapter(annotation)


@functools.cache
def _member(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(get_args(model.model_fields[name].annotation)[0])
