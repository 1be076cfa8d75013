"""What results say aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yimen.kit.events import Event


@dataclass(frozen=True)
class ResultIssued(Event):
    """Everything the decision grants is signed."""

    number: str
    at: datetime


@dataclass(frozen=True)
class ResultDelivered(Event):
    """The applicant has it."""

    number: str
    way: str
    at: datetime
