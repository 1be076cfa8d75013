"""Which members of a one-thing package somebody's case needs. Rule in words: docs/rules/packages.md"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .completeness import is_blank
from .conditions import parse


@dataclass(frozen=True, slots=True)
class Member:
    """An item of a package. when: a condition over the questions; required: nobody whose condition holds may leave

    it out.
    """

    key: str
    when: str | None = None
    required: bool = False


def unanswered(questions: Sequence[str], answers: Mapping[str, object]) -> list[str]:
    """The questions still open, in their order. While one is open nothing is decided."""
    return [name for name in questions if is_blank(answers.get(name))]


def taking_part(
    members: Sequence[Member], answers: Mapping[str, object], left_out: Collection[str] = ()
) -> tuple[str, ...]:
    """The members that take part, in their order: those whose condition holds, without what somebody may leave out

    and does. Raises ConditionError.
    """
    fitting = [each for each in members if each.when is None or parse(each.when).holds(answers)]
    return tuple(each.key for each in fitting if each.required or each.key not in left_out)


def optional(members: Sequence[Member], answers: Mapping[str, object]) -> tuple[str, ...]:
    """Those among them that somebody may leave out."""
    fitting = taking_part(members, answers)
    return tuple(each.key for each in members if each.key in fitting and not each.required)
