"""The words of all current editions, kept in each process and rebuilt when the shelf bears a new stamp."""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import bm25s
import jieba

from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Edition, Shelf
from yimen.catalog.queries.editions import all_current
from yimen.kit.commands import memo
from yimen.law.limits import Limit

jieba.setLogLevel(logging.WARNING)

# How much a word weighs by where it stands: a name says more than an answer in the FAQ.
WEIGHTS = {"name": 5, "everyday": 5, "life_event": 3, "result": 3, "theme": 2, "condition": 1, "faq": 2, "material": 1}
WORD = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")
# Words that questions are made of; they say nothing about what is asked for.
EMPTY_WORDS = frozenset(
    """
    的 了 吗 呢 吧 啊 么 我 我们 你 他 她 它 想 要 想要 需要 怎么 怎么办 怎样 如何 什么 哪里 哪儿 哪些
    多少 多久 可以 能 能不能 可不可以 是否 是 在 到 去 来 把 被 让 给 和 与 或 及 以及 一个 一家 一下
    这里 那里 这个 那个 有 没有 后 前 时 请问 办 办理 手续 申请 事项 材料 证明 相关 应当 应 须 为 由 对 等
    不 个 家 里 上 下 自己 现在 已经 还 也 都 就 才 刚 刚刚
    """.split()  # noqa: SIM905 - words are easier to read and to sort in a text
)


@dataclass(frozen=True)
class Entry:
    """An item as search and browsing know it."""

    slug: str
    name: str
    kind: str
    case_type: str
    department: str
    agency: str
    agency_id: int
    version: int
    subjects: tuple[str, ...]
    themes: tuple[str, ...]
    life_events: tuple[str, ...]
    levels: tuple[str, ...]
    promised_days: int | None
    promised: str
    limit: Limit
    instant: bool
    visits: int
    online_depth: str
    online: bool
    charged: bool
    cross_city: bool
    materials: int
    results: tuple[str, ...]


@dataclass
class Index:
    """All entries, and the word index over them. stamp: of the shelf it was built from."""

    stamp: UUID | None
    entries: list[Entry]
    tokens: list[list[str]] = field(repr=False, default_factory=list)
    ranker: Any = field(repr=False, default=None)
    vocabulary: frozenset[str] = frozenset()

    def scores(self, words: list[str]) -> list[float]:
        """How well each entry fits the words; 0 where none occurs."""
        known = [word for word in words if word in self.vocabulary]
        if not known or self.ranker is None:
            return [0.0] * len(self.entries)
        return [float(score) for score in self.ranker.get_scores(known)]


_kept = Index(uuid4(), [])
_lock = threading.Lock()


def index() -> Index:
    """The index as of now. One small statement tells whether the kept one is old; then it is built anew.

    A page that asks several times is told once (kit.commands.remembering).
    """
    remembered = memo()
    if "catalog.index" not in remembered:
        remembered["catalog.index"] = _fresh()
    known: Index = remembered["catalog.index"]
    return known


def _fresh() -> Index:
    global _kept
    stamp = Shelf.objects.filter(pk=1).values_list("stamp", flat=True).first()
    kept = _kept
    if kept.stamp != stamp:
        with _lock:
            if _kept.stamp != stamp:
                _kept = _build(stamp)
            kept = _kept
    return kept


def words(text: str) -> list[str]:
    """The words of a question or document: jieba's, and the pairs of characters inside longer ones (饭馆 in 小饭馆)."""
    found: list[str] = []
    for run in WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        found.extend(word for word in jieba.cut_for_search(run) if word not in EMPTY_WORDS)
        found.extend(pair for pair in _pairs(run) if pair[1:] not in EMPTY_WORDS)
    return found


def _pairs(run: str) -> Iterator[str]:
    """Pairs of neighbours and single characters: 药店 and 药品 share one. Marked, so that they don't pass for words."""
    if not run.isascii():
        yield from (f"_{run[place : place + 2]}" for place in range(len(run) - 1))
        yield from (f"_{character}" for character in run)


def _build(stamp: UUID | None) -> Index:
    editions = list(all_current())
    made = Index(stamp, [_entry(edition) for edition in editions], [_tokens(edition.doc) for edition in editions])
    if made.entries:
        made.vocabulary = frozenset(token for tokens in made.tokens for token in tokens)
        made.ranker = bm25s.BM25(method="lucene", k1=1.4, b=0.6)
        made.ranker.index(made.tokens, show_progress=False)
        made.tokens = []
    return made


def _tokens(document: EditionDocument) -> list[str]:
    return [word for place, texts in _texts(document) for text in texts for word in words(text) * WEIGHTS[place]]


def _texts(document: EditionDocument) -> Iterable[tuple[str, Iterable[str]]]:
    yield "name", [document.name]
    yield "everyday", document.everyday_words
    yield "life_event", document.life_event
    yield "theme", document.theme
    yield "result", [result.name for result in document.results]
    yield "condition", document.conditions
    yield "faq", [text for faq in document.faq for text in (faq.q, faq.a)]
    yield "material", [material.name for material in document.materials]


def _entry(edition: Edition) -> Entry:
    document, agency = edition.doc, edition.item.agency
    limit = document.decision_limits.promise
    return Entry(
        slug=document.slug,
        name=document.name,
        kind=document.kind,
        case_type=document.case_type.value,
        department=document.department,
        agency=agency.name,
        agency_id=agency.pk,
        version=edition.version,
        subjects=document.subjects,
        themes=document.theme,
        life_events=document.life_event,
        levels=document.level,
        promised_days=document.promised_days,
        promised="当场办结" if document.instant else str(limit),
        limit=limit,
        instant=document.instant,
        visits=document.visits,
        online_depth=document.online_depth,
        online=document.online_depth in ("三级", "四级"),
        charged=document.fee.charged,
        cross_city=document.cross_city,
        materials=len(document.materials),
        results=tuple(result.name for result in document.results),
    )
