"""Finding items: by words, and by department, theme, subject, life event."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yimen.catalog.models import Item
from yimen.catalog.queries.index import Entry, index, words
from yimen.kit.errors import Invalid

PAGE = 20
LONGEST_QUESTION = 200
# Below this share of the best hit's score an item has little to do with the question.
RELEVANT = 0.12

ItemHit = Entry

FACETS: dict[str, Callable[[Entry], Iterable[str]]] = {
    "department": lambda entry: [entry.department],
    "theme": lambda entry: entry.themes,
    "subject": lambda entry: entry.subjects,
    "life_event": lambda entry: entry.life_events,
    "kind": lambda entry: [entry.kind],
    "level": lambda entry: entry.levels,
}


@dataclass(frozen=True)
class Found:
    """One page of hits, best first (by name when nothing was asked). total: of all pages."""

    items: list[ItemHit]
    next: str | None
    total: int


@dataclass(frozen=True)
class Facet:
    """A value one can browse by, and how many items it has. label: as people read it."""

    value: str
    label: str
    count: int


def search(
    q: str = "",
    *,
    department: str = "",
    theme: str = "",
    subject: str = "",
    life_event: str = "",
    kind: str = "",
    level: str = "",
    cursor: str | None = None,
    size: int = PAGE,
) -> Found:
    """Items that fit the words and all the facets given. Raises Invalid for a cursor that we didn't make."""
    wanted = {
        "department": department,
        "theme": theme,
        "subject": subject,
        "life_event": life_event,
        "kind": kind,
        "level": level,
    }
    hits = [entry for entry in _ranked(q) if all(not v or v in FACETS[name](entry) for name, v in wanted.items())]
    start = _start(cursor)
    more = _cursor(start + size) if start + size < len(hits) else None
    return Found(hits[start : start + size], more, len(hits))


def named(words: str) -> list[Item]:
    """Items called like this, else those that search finds for the words: for filters of lists."""
    hits = search(words, size=40).items
    slugs = [hit.slug for hit in hits if words in hit.name] or [hit.slug for hit in hits]
    return list(Item.objects.filter(slug__in=slugs))


def facets(name: str, *, subject: str = "") -> list[Facet]:
    """The values of a facet (department theme subject life_event kind level) with counts, the largest first.

    subject: only items for 自然人, or for 法人.
    """
    values = FACETS[name]
    entries = [entry for entry in index().entries if not subject or subject in entry.subjects]
    counts = Counter(value for entry in entries for value in set(values(entry)))
    labels = {entry.department: _department_label(entry) for entry in entries} if name == "department" else {}
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Facet(value, labels.get(value, value), count) for value, count in ordered]


def suggestions(q: str, size: int = 5) -> list[ItemHit]:
    """The best few, for a search box that suggests while one types."""
    return _ranked(q)[:size] if q.strip() else []


def _ranked(q: str) -> list[Entry]:
    kept = index()
    if not q.strip():
        return sorted(kept.entries, key=lambda entry: (entry.department, entry.name))
    question = q[:LONGEST_QUESTION]
    literal = question.strip().lower()
    scores = kept.scores(words(question))
    scored = [
        (score + (1000 if literal in (entry.slug, entry.name.lower()) else 0), entry)
        for score, entry in zip(scores, kept.entries, strict=True)
    ]
    best = max((score for score, _ in scored), default=0.0)
    hits = [pair for pair in scored if pair[0] > 0 and pair[0] >= best * RELEVANT]
    return [entry for _, entry in sorted(hits, key=lambda pair: (-pair[0], pair[1].slug))]


def _department_label(entry: Entry) -> str:
    return entry.agency


def _cursor(start: int) -> str:
    return base64.urlsafe_b64encode(str(start).encode()).decode().rstrip("=")


def _start(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        start = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        start = -1
    if start < 0:
        raise Invalid([{"field": "cursor", "code": "bad_cursor", "message": "翻页位置无效，请从第一页开始。"}])
    return start
