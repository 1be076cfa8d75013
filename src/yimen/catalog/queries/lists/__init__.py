"""Published lists (清单): what they are, what they say now, what they said in a quarter, as files."""

from yimen.catalog.queries.lists import ease, powers, proofs
from yimen.catalog.queries.lists.entries import Choice, Entries
from yimen.catalog.queries.lists.holdings import current_rows
from yimen.catalog.queries.lists.kinds import LISTS, Column, ListKind, Row, Source, offer
from yimen.catalog.queries.lists.reading import (
    Asked,
    Listing,
    NoSuchList,
    list_kind,
    listed,
    narrowed,
    page_of,
)

# Their declarations, in the order in which they are shown.
DECLARED = (powers, proofs, ease)

__all__ = [
    "DECLARED",
    "LISTS",
    "Asked",
    "Choice",
    "Column",
    "Entries",
    "ListKind",
    "Listing",
    "NoSuchList",
    "Row",
    "Source",
    "current_rows",
    "list_kind",
    "listed",
    "narrowed",
    "offer",
    "page_of",
]
