"""What is sent to issue and deliver."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from yimen.kit.rest import Given
from yimen.results.choices import Way

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]


class VersionGiven(Given):
    """seen: the version of the case that was seen."""

    version: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = None


class IssueGiven(VersionGiven):
    """replaces: {id of a result: id of the licence of which it is the next version, null for a new one}."""

    replaces: Annotated[dict[int, int | None], Field(max_length=20)] = {}


class DeliverGiven(VersionGiven):
    """receiver, receiver_document: at a window, as checked there; tracking: by post."""

    way: Way
    receiver: Short = ""
    receiver_document: Short = ""
    tracking: Short = ""
