"""What a `show_if` is once it has been read: a small tree of comparisons. Rule in words: docs/rules/conditions.md

`str` of a condition is a text that `conditions.parse` reads back as the same condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

Answers = Mapping[str, object]


@runtime_checkable
class Condition(Protocol):
    """Something that holds or not, given the answers."""

    def holds(self, answers: Answers) -> bool:
        """Does it hold?"""

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields it looks at."""


@dataclass(frozen=True, slots=True)
class Equals:
    """field == value. A field with several answers (a list) equals each of them; one without an answer, none."""

    field: str
    value: str | bool

    def holds(self, answers: Answers) -> bool:
        """Does the answer equal the value?"""
        return _matches(answers.get(self.field), self.value)

    @property
    def fields(self) -> frozenset[str]:
        """The one field."""
        return frozenset({self.field})

    def __str__(self) -> str:
        return f"{self.field} == {_literal(self.value)}"


@dataclass(frozen=True, slots=True)
class Differs:
    """field != value: the opposite of ==, so it holds while there is no answer."""

    field: str
    value: str | bool

    def holds(self, answers: Answers) -> bool:
        """Does the answer differ from the value?"""
        return not _matches(answers.get(self.field), self.value)

    @property
    def fields(self) -> frozenset[str]:
        """The one field."""
        return frozenset({self.field})

    def __str__(self) -> str:
        return f"{self.field} != {_literal(self.value)}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """field in [values]."""

    field: str
    values: tuple[str | bool, ...]

    def holds(self, answers: Answers) -> bool:
        """Does the answer equal one of the values?"""
        return any(_matches(answers.get(self.field), value) for value in self.values)

    @property
    def fields(self) -> frozenset[str]:
        """The one field."""
        return frozenset({self.field})

    def __str__(self) -> str:
        return f"{self.field} in [{', '.join(_literal(value) for value in self.values)}]"


@dataclass(frozen=True, slots=True)
class Not:
    """not part."""

    part: Condition

    def holds(self, answers: Answers) -> bool:
        """Does the part not hold?"""
        return not self.part.holds(answers)

    @property
    def fields(self) -> frozenset[str]:
        """The part's fields."""
        return self.part.fields

    def __str__(self) -> str:
        return f"not ({self.part})"


@dataclass(frozen=True, slots=True)
class Every:
    """part and part and …"""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Do all parts hold?"""
        return all(part.holds(answers) for part in self.parts)

    @property
    def fields(self) -> frozenset[str]:
        """The fields of all parts."""
        return frozenset().union(*(part.fields for part in self.parts))

    def __str__(self) -> str:
        return " and ".join(f"({part})" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """part or part or …"""

    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Does at least one part hold?"""
        return any(part.holds(answers) for part in self.parts)

    @property
    def fields(self) -> frozenset[str]:
        """The fields of all parts."""
        return frozenset().union(*(part.fields for part in self.parts))

    def __str__(self) -> str:
        return " or ".join(f"({part})" for part in self.parts)


def _matches(answer: object, value: str | bool) -> bool:
    """Does an answer, or one of several, equal a value of the same type? True never equals the word 'true'."""
    if isinstance(answer, (list, tuple)):
        return any(_matches(each, value) for each in answer)
    return type(answer) is type(value) and answer == value


def _literal(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
