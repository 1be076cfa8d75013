"""Questions that guides answer already (常见问题), where they are what somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    for edition in all_current().filter(item__slug__in=[hit.slug for hit in hits[:AMONG]]):
        for faq in edition.doc.faq:
            shared = {token for token, _weight in tokens(plain(faq.q))}
            share = sum(weight for token, weight in asked.items() if token in shared) / whole
            near.append((share, Answer(edition.item.slug, edition.item.name, faq.q, faq.a)))
    near.sort(key=lambda pair: (-pair[0], pair[1].slug))
    return [answer for share, answer in near[:size] if share >= ENOUGH]
