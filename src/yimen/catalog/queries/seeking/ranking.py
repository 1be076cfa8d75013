"""How well everything fits a question: words, everyday words, letters, slips and meaning together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yimen.catalog.queries.seeking import meaning
from yimen.catalog.queries.seeking.abbreviations import Abbreviations
from yimen.catalog.queries.seeking.everyday import dictionary
from yimen.catalog.queries.seeking.letters import Letters
from yimen.catalog.queries.seeking.lexical import Floats, Words
from yimen.catalog.queries.seeking.slips import Slips
from yimen.catalog.queries.seeking.text import RUN, core, plain, tokens

# What is said in a name counts for more than what is said in conditions, materials and answers.
HEAD, BODY = 0.7, 0.3
# Beside what a question says itself: what its everyday words stand for, what a slip may have meant.
OFFICIAL, MENDED = 0.5, 0.9
MEANING = 0.16
# Below SAID of its words, and with nothing as NEAR in meaning (of 2), a question is about something else altogether.
# What has less than BEHIND of the best one's words or points is left out, unless its meaning is STRIKING (1.8
# deviations).
SAID, NEAR, BEHIND, STRIKING = 0.05, 1.77, 0.12, 1.8 * MEANING
# Who writes a whole sentence gets what is nearest in meaning, if it stands out at all; who writes a few words does only
# if it is also somewhat near.
SENTENCE, APART = 6, 2.2
WORDS, SOMEWHAT = 4, 1.7
# What a vector costs grows with the words; what a sentence is about stands in its first.
LONGEST = 80
LETTERS = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True)
class Reading:
    """A question as it may have been meant: its plain words, and the other words that belong to it."""

    text: str
    mended: tuple[str, ...] = ()
    official: tuple[str, ...] = ()

    def asked(self) -> dict[str, float]:
        """The tokens of the question itself, each with its weight."""
        return dict(tokens(core(self.text)))

    def beside(self) -> dict[str, float]:
        """The tokens of the other words."""
        weights: dict[str, float] = {}
        parts = [(word, MENDED) for word in self.mended] + [(word, OFFICIAL) for word in self.official]
        for text, share in parts:
            for token, weight in tokens(text):
                weights[token] = max(weights.get(token, 0.0), weight * share)
        return weights

    @property
    def said(self) -> str:
        """The words whose meaning is compared."""
        return " ".join((core(self.text), *self.mended, *self.official[:1]))


@dataclass(frozen=True)
class Ranked:
    """scores: how well each card fits; worded: by its words alone; fits: which have to do with the question at all."""

    scores: Floats
    worded: Floats
    fits: NDArray[np.bool_]


@dataclass(frozen=True)
class Ranking:
    """Everything by which cards are ranked. vectors: of each card's name and of all it says, added up, if any."""

    head: Words
    body: Words
    letters: Letters
    slips: Slips
    short: Abbreviations
    vectors: NDArray[np.float32] | None

    def readings(self, question: str) -> list[Reading]:
        """What a question may mean: itself, or the Chinese that its letters stand for."""
        text = plain(question)
        texts = list(dict.fromkeys(self._spelt(text)))
        return [self._reading(each) for each in texts]

    def _spelt(self, text: str) -> Iterator[str]:
        typed = [run for run in LETTERS.findall(text) if run not in self.head.place and run not in self.body.place]
        if not typed:
            yield text
            return
        together = "".join(RUN.findall(text))
        if together.isascii() and together.isalpha():
            yield from self.letters.chinese(together) or [text]
            return
        for run in typed:
            meant = self.letters.chinese(run)
            text = text.replace(run, meant[0]) if meant else text
        yield text

    def _reading(self, text: str) -> Reading:
        mended = (*self.slips.mend(text), *self.short.meant(text))
        return Reading(text, mended, tuple(dictionary().expand(" ".join((text, *mended)))))

    def ranked(self, question: str, *, by_meaning: bool = True) -> Ranked:
        """How well each card fits; several readings: the best of them. by_meaning: else by words alone, in a third."""
        readings = self.readings(question)
        worded = [self._worded(reading) for reading in readings]
        if not by_meaning:
            return _ranked(np.maximum.reduce(worded), np.zeros(self.head.count, np.float32), close=False)
        likeliest = max(range(len(readings)), key=lambda at: float(worded[at].max(initial=0.0)))
        meant, close = self._meant(readings[likeliest])
        return _ranked(np.maximum.reduce(worded), meant, close=close)

    def _worded(self, reading: Reading) -> Floats:
        asked = reading.asked()
        beside = {word: share for word, share in reading.beside().items() if share > asked.get(word, 0.0)}
        own = [(word, share) for word, share in asked.items() if word not in beside]
        words = own, list(beside.items())
        return HEAD * self.head.coverage(*words) + BODY * self.body.coverage(*words)

    def _meant(self, reading: Reading) -> tuple[Floats, bool]:
        """How near each card's meaning is, against the mean; and whether any is near at all."""
        if self.vectors is None or not meaning.available():
            return np.zeros(self.head.count, np.float32), False
        near = self.vectors @ meaning.of_question(reading.said[:LONGEST])
        away = (near - near.mean()) / (near.std() + 1e-6)
        nearest = near.max(initial=0.0)
        told = 0 if reading.text.isascii() else len(reading.text)
        telling = told >= SENTENCE or (told >= WORDS and nearest >= SOMEWHAT)
        close = nearest >= NEAR or (telling and away.max(initial=0.0) >= APART)
        return MEANING * away, bool(close)


def _ranked(worded: Floats, meant: Floats, *, close: bool) -> Ranked:
    """Nothing fits where no word is shared and no meaning near; else what is not too far behind the best."""
    scores, said = worded + meant, float(worded.max(initial=0.0))
    if said < SAID and not close:
        return Ranked(scores, worded, np.zeros(len(scores), bool))
    fits = (worded >= max(SAID / 2, BEHIND * said)) | (meant >= STRIKING)
    return Ranked(scores, worded, fits & (scores >= BEHIND * float(scores.max(initial=0.0))))
