"""What is sent with each verb, and what only these doors answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from yimen.cases.choices import Outcome
from yimen.cases.queries import PaperRef
from yimen.kit.rest import Asked, Given, Reason, Shape
from yimen.law.states import State

Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
Body = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Ground = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Version = Annotated[int | None, Field(ge=0, le=2**31 - 1, description="看到的版本号；已经过时则拒绝（409 stale）")]

STATES = "|".join(State)
SOME_STATES = rf"^({STATES})(,({STATES}))*$"


class CasesAsked(Asked):
    """Which cases. state: one or several, repeated or separated by commas."""

    state: Annotated[
        list[Annotated[str, StringConstraints(pattern=SOME_STATES, max_length=200)]], Field(max_length=20)
    ] = []
    item: Annotated[str, StringConstraints(max_length=80)] = ""
    mine: bool = False
    due_before: date | None = None
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None
    size: Annotated[int, Field(ge=1, le=100)] = 50


class OriginalGiven(Given):
    """valid_to: the original's last day; null where the paper bears none."""

    valid_to: date | None = None


class PasswordAsked(Given):
    password: Annotated[str, StringConstraints(max_length=20)] = ""


class VerbGiven(Given):
    """version: the version one has seen, to refuse what was decided on a stale page."""

    version: Version = None


class MaterialWanted(Given):
    key: Key
    reason: Reason


class FieldWanted(Given):
    name: Key
    reason: Reason


class AskSupplementGiven(VerbGiven):
    """Everything that is wanting, at once."""

    materials: Annotated[list[MaterialWanted], Field(max_length=200)] = []
    fields: Annotated[list[FieldWanted], Field(max_length=500)] = []


class RefuseGiven(VerbGiven):
    reason: Reason = ""
    competent_body: Body = ""


class ReasonGiven(VerbGiven):
    reason: Reason = ""


class RevokeGiven(ReasonGiven):
    """heard: how the person was heard, and what they said."""

    heard: Reason


class PauseGiven(VerbGiven):
    """ground: as the law or the edition names it; planned_days: working days told to the applicant."""

    ground: Ground = ""
    planned_days: Annotated[int, Field(ge=0, le=3650)] = 0
    reason: Reason = ""


class ResumeGiven(VerbGiven):
    result: Reason = ""


class ExtendGiven(VerbGiven):
    days: Annotated[int, Field(ge=0, le=3650)]
    reason: Reason = ""


class DecideGiven(VerbGiven):
    outcome: Outcome
    reason: Reason = ""


class ForwardGiven(VerbGiven):
    """body: to whom the case is handed up."""

    body: Body = ""
    reason: Reason = ""


class SubmittedShape(Shape):
    """The case that was opened. query_password: for the public look-up, as printed on the receipt.

    receipt: where its PDF is; receipt_paper: the same as a paper.
    """

    case: str
    query_password: str
    receipt: str | None
    receipt_paper: PaperRef | None
