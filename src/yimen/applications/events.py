"""What applications say aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class ApplicationSubmitted(Event):
    """The applicant has signed and sent it. `by` is the account that did, the rest says who that was."""

    number: str
    by: int
    at: datetime
    name: str = ""
    post: str = ""
    office: str = ""
    staff: bool = False


@dataclass(frozen=True)
class BatchConfirmed(Event):
    """A firm has confirmed a workbook of applications, or asks to go on with one. `by`: the account that did."""

    batch: int
    by: int
    at: datetime
