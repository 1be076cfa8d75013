"""The search: how often a right item stands among the first, and how long it takes over a large catalogue."""

from __future__ import annotations

import functools
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from django.conf import settings
from django.db import connection
from django.test import Client

from bench.figures import latencies
from bench.ours.many_items import many_items
from yimen.catalog import queries
from yimen.catalog.choices import EditionDocument, EditionState
from yimen.catalog.commands import indexing
from yimen.catalog.commands.releasing import digest
from yimen.catalog.models import Edition, Item, SearchIndex, Shelf, TextVector
from yimen.catalog.queries.seeking import keeping, meaning, sources
from yimen.city.models import Agency
from yimen.kit.commands import remembering
from yimen.kit.time import now

VECTORS = Path(__file__).resolve().parents[2] / "tests" / "vectors"
SAMPLE, CHUNK = 200, 500
# Counties and towns offer much of what the city does.
COPIES = 5


def stock(items: int) -> dict[str, Any]:
    """Put generated items beside those of the demonstration, written straight into the tables; gives the seconds."""
    begun = time.perf_counter()
    agencies = {agency.code: agency for agency in Agency.objects.select_related("division")}
    batch: list[dict[str, Any]] = []
    for raw in many_items(items, copies=COPIES):
        batch.append(raw)
        if len(batch) == CHUNK:
            _write(batch, agencies)
            batch = []
    _write(batch, agencies)
    Shelf.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_item, catalog_edition")
    return {"items": Item.objects.count(), "seconds": time.perf_counter() - begun}


def unseen() -> int:
    """Put the items that nobody has seen beside those of the demonstration."""
    rows = [*_vectors("unseen-items"), *_vectors("further-items")]
    agency = Agency.objects.select_related("division").order_by("pk")[:1].get()
    _write([raw | {"agency": agency.code} for raw in rows], {agency.code: agency})
    Shelf.objects.all().delete()
    return len(rows)


def _write(batch: Sequence[Mapping[str, Any]], agencies: Mapping[str, Agency]) -> None:
    items, editions = [], []
    for raw in batch:
        document = EditionDocument.model_validate(raw).keyed()
        agency = agencies[str(document.agency)]
        item = Item(slug=document.slug, name=document.name, kind=document.kind, case_type=document.case_type.value,
                    department=document.department, agency=agency, division=agency.division.code)  # fmt: skip
        items.append(item)
        editions.append(
            Edition(item=item, version=1, document=document.stored(), digest=digest(document.essence()),
                    state=EditionState.RELEASED, released_at=now(), valid_from=date(2026, 1, 1))
        )  # fmt: skip
    Item.objects.bulk_create(items)
    Edition.objects.bulk_create(editions)


def indexed(real_vectors: bool) -> dict[str, float]:
    """Build the index twice, the second time with most cards known, and take it up as a web process does."""
    figures = {"vectors_per_s": _embedded(real_vectors)}
    for name in ("first", "again"):
        begun = time.perf_counter()
        indexing.build_index(at=now())
        figures[f"{name}_s"] = time.perf_counter() - begun
    keeping.forget()
    begun = time.perf_counter()
    kept = keeping.index()
    figures |= {"taken_up_s": time.perf_counter() - begun, "items": len(kept.entries)}
    figures["mib"] = len(SearchIndex.objects.values_list("content", flat=True).get()) / 2**20
    return figures


def _embedded(real: bool) -> float:
    """Vectors per second. Unless all are wanted, those beyond a sample are drawn by lot: as long, but without sense."""
    if not meaning.available():
        return 0.0
    made = sources.sources()
    texts = sources.unknown([text for _entry, card in made.items for text in (card.name, card.whole)])
    begun, few = time.perf_counter(), texts[:SAMPLE]
    for text in few:
        meaning.of_texts([text])
    rate = len(few) / max(time.perf_counter() - begun, 1e-9)
    if not real:
        drawn = np.random.default_rng(1)
        for begin in range(0, len(texts), CHUNK):
            rows = drawn.normal(size=(CHUNK, meaning.WIDTH))
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            TextVector.objects.bulk_create(
                TextVector(digest=sources.digest(text), vector=row.astype(np.float16).tobytes())
                for text, row in zip(texts[begin : begin + CHUNK], rows, strict=False)
            )
    return rate if few else 0.0


def quality() -> dict[str, dict[str, float]]:
    """For each set of questions, and each kind of the largest: how many have a right item among the first 1, 3, 5."""
    found: dict[str, list[int]] = defaultdict(list)
    for name, question in _questions():
        hits = [_first_of(hit.slug) for hit in queries.search(question["query"], size=5).items]
        right = [place for place, slug in enumerate(hits, 1) if slug in question["any_of"]]
        found[name].append(min(right, default=99))
        if name == "questions":
            found[f"questions, {question['kind']}"].append(min(right, default=99))
    return {name: {str(first): _share(places, first) for first in (1, 3, 5)} for name, places in found.items()}


def quality_by_words() -> dict[str, dict[str, float]]:
    """The same without vectors: those of many generated items would be drawn by lot."""
    keeping.index().asked.clear()
    with patch.object(meaning, "available", lambda: False):
        found = quality()
    keeping.index().asked.clear()
    return {name: found[name] for name in ("queries", "questions")}


def _first_of(slug: str) -> str:
    """The item from which a generated one was made."""
    begun, _dash, number = slug.rpartition("-")
    return next((known for known in _known() if known[:44].rstrip("-") == begun), slug) if number.isdigit() else slug


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(slug for _name, question in _questions() for slug in question["any_of"])


def packages_found() -> float:
    """The share of questions for a package that show it among the first three other things."""
    rows = _vectors("package-questions")
    return sum(row["package"] in [hit.key for hit in queries.things(row["query"])] for row in rows) / len(rows)


def _share(places: Sequence[int], first: int) -> float:
    return sum(place <= first for place in places) / len(places)


def _questions() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in ("queries", "questions", "unseen-questions", "further-questions"):
        for row in _vectors(name):
            yield name, row


def _vectors(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
    return rows


def asked() -> dict[str, float]:
    """Milliseconds of a question never asked before, of all that a result page needs, of the page as a visitor gets it."""
    settings.ALLOWED_HOSTS = ["*"]
    texts, visitor = [question["query"] for _name, question in _questions()][::4], Client()
    visitor.get("/items/", {"q": "热身"})
    took = {
        "search": _timed(texts, queries.search),
        "suggest": _timed(texts, queries.suggestions),
        "page": _timed(texts, _page),
        "view": _timed(texts[::2], lambda text: visitor.get("/items/", {"q": text})),
    }
    return {f"{name}_{key}": value for name, figures in took.items() for key, value in figures.items()}


def _page(text: str) -> None:
    with remembering():
        queries.search(text)
        queries.counts(text)
        queries.things(text)


def _timed(texts: Sequence[str], ask: Callable[[str], object]) -> dict[str, float]:
    """Each as if nobody had ever asked it."""
    keeping.index().asked.clear()
    meaning.of_question.cache_clear()
    seconds = []
    for text in texts:
        begun = time.perf_counter()
        ask(text)
        seconds.append(time.perf_counter() - begun)
    return latencies(seconds)
