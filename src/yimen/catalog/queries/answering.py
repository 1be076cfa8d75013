"""What the best items' guides say to a question: answers (常见问题), and situations on which lists depend (情形)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from yimen.catalog.models import Edition
from yimen.catalog.queries.editions import all_current
from yimen.catalog.queries.seeking.cards import Entry
from yimen.catalog.queries.seeking.text import core, plain, tokens
from yimen.catalog.queries.situations import questions
from yimen.kit.commands import keep_once

# So many of the best items are asked; a question must share so much of what was asked to be the same.
AMONG, ENOUGH = 5, 0.45
# A situation of the third item is hardly what somebody means.
LIKELY = 2


@dataclass(frozen=True)
class Answer:
    """A question with its answer, and the item in whose guide it stands."""

    slug: str
    item: str
    question: str
    answer: str


@dataclass(frozen=True)
class Situated:
    """A situation that the question tells of, and the item whose list of materials depends on it.

    field, value: the answer as the guided situation takes it; words: as people read it.
    """

    slug: str
    item: str
    words: str
    field: str
    value: str


def answers(q: str, hits: Sequence[Entry], size: int = 2) -> list[Answer]:
    """The questions of the best items' guides that come nearest to what was asked; often none."""
    asked = dict(tokens(core(plain(q))))
    whole = sum(asked.values())
    if len(q.strip()) < 4 or not whole or not hits:
        return []
    near = []
    for edition in _best(hits):
        for faq in edition.doc.faq:
            shared = _said(faq.q)
            share = sum(weight for token, weight in asked.items() if token in shared) / whole
            near.append((share, Answer(edition.item.slug, edition.item.name, faq.q, faq.a)))
    near.sort(key=lambda pair: (-pair[0], pair[1].slug))
    return [answer for share, answer in near[:size] if share >= ENOUGH]


def situated(q: str, hits: Sequence[Entry], size: int = 2) -> list[Situated]:
    """The situations of the best items that the question names and their names don't: one per item."""
    asked = {token for token, _weight in tokens(core(plain(q))) if len(token) > 1 and token[0] != "_"}
    found = (_situation(edition, asked - _said(edition.item.name)) for edition in _best(hits)[:LIKELY] if asked)
    return [each for each in found if each is not None][:size]


def _situation(edition: Edition, told: frozenset[str] | set[str]) -> Situated | None:
    for field in questions(edition.doc) if told else ():
        for choice in field.choices or ():
            if told & _said(choice):
                words = f"{field.label}：{choice}"
                return Situated(edition.item.slug, edition.item.name, words, field.name, choice)
    return None


def _best(hits: Sequence[Entry]) -> list[Edition]:
    """The guides of the best hits, in their order; a page that asks twice reads them once.

    Documents that this process has read already need not come from the database again: they are most of a page.
    """
    slugs = [hit.slug for hit in hits[:AMONG]]
    found = keep_once(
        f"catalog.best {slugs}", lambda: list(all_current().filter(item__slug__in=slugs).defer("document"))
    )
    return sorted(found, key=lambda edition: slugs.index(edition.item.slug))


@lru_cache(20_000)
def _said(question: str) -> frozenset[str]:
    """The words of a guide's question: they stay as they are, and finding them takes long."""
    return frozenset(token for token, _weight in tokens(plain(question)))
