"""Reading the catalogue: current editions, guides, search, checks of a document before it is released."""

from yimen.catalog.queries.checking import Problem, check, check_package
from yimen.catalog.queries.consulting import proofs_unheard
from yimen.catalog.queries.difference import Change, difference
from yimen.catalog.queries.editions import (
    Cancelled,
    NoSuchItem,
    Suspended,
    all_current,
    current,
    current_of,
    desk_items,
    edition,
    editions_of,
    material_needs,
    packages,
)
from yimen.catalog.queries.finding import (
    Facet,
    Found,
    ItemHit,
    Suggestion,
    ThingHit,
    all_things,
    counts,
    facets,
    named,
    popular,
    search,
    suggestions,
    things,
)
from yimen.catalog.queries.guide import Guide, guide
from yimen.catalog.queries.impact import Impact, impact, spared

__all__ = [
    "Cancelled",
    "Change",
    "Facet",
    "Found",
    "Guide",
    "Impact",
    "ItemHit",
    "NoSuchItem",
    "Problem",
    "Suggestion",
    "Suspended",
    "ThingHit",
    "all_current",
    "all_things",
    "check",
    "check_package",
    "counts",
    "current",
    "current_of",
    "desk_items",
    "difference",
    "edition",
    "editions_of",
    "facets",
    "guide",
    "impact",
    "material_needs",
    "named",
    "packages",
    "popular",
    "proofs_unheard",
    "search",
    "spared",
    "suggestions",
    "things",
]
