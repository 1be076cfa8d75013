"""Any document that the model admits: made from its fields' types and limits, for properties that hold of all."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as some
from pydantic import BaseModel, StringConstraints, ValidationError
from pydantic.fields import FieldInfo

from yimen.catalog.choices import EditionDocument
from yimen.catalog.choices.elements import Inheritance

LETTERS = some.characters(exclude_categories=["Cs"], exclude_characters="\0")
# Parts that are optional are often absent, so that a document stays small; lists are short.
MOST = 2
TRICKY = some.sampled_from(
    ["=1+1", "007", " 前后空格 ", "一行\n二行", "\\n", "1e5", "TRUE", "a：b", "a:b", "、", "_x0041_",
     "441402199001011234", "\x0b", "2026-03-02", "“引号”", "'单", "@x", "-1", "٣", "😀", "…" * 150]
)  # fmt: skip


def documents() -> some.SearchStrategy[dict[str, Any]]:
    """As stored."""
    return _model(EditionDocument).map(_validated).filter(bool)


def _validated(raw: Mapping[str, Any]) -> dict[str, Any]:
    raw = {
        **raw,
        "form_fields": _once(raw.get("form_fields"), "name"),
        "materials": _once(raw.get("materials"), "name"),
    }
    raw["materials"] = _once(raw["materials"], "key")
    if isinstance(raw.get("manual"), dict):
        raw["manual"] = {**raw["manual"], "discretion": _once(raw["manual"].get("discretion"), "name")}
    if raw.get("promised_days") is not None:
        raw["promised_days"] = 0 if raw["case_type"] == "即办件" else raw["promised_days"] or 1
    try:
        return EditionDocument.model_validate(raw).stored()
    except ValidationError:
        return {}


def _once(rows: Any, name: str) -> list[Any]:
    found: dict[Any, Any] = {}
    for number, row in enumerate(rows or ()):
        said = row.get(name)
        found.setdefault(said.strip() if isinstance(said, str) else (number, said), row)
    return list(found.values())


def _model(model: type[BaseModel]) -> some.SearchStrategy[dict[str, Any]]:
    needed: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if model is Inheritance and name == "own":
            continue
        (needed if field.is_required() else others)[field.alias or name] = _field(field)
    return some.fixed_dictionaries(needed, optional=others).map(_choices)


def _choices(raw: dict[str, Any]) -> dict[str, Any]:
    """A question with choices has some, no two alike."""
    if raw.get("type") in ("choice", "multi"):
        raw["choices"] = list(raw.get("choices") or ["甲", "乙"])
    if raw.get("choices"):
        raw["choices"] = list(dict.fromkeys(each.strip() for each in raw["choices"]))
    return raw


def _field(field: FieldInfo) -> some.SearchStrategy[Any]:
    return _kind(field.annotation, list(field.metadata))


def _kind(annotation: Any, limits: list[Any]) -> some.SearchStrategy[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _kind(inner, [*more, *limits])
    if origin in (types.UnionType, Union):
        return some.one_of(*(_kind(each, limits) for each in get_args(annotation)))
    if origin is tuple:
        least = next((each.min_length for each in limits if hasattr(each, "min_length")), 0) or 0
        return some.lists(_kind(get_args(annotation)[0], []), min_size=least, max_size=max(least, MOST))
    if origin is dict:
        names = some.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
        return some.dictionaries(names, _kind(get_args(annotation)[1], []), max_size=MOST)
    if origin is Literal:
        return some.sampled_from(get_args(annotation))
    return _plain(annotation, limits)


def _plain(kind: Any, limits: list[Any]) -> some.SearchStrategy[Any]:
    low = next((each.ge for each in limits if hasattr(each, "ge")), None)
    high = next((each.le for each in limits if hasattr(each, "le")), None)
    if kind is type(None):
        return some.none()
    if kind is bool:
        return some.booleans()
    if kind is int:
        return some.integers(low if low is not None else 0, high or 10**12)
    if kind is float:
        return some.floats(low or 0, high or 1e6, allow_nan=False)
    if kind is date:
        return some.dates(date(1, 1, 1)).map(date.isoformat)
    if issubclass(kind, Enum):
        return some.sampled_from([each.value for each in kind])
    if issubclass(kind, BaseModel):
        return _model(kind)
    return _text(next((each for each in limits if isinstance(each, StringConstraints)), StringConstraints()))


def _text(limit: StringConstraints) -> some.SearchStrategy[str]:
    if limit.pattern:
        pattern = limit.pattern if isinstance(limit.pattern, str) else limit.pattern.pattern
        found = some.from_regex(pattern.replace("$", r"\Z"))
        return found.map(lambda text: text[: limit.max_length].strip("-") if limit.max_length else text).filter(bool)
    longest = min(limit.max_length or 60, 60)
    drawn = some.text(LETTERS, min_size=limit.min_length or 0, max_size=longest) | TRICKY
    return drawn.filter(lambda text: len(text.strip()) >= (limit.min_length or 0))
