"""BM25 over weighted fields, as plain arrays that can be packed, and quick to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Words:
    """For each word which documents hold it and how much it says of them: columns of BM25's matrix.

    rarest: what a word would weigh that one document alone holds; so much is missed where a word is in none.
    """

    place: Mapping[str, int]
    starts: NDArray[np.int64]
    holders: Integers
    impact: Floats
    weight: Floats
    rarest: float
    count: int

    def coverage(self, asked: Iterable[tuple[str, float]], beside: Iterable[tuple[str, float]] = ()) -> Floats:
        """How much of what was asked each document says, about 0 to 1. beside: words that nobody need know."""
        scores, whole = np.zeros(self.count, np.float32), 1e-6
        for word, share, needed in (*((*pair, True) for pair in asked), *((*pair, False) for pair in beside)):
            at = self.place.get(word)
            if at is None:
                whole += share * self.rarest * needed
                continue
            begin, end = self.starts[at], self.starts[at + 1]
            scores[self.holders[begin:end]] += share * self.impact[begin:end]
            whole += share * float(self.weight[at])
        scores /= whole
        return scores


def fit(documents: Sequence[list[str]], *, k1: float = 1.2, b: float = 0.5) -> Words:
    """BM25 of some documents' tokens."""
    if not any(documents):
        nothing = np.zeros(0, np.float32)
        return Words({}, np.zeros(1, np.int64), np.zeros(0, np.int32), nothing, nothing, 1.0, len(documents))
    ranker = bm25s.BM25(method="lucene", k1=k1, b=b)
    ranker.index(list(documents), show_progress=False)
    starts = np.asarray(ranker.scores["indptr"], np.int64)
    place = {str(word): int(at) for word, at in ranker.vocab_dict.items() if word}
    held = np.diff(starts)
    number = len(documents)
    weight = np.log(1 + (number - held + 0.5) / (held + 0.5)).astype(np.float32)
    return Words(
        place,
        starts,
        np.asarray(ranker.scores["indices"], np.int32),
        np.asarray(ranker.scores["data"], np.float32),
        weight,
        float(np.log(1 + (number - 0.5) / 1.5)),
        number,
    )
