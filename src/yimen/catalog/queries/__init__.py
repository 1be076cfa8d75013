"""Reading the catalogue: current editions, guides, search, checks of a document before it is released."""

from yimen.catalog.queries.checking import Problem, check, check_package
from yimen.catalog.queries.consulting import proofs_unheard
from yimen.catalog.queries.editions import (
    NoSuchItem,
    all_current,
    current,
    current_of,
    desk_items,
    edition,
    editions_of,
    material_needs,
    packages,
)
from yimen.catalog.queries.finding import Facet, Found, ItemHit, facets, named, search, suggestions
from yimen.catalog.queries.guide import Guide, guide

__all__ = [
    "Facet",
    "Found",
    "Guide",
    "ItemHit",
    "NoSuchItem",
    "Problem",
    "all_current",
    "check",
    "check_package",
    "current",
    "current_of",
    "desk_items",
    "edition",
    "editions_of",
    "facets",
    "guide",
    "material_needs",
    "named",
    "packages",
    "proofs_unheard",
    "search",
    "suggestions",
]
