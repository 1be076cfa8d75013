"""The typed document of a one-thing package (一件事): questions and the items they lead to."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from yimen.catalog.choices.words import Audience, Slug, Text, Title
from yimen.law.said import said, several
from yimen.sheets.choices import Name, Part

Address = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z][a-z0-9_]*$", max_length=120)]
"""A field or a material of a member: item.field, item.material key."""

Group = Annotated[tuple[Address, ...], Field(min_length=2)]


class Question(Part):
    """A question whose answer decides which items belong to this person's case. hint: what helps to answer it."""

    name: Name
    label: Title
    choices: tuple[Title, ...] = Field(min_length=1)
    hint: str = ""

    @model_validator(mode="after")
    def _no_choice_twice(self) -> Self:
        if len(set(self.choices)) != len(self.choices):
            raise ValueError(said("choices 中有重复的选项"))
        return self


class PackageItem(Part):
    """A member: when it takes part, in which order, side by side with its equals or not.

    depends_on: what it waits for; None: all of lower order. required: nobody to whom it applies may leave it out.
    """

    slug: Slug
    order: int = Field(ge=0)
    required: bool = False
    when: str | None = None
    stage: str | None = None
    parallel: bool = False
    depends_on: tuple[Slug, ...] | None = None


class ExternalStep(Part):
    """Something done elsewhere."""

    name: Title
    department: str


class PackageDocument(Part):
    """One package. same_*, different_*: what the author says is one thing in several items, and what isn't, where

    names and labels mislead (docs/rules/packages.md).
    """

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
    same_fields: tuple[Group, ...] = ()
    different_fields: tuple[Group, ...] = ()
    same_materials: tuple[Group, ...] = ()
    different_materials: tuple[Group, ...] = ()
    everyday_words: tuple[Title, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: str | None = None

    @model_validator(mode="after")
    def _nothing_named_twice(self) -> Self:
        _once("questions", said("问题名称"), [question.name for question in self.questions])
        _once("items", said("事项"), [member.slug for member in self.items])
        return self

    @property
    def slugs(self) -> tuple[str, ...]:
        """The items of the package, in the author's order."""
        return tuple(member.slug for member in self.items)

    def member(self, slug: str) -> PackageItem | None:
        """The member of a slug."""
        return next((member for member in self.items if member.slug == slug), None)

    def stored(self) -> dict[str, Any]:
        """As JSON, as the file format writes it; what the format gained later is left out where it says nothing."""
        full = self.model_dump(mode="json")
        silent = ("same_fields", "different_fields", "same_materials", "different_materials", "everyday_words")
        for name in silent:
            if not full[name]:
                del full[name]
        for row, later in [*((r, "depends_on") for r in full["items"]), *((r, "hint") for r in full["questions"])]:
            if row[later] in (None, ""):
                del row[later]
        return full


def _once(place: str, what: str, names: list[str]) -> None:
    doubled = [name for name, count in Counter(names).items() if count > 1]
    if doubled:
        raise ValueError(said("{part} 中{what}重复：{name}", part=place, what=what, name=several(doubled)))


def package_chain(code: str) -> str:
    """The ledger chain of one package: all its versions' story."""
    return f"package:{code}"
