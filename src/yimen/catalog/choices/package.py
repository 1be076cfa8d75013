"""The typed document of a one-thing package (一件事): questions and the items they lead to."""

from __future__ import annotations

from pydantic import Field

from yimen.catalog.choices.words import Audience, Slug, Text, Title
from yimen.sheets.choices import Name, Part


class Question(Part):
    """A question whose answer decides which items belong to this person's case."""

    name: Name
    label: Title
    choices: tuple[Title, ...] = Field(min_length=1)


class PackageItem(Part):
    """A member: when it takes part, in which order, side by side with its equals or not."""

    slug: Slug
    order: int = Field(ge=0)
    required: bool = False
    when: str | None = None
    stage: str | None = None
    parallel: bool = False


class ExternalStep(Part):
    """Something done elsewhere."""

    name: Title
    department: str


class PackageDocument(Part):
    """One package."""

    code: Slug
    name: Title
    life_event: str
    subjects: tuple[Audience, ...] = ()
    lead_department: str
    basis: str | None = None
    description: Text
    questions: tuple[Question, ...] = ()
    items: tuple[PackageItem, ...] = Field(min_length=1)
    shared_licences: tuple[str, ...] = ()
    shared_materials: tuple[str, ...] = ()
    external_steps: tuple[ExternalStep, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: str | None = None
