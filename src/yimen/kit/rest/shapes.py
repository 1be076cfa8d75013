"""What goes in and out: base classes, and texts with bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from yimen.kit.paging import Page

T = TypeVar("T")

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
# Whether a reason is needed at all is the law's question, asked by the verb itself.
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class Shape(BaseModel):
    """What is answered. Fields are added freely, never renamed."""

    model_config = ConfigDict(from_attributes=True)


class Given(BaseModel):
    """What is sent. Unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class Asked(Given):
    """Query parameters. An empty one is as good as none: forms and programs send `state=&item=`."""

    @model_validator(mode="before")
    @classmethod
    def _without_empties(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        given = {
            name: [each for each in value if each] if isinstance(value, list) else value for name, value in raw.items()
        }
        return {name: value for name, value in given.items() if value not in ("", [])}


class Listed(Shape, Generic[T]):
    """One page of a list; `next` is the cursor of the next page, null at the end."""

    items: list[T]
    next: str | None = None


def listed(page: Page[Any], shape: Callable[[Any], Any]) -> dict[str, Any]:
    """A page of rows as `Listed`."""
    return {"items": [shape(row) for row in page.items], "next": page.next}
