"""A rule of visibility is written once, as a condition on a query; here it is asked of a row that is in hand.

So a page that has read a case by its number needs no second statement with the ids of 300 agencies in it, and still
there is one rule for lists, pages, API and exports.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from django.db.models import Model, Q

LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, wanted: wanted is not None and value == wanted,
    "in": lambda value, wanted: value in wanted,
    "isnull": lambda value, wanted: (value is None) is wanted,
}


def holds(rule: Q, row: Model) -> bool:
    """Does the condition hold for the row? It may join `exact`, `in` and `isnull` by and, or, not.

    Raises TypeError or FieldDoesNotExist for anything else: better no answer than another one than the database gives.
    """
    if rule.connector not in (Q.AND, Q.OR):
        raise TypeError(f"a rule about a row can't be joined by {rule.connector}")
    told = (holds(child, row) if isinstance(child, Q) else _fits(child, row) for child in rule.children)
    verdict = any(told) if rule.connector == Q.OR and rule.children else all(told)
    return verdict is not rule.negated


def _fits(child: Any, row: Model) -> bool:
    if not isinstance(child, tuple) or hasattr(child[1], "resolve_expression"):
        raise TypeError(f"a rule about a row can't hold the expression {child!r}")
    name, wanted = child
    *path, lookup = name.split("__")
    if lookup not in LOOKUPS:
        path, lookup = [*path, lookup], "exact"
    return LOOKUPS[lookup](reduce(_value, path, row), wanted)


def _value(thing: Model | None, name: str) -> Any:
    """A column of a row, or the row it points at."""
    if thing is None or name == "pk":
        return thing and thing.pk
    thing._meta.get_field(name)
    return getattr(thing, name)
