"""Reading the catalogue: current editions, guides, search, checks of a document before it is released."""

from yimen.catalog.queries.checking import Problem, check, check_package
from yimen.catalog.queries.consulting import proofs_unheard
from yimen.catalog.queries.difference import Change, difference
from yimen.catalog.queries.easing import eased, easings
from yimen.catalog.queries.easing import words as easing_words
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
    in_force,
    material_needs,
    packages,
)
from yimen.catalog.queries.finding import (
    MOST_USED,
    Facet,
    Found,
    ItemHit,
    Suggestion,
    ThingHit,
    all_things,
    counts,
    facets,
    label,
    named,
    popular,
    search,
    suggestions,
    things,
)
from yimen.catalog.queries.guide import Guide, guide
from yimen.catalog.queries.impact import Impact, impact

__all__ = [
    "MOST_USED",
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
    "eased",
    "easing_words",
    "easings",
    "edition",
    "editions_of",
    "facets",
    "guide",
    "impact",
    "in_force",
    "label",
    "material_needs",
    "named",
    "packages",
    "popular",
    "proofs_unheard",
    "search",
    "suggestions",
    "things",
]
