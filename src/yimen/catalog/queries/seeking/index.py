"""The index: everything that can be found, by what it is found, and how it is packed to be handed on."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import jieba
import numpy as np
from numpy.typing import NDArray

from yimen.catalog.ports import Findable
from yimen.catalog.queries.seeking import abbreviations, families, letters, lexical, places, slips
from yimen.catalog.queries.seeking.cards import Card, Entry, packed, unpacked
from yimen.catalog.queries.seeking.everyday import dictionary
from yimen.catalog.queries.seeking.facets import Column, columns
from yimen.catalog.queries.seeking.families import Families
from yimen.catalog.queries.seeking.places import Places
from yimen.catalog.queries.seeking.ranking import Ranked, Ranking
from yimen.catalog.queries.seeking.text import RUN, plain

# To be raised whenever what is packed changes: an index of another format is not read, but built anew.
MARK = b"yimen-search-4\n"
QUESTIONS = 128
Vectors = NDArray[np.float16]


@dataclass(frozen=True)
class Thing:
    """Something found beside items: a package, a list. kind: of the shelving that offers it."""

    kind: str
    key: str
    name: str
    summary: str


@dataclass(frozen=True)
class Index:
    """All items and other things, and the rankings over them. stamp: of the shelf it was built from.

    names: plain, item by item; families: which items are the same, offered elsewhere; by_name: by department and name,
    for who asks nothing.
    """

    stamp: UUID | None
    entries: list[Entry]
    things: list[Thing]
    items: Ranking
    others: Ranking
    facets: Mapping[str, Column] = field(repr=False)
    names: Sequence[str] = field(repr=False)
    at: Mapping[str, int] = field(repr=False)
    families: Families = field(repr=False)
    places: Places = field(repr=False)
    by_name: NDArray[np.intp] = field(repr=False)
    asked: dict[str, Ranked] = field(default_factory=dict, repr=False)

    def remember(self, question: str, ranked: Ranked) -> None:
        """Keep the answer to a question, the oldest out."""
        if len(self.asked) >= QUESTIONS:
            self.asked.pop(next(iter(self.asked)), None)
        self.asked[question] = ranked


@dataclass(frozen=True)
class Sources:
    """What an index is made of. vectors: gives a text's vector, or None while it has none."""

    stamp: UUID | None
    items: Sequence[tuple[Entry, Card]]
    things: Sequence[tuple[Thing, Card]]
    vectors: Callable[[Sequence[str]], Sequence[Vectors | None]]


def thing_of(kind: str, found: Findable) -> Thing:
    """A findable thing as the index keeps it."""
    return Thing(kind, found.key, found.name, found.summary)


def build(sources: Sources) -> bytes:
    """The whole index, packed."""
    cards = [card for _entry, card in sources.items]
    others = [card for _thing, card in sources.things]
    phrases, words = _vocabulary([*cards, *others])
    short = abbreviations.made(phrases, words)
    facts = {
        "stamp": str(sources.stamp) if sources.stamp else None,
        "entries": [packed(entry) for entry, _card in sources.items],
        "things": [[thing.kind, thing.key, thing.name, thing.summary] for thing, _card in sources.things],
        "phrases": phrases,
        "words": words,
        "sounds": [letters.sound(word) for word in words],
        "initials": letters.first_letters(letters.GAP.join(phrases)),
        "short": [[each, term, letters.sound(each)] for each, term in short.items()],
    }
    arrays = {**_arrays("items", cards, sources.vectors), **_arrays("others", others, sources.vectors)}
    number = families.numbered([entry for entry, _card in sources.items])
    return _written(facts, {**arrays, "families": number})


def _vocabulary(cards: Iterable[Card]) -> tuple[list[str], dict[str, int]]:
    """Short phrases, and the words in them with how often they occur; those of the everyday dictionary too."""
    phrases = dict.fromkeys(run for card in cards for phrase in card.phrases for run in _runs(phrase))
    counts = Counter(word for phrase in phrases for word in jieba.cut_for_search(phrase) if len(word) > 1)
    for said, official in dictionary().official.items():
        spoken = [word for word in (said, *official) if not word.isascii()]
        counts.update(spoken)
        phrases |= dict.fromkeys(spoken[:1])
    return list(phrases), dict(counts.most_common())


def _runs(phrase: str) -> list[str]:
    return [run for run in RUN.findall(plain(phrase)) if not run.isascii()]


def _arrays(name: str, cards: Sequence[Card], vectors: Callable[..., Sequence[Vectors | None]]) -> dict[str, Any]:
    head, body = lexical.fit([list(card.head) for card in cards]), lexical.fit([list(card.body) for card in cards])
    arrays = {f"{name}.{part}.{key}": value for part, words in (("head", head), ("body", body))
              for key, value in _columns(words).items()}  # fmt: skip
    names, wholes = (
        _matrix(vectors(texts)) for texts in ([card.name for card in cards], [card.whole for card in cards])
    )
    if names is not None and wholes is not None:
        arrays[f"{name}.vectors"] = (names + wholes).astype(np.float16)
    return arrays


def _matrix(rows: Sequence[Vectors | None]) -> Vectors | None:
    """One row per card; one whose vector is still to come stands in the middle of all. None while half are missing."""
    known = [row for row in rows if row is not None]
    if not known or len(known) < len(rows) / 2:
        return None
    middle = np.mean(np.asarray(known, np.float32), axis=0).astype(np.float16)
    return np.stack([middle if row is None else row for row in rows])


def _columns(words: lexical.Words) -> dict[str, NDArray[Any]]:
    ordered = sorted(words.place, key=words.place.__getitem__)
    return {
        "words": _bytes("\n".join(ordered)),
        "places": np.asarray([words.place[word] for word in ordered], np.int32),
        "starts": words.starts,
        "holders": words.holders,
        "impact": words.impact.astype(np.float16),
        "weight": words.weight,
        "rest": np.asarray([words.rarest, words.count], np.float64),
    }


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _written(facts: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    into = io.BytesIO()
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    np.savez_compressed(into, allow_pickle=False, facts=_bytes(text), **arrays)
    return MARK + into.getvalue()


def readable(content: bytes) -> bool:
    """Is it of this format?"""
    return bytes(content[: len(MARK)]) == MARK


def load(content: bytes) -> Index:
    """An index from its packed form, which must be readable."""
    arrays = np.load(io.BytesIO(content[len(MARK) :]), allow_pickle=False)
    facts = json.loads(arrays["facts"].tobytes())
    entries = [unpacked(values) for values in facts["entries"]]
    short = {each: term for each, term, _sound in facts["short"]}
    spelling = letters.restore(
        facts["phrases"], facts["initials"], facts["words"], facts["sounds"],
        {each: said for each, _term, said in facts["short"]},
    )  # fmt: skip
    sounds = dict(zip(facts["words"], facts["sounds"], strict=True))
    mending = slips.fit([*facts["words"], *facts["phrases"]], sounds, short)
    shortened = abbreviations.Abbreviations(short)
    folded, names = families.restore(arrays["families"]), [plain(entry.name) for entry in entries]
    return Index(
        UUID(facts["stamp"]) if facts["stamp"] else None,
        entries,
        [Thing(*values) for values in facts["things"]],
        _ranking("items", arrays, spelling, mending, shortened),
        _ranking("others", arrays, spelling, mending, shortened),
        columns(entries, folded.number),
        names,
        _literal(entries, names),
        folded,
        places.known(entries),
        np.asarray(sorted(range(len(entries)), key=lambda at: (entries[at].department, entries[at].name)), np.intp),
    )


def _ranking(
    name: str, arrays: Any, spelling: letters.Letters, mending: slips.Slips, short: abbreviations.Abbreviations
) -> Ranking:
    return Ranking(
        _words(f"{name}.head", arrays), _words(f"{name}.body", arrays), spelling, mending, short,
        _vectors(f"{name}.vectors", arrays),
    )  # fmt: skip


def _words(name: str, arrays: Any) -> lexical.Words:
    ordered = arrays[f"{name}.words"].tobytes().decode().split("\n")
    places = [int(place) for place in arrays[f"{name}.places"]]
    rarest, count = arrays[f"{name}.rest"]
    return lexical.Words(
        dict(zip(ordered, places, strict=False)),
        arrays[f"{name}.starts"],
        arrays[f"{name}.holders"],
        arrays[f"{name}.impact"].astype(np.float32),
        arrays[f"{name}.weight"],
        float(rarest),
        int(count),
    )


def _vectors(name: str, arrays: Any) -> NDArray[np.float32] | None:
    return arrays[name].astype(np.float32) if name in arrays else None


def _literal(entries: Sequence[Entry], names: Sequence[str]) -> dict[str, int]:
    """Where an item stands by its slug, its whole name, its code: who asks for exactly that gets it first."""
    found: dict[str, int] = {}
    for at, entry in enumerate(entries):
        for text in (entry.slug, entry.code, names[at]):
            if text:
                found.setdefault(text.lower(), at)
    return found
