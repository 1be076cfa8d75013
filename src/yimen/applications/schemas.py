"""What is sent to begin, fill in and submit an application, and what only these doors answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from yimen.applications.choices import Channel
from yimen.applications.models import Application
from yimen.applications.queries import ApplicationShape, DocumentShape, MissingShape
from yimen.identity.choices import Document
from yimen.kit.rest import Given, Shape
from yimen.kit.time import local

Key = Annotated[str, StringConstraints(max_length=64)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Choice = Annotated[str, StringConstraints(max_length=500)]


class SubjectGiven(Given):
    """Who applies."""

    document: Document
    number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]


class ApplicationGiven(Given):
    """Begin an application."""

    item: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    subject: SubjectGiven
    channel: Channel = Channel.WEB
    situation: Annotated[dict[Key, Choice | bool | int | None], Field(max_length=50)] = {}


class AnswersGiven(Given):
    """Answers by field name; null or "" takes one back."""

    answers: Annotated[dict[Key, Any], Field(max_length=500)]


class PresentedGiven(Given):
    """What a clerk has before them, a licence from the applicant's vault, or a promise to bring it later (容缺)."""

    presented: Literal["original", "copy", "licence", "promise"]
    copies: Annotated[int, Field(ge=1, le=99)] = 1
    note: Note = ""


class UploadGiven(Given):
    """What goes with an uploaded file."""

    copies: Annotated[int, Field(ge=1, le=99)] = 1
    note: Note = ""


class WrongShape(Shape):
    """A value that doesn't hold."""

    field: str
    code: str
    message: str


class AnsweredShape(ApplicationShape):
    """The application after answers were kept; errors: of those that were not."""

    errors: list[WrongShape]


class AttachedShape(DocumentShape):
    """A document as handed in, and what is still missing."""

    missing: list[MissingShape]


class RemovedShape(Shape):
    """A document that was taken back, and what is missing now."""

    removed: int
    missing: list[MissingShape]


class DraftShape(Shape):
    """A draft in a list."""

    number: str
    item: str
    item_name: str
    subject: str
    channel: str
    begun_at: datetime
    saved_at: datetime

    @classmethod
    def of(cls, application: Application) -> DraftShape:
        item = application.item
        return cls(
            number=application.number,
            item=item.slug,
            item_name=item.name,
            subject=application.subject.masked_name,
            channel=application.channel,
            begun_at=local(application.begun_at),
            saved_at=local(application.saved_at),
        )
