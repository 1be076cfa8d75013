"""Where a field of the library is asked."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from yimen.catalog.queries.editions import all_current
from yimen.sheets.choices import LibraryDocument
from yimen.sheets.queries import library

MOST = 200
ASKED = """jsonb_path_exists("catalog_edition"."document",
    '$.form_fields[*] ? (@.element == $code || @.prefill == $sources[*])', %s::jsonb)"""


@dataclass(frozen=True)
class Use:
    """A question of an item that asks the field. slug: the item's; label: as the form words it."""

    slug: str
    item: str
    agency: str
    label: str


def uses_of(element: LibraryDocument) -> list[Use]:
    """The questions of current editions that ask it, by item; at most those of so many items."""
    book = library()
    facts = {"code": element.code, "sources": list(element.sources)}
    told = RawSQL(ASKED, [json.dumps(facts)], BooleanField())  # noqa: S611 the facts are a parameter
    asked = all_current().annotate(asks=told).filter(asks=True)
    return [
        Use(edition.item.slug, edition.item.name, edition.item.agency.name, field.label)
        for edition in asked.order_by("item__name")[:MOST]
        for field in edition.doc.form_fields
        if book.element_of(field) == element.code
    ]
