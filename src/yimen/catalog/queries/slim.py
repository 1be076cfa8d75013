"""Kept documents as far as the rules read them, many at a time: without what no rule looks at, blanks left out.

An edition of a county, town or village comes whole: it is compared with the one above it field by field.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL
from pydantic_core import from_json

from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Edition

AT_ONCE = 500
# With a form that refers to no field of the library they are two thirds of a document.
UNREAD = ("manual", "everyday_words")
DOCUMENT = """CASE WHEN jsonb_typeof("catalog_edition"."document" -> 'inherits') = 'object'
    THEN "catalog_edition"."document"::text
    ELSE jsonb_strip_nulls("catalog_edition"."document" - %s::text[] - CASE
        WHEN jsonb_path_exists("catalog_edition"."document", '$.form_fields[*].element ? (@ != null)')
        THEN '{}'::text[] ELSE '{form_fields,form_rules}'::text[] END)::text END"""


def slim(rows: QuerySet[Edition]) -> Iterator[tuple[Edition, EditionDocument]]:
    """Each edition with its document, in a stream: twenty thousand don't fit into memory."""
    told = rows.defer("document").annotate(raw=RawSQL(DOCUMENT, [list(UNREAD)], TextField()))  # noqa: S611 no input
    for edition in told.iterator(chunk_size=AT_ONCE):
        yield edition, EditionDocument.model_validate(from_json(edition.raw))
