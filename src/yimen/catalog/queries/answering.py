"""Questions that guides answer already (常见问题), where they are what somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from yimen.catalog.queries.editions import all_current
from yimen.catalog.queries.seeking.cards import Entry
from yimen.catalog.queries.seeking.text import core, plain, tokens

# So many of the best items are asked; a question must share so much of what was asked to be the same.
AMONG, ENOUGH = 5, 0.45


@dataclass(frozen=True)
class Answer:
    """A question with its answer, and the item in whose guide it stands."""

    slug: str
    item: str
    question: str
    answer: str


def answers(q: str, hits: Sequence[Entry], size: int = 2) -> list[Answer]:
    """The questions of the best items' guides that come nearest to what was asked; often none."""
    asked = dict(tokens(core(plain(q))))
    whole = sum(asked.values())
    if len(q.strip()) < 4 or not whole or not hits:
        return []
    near = []
    # Documents that this process has read already need not come from the database again, and they are most of a page.
    for edition in all_current().filter(item__slug__in=[hit.slug for hit in hits[:AMONG]]).defer("document"):
        for faq in edition.doc.faq:
            shared = _said(faq.q)
            share = sum(weight for token, weight in asked.items() if token in shared) / whole
            near.append((share, Answer(edition.item.slug, edition.item.name, faq.q, faq.a)))
    near.sort(key=lambda pair: (-pair[0], pair[1].slug))
    return [answer for share, answer in near[:size] if share >= ENOUGH]


@lru_cache(20_000)
def _said(question: str) -> frozenset[str]:
    """The words of a guide's question: they stay as they are, and finding them takes long."""
    return frozenset(token for token, _weight in tokens(plain(question)))
