"""Guided situations (情形引导): the questions on whose answers something of an item depends, and what follows.

The questions are the edition's own form fields: what is answered here is an answer of the form. Nothing is a question
on which no material and no other field depends; and what an earlier answer has settled isn't asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from yimen.catalog.choices import EditionDocument, Material
from yimen.catalog.queries.editions import material_needs
from yimen.law.completeness import answers_that_count, asked_materials
from yimen.law.conditions import ConditionError, parse
from yimen.sheets.choices import FormField, Kind
from yimen.sheets.queries import asked, needs

UNSURE = "?"
"""What stands in an address for a question that somebody passed over."""
ASKABLE = frozenset({Kind.CHOICE, Kind.MULTI, Kind.BOOLEAN})


@dataclass(frozen=True)
class Outcome:
    """What follows from the answers. sure: materials asked for; possible: those that depend on what isn't known;

    spared: those that only other situations need. fields: labels of what the form asks in this situation only.
    """

    sure: tuple[Material, ...]
    possible: tuple[Material, ...]
    spared: tuple[Material, ...]
    fields: tuple[str, ...]


def questions(document: EditionDocument) -> tuple[FormField, ...]:
    """All questions that may come, in the form's order. Choices and yes-or-no only: nobody types in a guide."""
    wanted = _deciding(document)
    return tuple(field for field in document.form_fields if field.name in wanted and field.kind in ASKABLE)


def matters(document: EditionDocument, answers: Mapping[str, Any]) -> tuple[FormField, ...]:
    """The questions that matter, given the answers so far: those that the form would ask now."""
    now = asked(document, answers)
    return tuple(field for field in questions(document) if field.name in now)


def query_of(answers: Mapping[str, Any], unsure: Collection[str] = ()) -> str:
    """Answers as the query of an address, by which the guided pages and the one-time notice are reached."""
    pairs = [(name, texts(value)) for name, value in answers.items()] + [(name, [UNSURE]) for name in unsure]
    return urlencode(pairs, doseq=True)


def texts(value: Any) -> list[str]:
    """An answer as an address bears it."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return list(value) if isinstance(value, list) else [str(value)]


def following(document: EditionDocument, answers: Mapping[str, Any], unsure: Collection[str]) -> FormField | None:
    """The next question, None when all are answered or passed over."""
    open_ones = (each for each in matters(document, answers) if each.name not in answers and each.name not in unsure)
    return next(open_ones, None)


def valid(document: EditionDocument, raw: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is given only answers to these questions, each of a choice that there is, and only those that count."""
    found = {
        field.name: raw[field.name]
        for field in questions(document)
        if field.name in raw and _fits(field, raw[field.name])
    }
    return answers_that_count(needs(document), found)


def outcome(document: EditionDocument, answers: Mapping[str, Any]) -> Outcome:
    """What is to be handed in and filled in, given the answers."""
    known = answers_that_count(needs(document), answers)
    wanted = {need.key or need.name for need in asked_materials(material_needs(document), known)}
    sure: list[Material] = []
    possible: list[Material] = []
    spared: list[Material] = []
    for material in document.materials:
        if _depends_on_unknown(material.show_if, known, document):
            possible.append(material)
        else:
            (sure if (material.key or material.name) in wanted else spared).append(material)
    return Outcome(tuple(sure), tuple(possible), tuple(spared), tuple(_extra_fields(document, known)))


def _deciding(document: EditionDocument) -> frozenset[str]:
    """The names of fields that a condition looks at, and of those on which these depend in their turn."""
    parts: list[Material | FormField] = [*document.materials, *document.form_fields]
    conditions = [part.show_if for part in parts if part.show_if]
    return frozenset().union(*map(_looked_at, conditions))


def _looked_at(text: str) -> frozenset[str]:
    try:
        return parse(text).fields
    except ConditionError:
        return frozenset()


def _fits(field: FormField, value: Any) -> bool:
    match field.kind:
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case Kind.MULTI:
            return isinstance(value, list) and bool(value) and set(value) <= set(field.choices or ())
        case _:
            return isinstance(value, str) and value in (field.choices or ())


def _depends_on_unknown(text: str | None, known: Mapping[str, Any], document: EditionDocument) -> bool:
    """Does its condition look at something that would be asked and isn't known? What is not asked is known: it's no."""
    if not text:
        return False
    return any(name not in known and name in asked(document, known) for name in _looked_at(text))


def _extra_fields(document: EditionDocument, known: Mapping[str, Any]) -> Iterator[str]:
    shown = asked(document, known)
    for field in document.form_fields:
        if field.show_if and field.name in shown and not _depends_on_unknown(field.show_if, known, document):
            yield field.label
