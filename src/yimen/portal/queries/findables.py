"""What this front door lets the search find beside items, and what it knows of how often items are used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from yimen.cases.queries.usage import filed_by_item
from yimen.catalog import queries as catalog
from yimen.catalog.ports import Findable
from yimen.catalog.queries.consulting import consultations as asked_of_the_public
from yimen.catalog.queries.lists import LISTS
from yimen.kit.time import now

YEAR = timedelta(days=365)
# Lists are asked for by this word, whatever their names.
CALLED = "清单"


def packages() -> Iterator[Findable]:
    """One-thing packages, found also by their life event and by what is called so."""
    for package in catalog.packages():
        document = package.doc
        called = (document.life_event, "一件事", *document.everyday_words)
        yield Findable(package.code, package.name, document.description, called)


def lists() -> Iterator[Findable]:
    """Published lists."""
    for code, kind in LISTS.items():
        yield Findable(code, str(kind.title), str(kind.purpose), (CALLED,))


def consultations() -> Iterator[Findable]:
    """What the public is or was asked about proofs: found by the proof too, whatever the title says."""
    for each in asked_of_the_public():
        yield Findable(str(each.pk), each.title, each.reason, ("征求意见", each.material_name))


def used() -> dict[str, int]:
    """Cases by item over the last twelve months."""
    return filed_by_item(now() - YEAR)
