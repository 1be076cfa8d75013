"""The field library: what is in it, and which of its fields a question of a form asks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Sum

from yimen.kit.commands import read_once
from yimen.kit.errors import NotFound
from yimen.law.package_words import plain
from yimen.sheets.choices import FormField, LibraryDocument, Sheet, to_schema
from yimen.sheets.models import LibraryField
from yimen.sheets.queries.rule_words import rule_words
from yimen.sheets.queries.sections import sections

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "library.json"


class NoSuchElement(NotFound):
    code = "no_such_element"
    sentence = "数据元“{element}”不在数据元库里。"


@dataclass(frozen=True)
class Library:
    """All fields by code, those that are out of use too. version: differs whenever something was changed."""

    fields: Mapping[str, LibraryDocument]
    version: int

    def get(self, code: str | None) -> LibraryDocument | None:
        """The field of a code."""
        return self.fields.get(code or "")

    def element_of(self, field: FormField) -> str | None:
        """The code of what a question asks: as it says itself, else as where it is prefilled from says."""
        return field.element or self.derived(field.prefill, field.label)

    def sure_element_of(self, field: FormField) -> str | None:
        """The same, where the question also bears a name of that field.

        男方姓名 and 买方姓名 may both be prefilled from who applies, and are not one question.
        """
        found = self.element_of(field)
        if field.element or found is None or found not in self.fields:
            return found
        return found if _named(self.fields[found], plain(field.label)) else None

    def derived(self, path: str | None, label: str) -> str | None:
        """The field that is taken from a path; where several are, the one with that name, else the nearest to it."""
        nearest = self._by_source.get(path or "", ())
        said = plain(label)
        return next((each.code for each in nearest if _named(each, said)), nearest[0].code if nearest else None)

    @cached_property
    def _by_source(self) -> dict[str, tuple[LibraryDocument, ...]]:
        found: dict[str, list[LibraryDocument]] = {}
        for each in self.fields.values():
            for source in each.sources if not each.retired else ():
                found.setdefault(source, []).append(each)
        return {
            source: tuple(sorted(some, key=lambda one: one.sources.index(source))) for source, some in found.items()
        }


def library() -> Library:
    """The library as it is now: one small statement, and the rows only when something was changed.

    A city that has not loaded one yet has the one that comes with the platform.
    """
    return read_once("sheets.elements", _library)


def element_of(field: FormField) -> str | None:
    """The code of the library field that a question asks; None when the library knows nothing of it."""
    return field.element or (library().element_of(field) if field.prefill else None)


def schema(sheet: Sheet, *, title: str = "", address: str = "") -> dict[str, Any]:
    """A form as JSON Schema 2020-12, with what the library says of its fields."""
    book = library()
    asks = {one.name: each for one in sheet.form_fields if (each := book.get(book.sure_element_of(one)))}
    rules = getattr(sheet, "form_rules", ())
    found = to_schema(sheet.form_fields, rules, title=title, address=address, elements=asks)
    pages = [{"title": each.title, "fields": [one.name for one in each.fields]} for each in sections(sheet.form_fields)]
    told = [
        {**said, "x-says": rule_words(sheet, rule)} for said, rule in zip(found.get("x-rules", ()), rules, strict=True)
    ]
    return {**found, "x-layout": pages, **({"x-rules": told} if told else {})}


def library_field(code: str) -> LibraryDocument:
    """One field. Raises NoSuchElement."""
    found = library().get(code)
    if found is None:
        raise NoSuchElement(element=code)
    return found


def search_library(asked: str = "") -> list[LibraryDocument]:
    """Fields whose name, other names, code or meaning hold the words asked for; those in use first."""
    words = asked.casefold().split()
    found = [each for each in library().fields.values() if all(word in _text(each) for word in words)]
    return sorted(found, key=lambda each: (each.retired is not None, asked not in each.names, each.code))


def shipped(path: Path = SHIPPED) -> Iterator[dict[str, Any]]:
    """The fields of a library's file, as they stand there."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return ({"since": raw.get("since"), **each} for each in raw["fields"])


def _text(document: LibraryDocument) -> str:
    return " ".join((*document.names, document.code, document.meaning)).casefold()


def _named(document: LibraryDocument, said: str) -> bool:
    return any(plain(name) == said for name in document.names)


_kept: Library | None = None


def _library() -> Library:
    global _kept
    version = LibraryField.objects.aggregate(version=Sum("revision"))["version"]
    if version is None:
        return _brought_along()
    if _kept is None or _kept.version != version:
        _kept = Library({row.code: row.doc for row in LibraryField.objects.all()}, version)
    return _kept


@lru_cache(maxsize=1)
def _brought_along() -> Library:
    return Library({each["code"]: LibraryDocument.model_validate(each) for each in shipped()}, 0)
