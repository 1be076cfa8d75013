"""Rows as they wait: read back as what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic_core import to_json

from yimen.vault.queries.importing.checking import Found


def written(value: Any) -> str:
    """As JSON, days as 2015-03-02."""
    return to_json(value, fallback=str).decode()


def plain(found: Found) -> dict[str, Any]:
    """A row that was found good, as it is sealed until it becomes a licence."""
    return {name: getattr(found, name) for name in Found.__slots__}


def found_in(kept: Mapping[str, Any]) -> Found:
    """The same, read back."""
    last = _day(kept["last"]) if kept["last"] else None
    return Found(**{**kept, "issued": _day(kept["issued"]), "first": _day(kept["first"]), "last": last})


def _day(text: str) -> date:
    return date.fromisoformat(text)
