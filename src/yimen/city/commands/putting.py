"""Make a row or bring it up to date: the shape that all registers share."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def put(model: type[M], key: dict[str, Any], values: dict[str, Any]) -> tuple[M, list[str]]:
    """The row and the names of the fields that changed; a new row: all of them."""
    row = model._default_manager.select_for_update().filter(**key).first()
    if row is None:
        return model._default_manager.create(**key, **values), sorted(values)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return row, sorted(changed)


def complaint(field: str, message: str, code: str = "invalid") -> dict[str, str]:
    return {"field": field, "code": code, "message": message}
