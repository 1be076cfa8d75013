"""Is an application complete against its edition? Rule in words: docs/rules/completeness.md

许可法 31, 32: what is asked for is what the edition lists, no more; what is missing is named, all of it, at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from .conditions import Condition, parse
from .said import said


class Necessity(StrEnum):
    """How much a material is needed. DEFERRABLE (容缺): may come later, against a promise."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    DEFERRABLE = "deferrable"

    @property
    def label(self) -> str:
        """必要, 非必要, 容缺."""
        return {"required": said("必要"), "optional": said("非必要"), "deferrable": said("容缺")}[self.value]


@dataclass(frozen=True, slots=True)
class FieldNeed:
    """A field of the edition's sheet. show_if: when it is asked, in the language of `conditions`; None: always."""

    name: str
    label: str
    type: str = "text"
    required: bool = True
    show_if: str | None = None


@dataclass(frozen=True, slots=True)
class MaterialNeed:
    """A material of the edition. key: its stable name in the edition; name: Chinese."""

    key: str
    name: str
    necessity: Necessity = Necessity.REQUIRED
    show_if: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing or does not hold. key: field or material; message: Chinese; code: for programs.

    also: other fields that it lies with as much: all that a rule between fields looks at.
    """

    kind: Literal["field", "material"]
    key: str
    message: str
    code: str = "missing"
    also: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Everywhere it is to be told."""
        return (*self.also, self.key)


ASKED = {
    "declaration": "请阅读并同意“{field}”。",
    "signature": "请在“{field}”签名。",
}


def missing(
    *,
    fields: Sequence[FieldNeed],
    materials: Sequence[MaterialNeed],
    answers: Mapping[str, object],
    documents: Collection[str],
) -> list[Missing]:
    """Everything that is missing, fields first, in the edition's order; empty when the application is complete.

    answers: by field name; documents: keys of materials handed in (or a mapping by key). A deferrable material is not
    missing: see `owed_later`. Raises ConditionError for a show_if that cannot be read.
    """
    shown = asked_fields(fields, answers)
    known = answers_that_count(fields, answers)
    blanks = [need for need in fields if need.required and need.name in shown and is_blank(known.get(need.name))]
    absent = _absent(materials, known, documents, Necessity.REQUIRED)
    told = [
        Missing("field", need.name, said(ASKED.get(need.type, "请填写“{field}”。"), field=need.label))
        for need in blanks
    ]
    return told + [Missing("material", need.key, said("请提供“{material}”。", material=need.name)) for need in absent]


def owed_later(
    *,
    fields: Sequence[FieldNeed],
    materials: Sequence[MaterialNeed],
    answers: Mapping[str, object],
    documents: Collection[str],
) -> list[Missing]:
    """The deferrable materials not handed in, which the applicant must promise to bring (容缺受理). As `missing`."""
    absent = _absent(materials, answers_that_count(fields, answers), documents, Necessity.DEFERRABLE)
    return [
        Missing("material", need.key, said("“{material}”可以容缺，请承诺后补。", material=need.name)) for need in absent
    ]


def asked_fields(fields: Sequence[FieldNeed], answers: Mapping[str, object]) -> frozenset[str]:
    """The names of the fields that are asked, given the answers.

    An answer to a field that is not asked does not count: a hidden choice never brings up further questions. Answers to
    names that are no field of the sheet (the situation) count as they are.
    """
    own = {need.name for need in fields}
    shown = {need.name for need in fields if need.show_if is None}
    for _ in fields:
        known = {name: value for name, value in answers.items() if name in shown or name not in own}
        more = {need.name for need in fields if need.show_if is None or _condition(need.show_if).holds(known)}
        if more == shown:
            break
        shown = more
    return frozenset(shown)


def answers_that_count(fields: Sequence[FieldNeed], answers: Mapping[str, object]) -> dict[str, object]:
    """The answers without those to fields that are not asked."""
    shown = asked_fields(fields, answers)
    own = {need.name for need in fields}
    return {name: value for name, value in answers.items() if name in shown or name not in own}


def asked_materials(materials: Iterable[MaterialNeed], answers: Mapping[str, object]) -> list[MaterialNeed]:
    """The materials that are asked for, given the answers that count."""
    return [need for need in materials if need.show_if is None or _condition(need.show_if).holds(answers)]


def is_blank(answer: object) -> bool:
    """Is it no answer: nothing, only blanks, an empty table or address? False and 0 are answers."""
    if answer is None:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping):
        return all(is_blank(part) for part in answer.values())
    if isinstance(answer, (list, tuple)):
        return all(is_blank(part) for part in answer)
    return False


def _absent(
    materials: Sequence[MaterialNeed], answers: Mapping[str, object], documents: Collection[str], necessity: Necessity
) -> list[MaterialNeed]:
    asked = asked_materials(materials, answers)
    return [need for need in asked if need.necessity is necessity and need.key not in documents]


@lru_cache(maxsize=4096)
def _condition(text: str) -> Condition:
    return parse(text)
