"""Findings of editions: what the rules of `yimen.law.catalogue` say of what the catalogue holds."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from yimen.catalog.choices import EditionDocument, PassageKind
from yimen.catalog.choices.labels import place_words
from yimen.catalog.models import Edition
from yimen.catalog.queries.checking import Problem, check
from yimen.catalog.queries.delegation import source_of
from yimen.catalog.queries.editions import all_current
from yimen.catalog.queries.lenient import lenient
from yimen.catalog.queries.slim import slim
from yimen.kit.crypto import sm3
from yimen.law.catalogue import (
    STANDARD,
    BadTable,
    BadWording,
    Desk,
    Element,
    Finding,
    Severity,
    WordList,
    desk,
    deviations,
    findings,
    weights,
)
from yimen.law.said import said
from yimen.sheets.choices import Sensitivity
from yimen.sheets.queries import library
from yimen.vault.queries import kinds

APPROVERS = {PassageKind.STAFFING: "staffing", PassageKind.LEGAL: "legal"}


@dataclass(frozen=True)
class Lens:
    """What editions are looked at with: what the city has already, how heavy rules weigh, which words say nothing,

    what licence kinds are called. Made once and used for many editions: it asks the database for the licence kinds.
    """

    provided: Mapping[str, str]
    severities: Mapping[str, Severity]
    words: WordList
    licences: Mapping[str, str] = field(default_factory=dict)
    known_elements: Mapping[str, Element] = field(default_factory=dict)
    uppers: dict[str, dict[str, Any] | None] = field(default_factory=dict, compare=False, repr=False)

    def findings(self, document: EditionDocument, approvals: Collection[str] | None = None) -> list[Finding]:
        """What is wrong with a document, errors first."""
        return findings(
            document,
            provided=self.provided,
            severities=self.severities,
            approvals=approvals,
            words=self.words,
            library=self.known_elements,
        )

    def look(self, edition: Edition, document: EditionDocument | None = None) -> list[Finding]:
        """What is wrong with a kept edition, errors first: also whether both offices agreed, and what it changes of

        the one above it. Proof loops aside: they are found over all.
        """
        read = document or edition.doc
        found = [*self.findings(read, approvals(edition)), *self.deviations(read)]
        return sorted(found, key=lambda each: not each.stops)

    def deviations(self, document: EditionDocument) -> list[Finding]:
        """What a lower edition changes without being allowed to. The one above is read once."""
        if document.inherits is None:
            return []
        slug = document.inherits.slug
        if slug not in self.uppers:
            upper = source_of(document)
            self.uppers[slug] = upper.doc.stored() if upper else None
        above = self.uppers[slug]
        told = deviations(above, document.stored(), severities=self.severities, named=place_words) if above else []
        return list(told)

    def desk(self, document: EditionDocument) -> Desk:
        """What an edition asks for and gives, from which proof loops are found."""
        return desk(document, self.licences)

    @property
    def elements(self) -> list[str]:
        """What the rules see of the field library."""
        return [repr(each) for each in self.known_elements.values()]

    @functools.cached_property
    def stamp(self) -> str:
        """Another one when findings may come out otherwise: rules, weights, words or licence kinds have changed."""
        words = [[each.kind, each.where, each.pattern.pattern] for each in self.words.wordings]
        told = [sorted(self.provided.items()), sorted(self.severities.items()), words, self.elements, _program()]
        return sm3(json.dumps(told, ensure_ascii=False).encode()).hex()[:32]


def lens() -> Lens:
    """What this city looks with now."""
    licences = licence_names()
    return Lens(provided(licences), severities(), words(), licences, elements())


def elements() -> dict[str, Element]:
    """The field library as the rules see it."""
    book = library()
    return {
        code: Element(
            code,
            each.names,
            each.kind.value,
            each.sensitivity != Sensitivity.GENERAL,
            each.retired is not None,
            instead.name if (instead := book.get(each.replaced_by)) else "",
        )
        for code, each in book.fields.items()
    }


def licence_names() -> dict[str, str]:
    """What the kinds of the licence library are called, by code."""
    return {code: kind.name for code, kind in kinds().items()}


def provided(licences: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the licence library holds, by code and by name, in words. licences: their names, where they were read."""
    told: dict[str, str] = {}
    for code, name in (licence_names() if licences is None else licences).items():
        told[code] = told[name] = said("电子证照库已有“{name}”", name=name)
    return told


def severities() -> dict[str, Severity]:
    """How heavy every rule weighs here."""
    return _severities(tuple(sorted(settings.YIMEN_CATALOG_RULES.items())))


def words() -> WordList:
    """The words that say nothing, the city's own among them."""
    path = settings.YIMEN_CATALOG_WORDS
    return _words(str(path)) if path else STANDARD


def require_sound_table() -> None:
    """A city's slip in its weights or words must not pass in silence. Raises ImproperlyConfigured, at the start."""
    try:
        severities()
        words()
    except (BadTable, BadWording, OSError, ValueError) as wrong:
        raise ImproperlyConfigured(f"YIMEN_CATALOG_RULES, YIMEN_CATALOG_WORDS: {wrong}") from wrong


@dataclass(frozen=True)
class Reading:
    """A draft as far as it can be read. document: None while something is wrong with its form (problems)."""

    document: EditionDocument | None
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """The findings for which it can't be released."""
        return tuple(each for each in self.findings if each.stops)

    @property
    def fit(self) -> bool:
        """May it go to the offices?"""
        return not self.problems and not self.stopping


def read(raw: Any, with_: Lens | None = None) -> Reading:
    """What is wrong with a raw document: its form, and what the rules say of all that can be read."""
    used = with_ or lens()
    document, problems = check(raw)
    wrong = {each.field for each in problems}
    found = used.findings(document or lenient(raw))
    return Reading(document, tuple(problems), tuple(each for each in found if each.place not in wrong))


def of_edition(edition: Edition, with_: Lens | None = None) -> list[Finding]:
    """What is wrong with one edition, proof loops aside."""
    return (with_ or lens()).look(edition)


def approvals(edition: Edition) -> set[str] | None:
    """Which offices agreed to an edition that went their way; None: a folder brought it, or it is on its way still."""
    passed = {each.kind for each in edition.passages.all()}
    asked = not edition.unreleased and PassageKind.SUBMITTED in passed
    return {name for kind, name in APPROVERS.items() if kind in passed} if asked else None


def of_current(agency: str = "") -> Iterator[tuple[Edition, EditionDocument]]:
    """Every released edition with its document, in a stream, by agency and item."""
    rows = all_current().order_by("item__agency__division__path", "item__agency__code", "item__slug")
    chosen = rows.filter(item__agency__code=agency) if agency else rows
    return slim(chosen.prefetch_related("passages"))


@functools.cache
def _program() -> list[str]:
    """The rules as they are written: after an upgrade everything is looked at again."""
    law = resources.files("yimen.law")
    parts = [*law.joinpath("catalogue").iterdir(), *law.joinpath("data").iterdir()]
    told = sorted((each.name, each.read_bytes()) for each in parts if each.name.endswith((".py", ".json")))
    return [hashlib.sha256(content).hexdigest() for _name, content in told]


@functools.lru_cache(maxsize=4)
def _severities(changes: tuple[tuple[str, str], ...]) -> dict[str, Severity]:
    return weights(dict(changes))


@functools.lru_cache(maxsize=4)
def _words(path: str) -> WordList:
    return STANDARD.and_also(json.loads(Path(path).read_text("utf-8")))
