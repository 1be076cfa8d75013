"""Published lists (清单): what they are, what they say now, what they said in a quarter, as files."""

from yimen.catalog.queries.lists import ease, powers, proofs
from yimen.catalog.queries.lists.holdings import current_rows
from yimen.catalog.queries.lists.kinds import LISTS, Column, ListKind, Row, Source, offer
from yimen.catalog.queries.lists.reading import (
    Asked,
    Choice,
    Listing,
    NoSuchList,
    agencies_in,
    levels_in,
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
    "ListKind",
    "Listing",
    "NoSuchList",
    "Row",
    "Source",
    "agencies_in",
    "current_rows",
    "levels_in",
    "list_kind",
    "listed",
    "narrowed",
    "offer",
    "page_of",
]
