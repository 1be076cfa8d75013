"""What is sent with an opinion."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from yimen.kit.rest import Given, Reason
from yimen.review.choices import Opinion


class OpinionGiven(Given):
    """task: its id, as the case lists it."""

    task: Annotated[int, Field(ge=1, le=2**63 - 1)]
    opinion: Opinion
    text: Reason = ""
    version: Annotated[int | None, Field(ge=0, le=2**31 - 1)] = None
