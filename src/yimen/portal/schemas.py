"""What programs send and get at this room's doors."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import StringConstraints

from yimen.identity.choices import Document
from yimen.kit.rest import Given, Shape


class UsualGiven(Given):
    """A value to keep, as a form of this field would take it."""

    document: Document
    number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    value: Any


class SwitchGiven(Given):
    """Is what was written before filled in?"""

    document: Document
    number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    on: bool


class UsualShape(Shape):
    """way: typed, profile, application (then its number); everywhere: for other items too, not the same one only."""

    element: str
    name: str
    value: Any
    way: Literal["typed", "profile", "application"]
    since: date | None
    application: str
    everywhere: bool
    sensitivity: str


class UsualListShape(Shape):
    on: bool
    items: list[UsualShape]
