"""What the API says of the field library."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from yimen.kit.rest.shapes import Asked, Shape
from yimen.sheets.choices import Format, LibraryDocument


class ElementsAsked(Asked):
    """q: name, code or meaning."""

    q: Annotated[str, Field(max_length=80)] = ""
    cursor: Annotated[int, Field(ge=0, le=100_000)] = 0
    size: Annotated[int, Field(ge=1, le=500)] = 200


class ElementShape(Shape):
    """A field of the library (数据元). kind: as fields of forms; sensitivity: general personal sensitive; sources:

    where a form takes it from, best first; retired: since when no form should ask it, replaced_by: what it asks then.
    """

    code: str
    name: str
    also: list[str]
    meaning: str
    kind: str
    format: Format
    unit: str
    choices: list[str]
    code_list: str | None
    authority: str
    sensitivity: str
    sources: list[str]
    standard: str | None
    since: date | None
    retired: date | None
    replaced_by: str | None

    @classmethod
    def of(cls, document: LibraryDocument) -> ElementShape:
        """As the library has it."""
        return cls.model_validate({**document.model_dump(mode="json"), "choices": list(document.choices or ())})
