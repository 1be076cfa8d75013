"""Abbreviations as people make them of official terms: 危化品 for 危险化学品, 失业金 for 失业保险金.

Nobody writes them down: they are the first characters of neighbouring words, the last word giving its first or last
one, or the whole of it. What is a word of its own, or stands in a name, is no abbreviation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

import jieba

from yimen.catalog.queries.seeking.text import RUN

SHORTEST, LONGEST = 3, 4
# What is said so often in the language at large means what it says.
COMMON = 300


@dataclass(frozen=True)
class Abbreviations:
    """What each stands for."""

    long: Mapping[str, str]

    def meant(self, question: str) -> list[str]:
        """The terms that are abbreviated in a plain question, each once."""
        return list(dict.fromkeys(self.long[short] for short in self._in(question)))

    def _in(self, question: str) -> Iterator[str]:
        for run in RUN.findall(question):
            taken = 0
            for at in range(len(run)):
                for size in range(LONGEST, SHORTEST - 1, -1):
                    if at >= taken and run[at : at + size] in self.long:
                        yield run[at : at + size]
                        taken = at + size


def made(phrases: Iterable[str], words: Container[str]) -> dict[str, str]:
    """Every abbreviation of some phrases with the term it most often stands for. words: what is known as it is."""
    every = list(phrases)
    told = "\n".join(every)
    found: dict[str, Counter[str]] = {}
    for phrase in every:
        for short, term in _of(phrase):
            found.setdefault(short, Counter())[term] += 1
    return {
        short: terms.most_common(1)[0][0]
        for short, terms in found.items()
        if short not in words and jieba.dt.FREQ.get(short, 0) < COMMON and short not in told
    }


def _of(phrase: str) -> Iterator[tuple[str, str]]:
    words = jieba.lcut(phrase, HMM=False)
    for begin in range(len(words)):
        for end in range(begin + 2, min(begin + 4, len(words)) + 1):
            stretch = words[begin:end]
            if all(len(word) > 1 for word in stretch):
                term = "".join(stretch)
                yield from ((short, term) for short in _ways(stretch) if SHORTEST <= len(short) <= LONGEST)


def _ways(words: list[str]) -> set[str]:
    """失业 + 保险金 → 失业金; 公共 + 租赁 + 住房 → 公租房; 社会 + 保险 + 登记 → 社保登记; 危险 + 化学品 → 危化品."""
    *before, last = words
    firsts = "".join(word[0] for word in before)
    ways = {firsts + last[0], firsts + last[-1], firsts + last, firsts + last[0] + last[-1]}
    if len(words) == 2:
        ways |= {before[0] + last[-1]}
    return ways
