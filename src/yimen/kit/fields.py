"""Model fields that keep personal data sealed in the database and readable in Python."""

from __future__ import annotations

from typing import Any

from django.db import models
from pydantic_core import from_json, to_json

from yimen.kit.crypto import cipher, seal, unseal


class SealedText(models.BinaryField):  # type: ignore[type-arg]
    """A text, SM4-GCM sealed in its column. It can't be searched: keep a keyed hash beside it for look-up."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if value is None or isinstance(value, bytes) else seal(value)

    def to_python(self, value: Any) -> Any:
        return value

    def _check_str_default_value(self) -> list[Any]:
        """A text's default is a text: it is sealed on its way in."""
        return []


class SealedJSON(SealedText):
    """Any JSON value, sealed."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else from_json(cipher().open(bytes(value)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, bytes):
            return value
        return cipher().seal(to_json(value))
