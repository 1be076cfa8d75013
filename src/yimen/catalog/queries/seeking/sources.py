"""What an index is made of, read from the tables: current editions, other things, vectors that are known already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import numpy as np

from yimen.catalog.models import Edition, Shelf, TextVector
from yimen.catalog.ports import shelvings
from yimen.catalog.queries.editions import all_current
from yimen.catalog.queries.seeking.cards import Card, Entry, card_of, card_of_thing, entry_of, office_of
from yimen.catalog.queries.seeking.index import Sources, Thing, Vectors, thing_of

# Entries and cards by the digest of their edition: a document never changes, and its words take the longest to find.
_KNOWN: dict[str, tuple[Entry, Card]] = {}
CHUNK, AT_ONCE = 500, 5000
# Of which model the vectors are; another model's are other texts' as far as anybody is concerned.
MODEL = "multilingual-e5-small-q4:"


def shelf_stamp() -> UUID | None:
    """The stamp of what can be found now."""
    return Shelf.objects.filter(pk=1).values_list("stamp", flat=True).first()


def sources() -> Sources:
    """Everything as it is now. The stamp is read first: what changes meanwhile makes the index old, not wrong."""
    return Sources(shelf_stamp(), items(), things(), known_vectors)


def items() -> list[tuple[Entry, Card]]:
    """Every current edition with its card; of those that this process knows already only the office is read."""
    current = dict(all_current().values_list("digest", "pk"))
    for gone in _KNOWN.keys() - current.keys():
        del _KNOWN[gone]
    fresh = [pk for digest, pk in current.items() if digest not in _KNOWN]
    for begin in range(0, len(fresh), CHUNK):
        for edition in all_current().filter(pk__in=fresh[begin : begin + CHUNK]):
            _KNOWN[edition.digest] = entry_of(edition), card_of(edition.doc)
    found = [_as_now(edition) for edition in all_current().defer("document") if edition.digest in _KNOWN]
    return sorted(found, key=lambda pair: (_depth(pair[0]), pair[0].slug))


def _depth(entry: Entry) -> int:
    """Of items that are worded alike the city's stands before a county's, a county's before a town's."""
    return len(entry.division.rstrip("0"))


def _as_now(edition: Edition) -> tuple[Entry, Card]:
    """Equal documents share a card; number and office are the edition's own."""
    entry, card = _KNOWN[edition.digest]
    return replace(entry, version=edition.version, **office_of(edition)), card


def things() -> list[tuple[Thing, Card]]:
    """Packages, lists and whatever else has been offered."""
    return [
        (thing_of(kind, found), card_of_thing(found))
        for kind, shelving in shelvings().items()
        for found in shelving.things()
    ]


def digest(text: str) -> str:
    """Under which a text's vector is kept."""
    return hashlib.sha256((MODEL + text).encode()).hexdigest()


def known_vectors(texts: Sequence[str]) -> list[Vectors | None]:
    """The vectors that have been computed already."""
    kept = dict(_rows({digest(text) for text in texts}))
    return [kept.get(digest(text)) for text in texts]


def unknown(texts: Iterable[str]) -> list[str]:
    """The texts whose vectors are still to be computed."""
    wanted = {digest(text): text for text in texts}
    for known, _vector in _rows(wanted.keys()):
        wanted.pop(known, None)
    return list(wanted.values())


def _rows(digests: Iterable[str]) -> Iterator[tuple[str, Vectors]]:
    every = list(digests)
    for begin in range(0, len(every), AT_ONCE):
        rows = TextVector.objects.filter(digest__in=every[begin : begin + AT_ONCE])
        for known, vector in rows.values_list("digest", "vector"):
            yield known, np.frombuffer(vector, np.float16)
