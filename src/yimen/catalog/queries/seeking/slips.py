"""One wrong character: sounds like the right one (身份正), looks like it (食品经菅), or is simply another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import jieba

from yimen.catalog.queries.seeking.letters import sound
from yimen.catalog.queries.seeking.text import RUN

LONGEST = 8
ANY = "*"


@dataclass(frozen=True)
class Slips:
    """Known words by their sound, and by what is left of them without one character."""

    known: frozenset[str]
    by_sound: Mapping[str, str]
    by_gap: Mapping[str, str]

    def mend(self, question: str) -> list[str]:
        """The known words that a plain question nearly writes."""
        return list(
            dict.fromkeys(word for run in RUN.findall(question) if not run.isascii() for word in self._run(run))
        )

    def _run(self, run: str) -> Iterator[str]:
        """Longest stretches first; what is mended or rightly written is not looked at again."""
        taken: set[int] = set()
        for size in range(min(LONGEST, len(run)), 1, -1):
            for at in range(len(run) - size + 1):
                if taken & set(range(at, at + size)):
                    continue
                stretch = run[at : at + size]
                if stretch in self.known:
                    taken |= set(range(at, at + size))
                elif meant := self._meant(stretch):
                    taken |= set(range(at, at + size))
                    yield meant

    def _meant(self, stretch: str) -> str:
        if jieba.dt.FREQ.get(stretch):
            return ""
        same = self.by_sound.get(sound(stretch), "")
        if len(same) == len(stretch) and _apart(same, stretch) <= max(1, len(stretch) // 2):
            return same
        if len(stretch) < 3:
            return ""
        gaps = (f"{stretch[:at]}{ANY}{stretch[at + 1 :]}" for at in range(len(stretch)))
        return next((self.by_gap[gap] for gap in gaps if gap in self.by_gap), "")


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def fit(words: Iterable[str], sounds: Mapping[str, str], right: Iterable[str] = ()) -> Slips:
    """From words and short phrases, the more frequent first; only those of which the sound is known are heard.

    right: what else is written rightly, though nothing is taken for it.
    """
    by_sound: dict[str, str] = {}
    by_gap: dict[str, str] = {}
    known = [word for word in words if 2 <= len(word) <= LONGEST and not word.isascii()]
    for word in known:
        if word in sounds:
            by_sound.setdefault(sounds[word], word)
        for at in range(len(word)) if len(word) > 2 else ():
            by_gap.setdefault(f"{word[:at]}{ANY}{word[at + 1 :]}", word)
    return Slips(frozenset((*known, *right)), by_sound, by_gap)
