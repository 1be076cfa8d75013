"""Chinese from the letters of its sounds: full pinyin without tones (shenfenzheng) and initials (sfz)."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import jieba
from pypinyin import Style, lazy_pinyin

# Words of the language at large that are known by their sound, beside those of the catalogue.
FREQUENT = 300
LONGEST_WORD = 30
GAP = "\n"
# What a piece costs that is no word; what a word of the catalogue does, less than almost any other of the language; an
# abbreviation.
UNKNOWN, HOME, SHORT = -30.0, -3.0, -9.0
CHOICES = 4
LEFT_OUT = r"[a-z]{0,4}"
SYLLABLE = re.compile(
    "zhuang|chuang|shuang|(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v)$"
)


@dataclass(frozen=True)
class Letters:
    """Words by their sound. phrases and initials stand side by side, letter by letter. short: by their letters."""

    sounds: Mapping[str, list[tuple[str, float]]]
    words: Mapping[str, str]
    phrases: str
    initials: str
    short: Mapping[str, str]

    def chinese(self, typed: str) -> list[str]:
        """What a run of letters may stand for, likeliest first; empty where it makes no sense."""
        spoken = self._spoken(typed)
        if not spoken:
            return self._abbreviated(typed)
        others = [
            "".join((*spoken[:at], other, *spoken[at + 1 :]))
            for at, word in enumerate(spoken)
            for other, _weight in self.sounds.get(sound(word), ())
            if other != word
        ]
        return ["".join(spoken), *others][:CHOICES]

    def _spoken(self, typed: str) -> list[str]:
        """The likeliest words that sound like this from beginning to end; none where it can't be."""
        best: list[tuple[float, int, str]] = [(0.0, 0, "")]
        for end in range(1, len(typed) + 1):
            reached = [(UNKNOWN * 100, 0, "")]
            for begin in range(max(0, end - LONGEST_WORD), end):
                said = typed[begin:end]
                if said in self.sounds:
                    word, weight = self.sounds[said][0]
                    reached.append((best[begin][0] + weight, begin, word))
                if len(said) <= 6 and SYLLABLE.match(said):
                    reached.append((best[begin][0] + UNKNOWN, begin, ""))
            best.append(max(reached))
        words, end = [], len(typed)
        while end and best[end][0] > UNKNOWN * 99:
            words.append(best[end][2])
            end = best[end][1]
        return [] if end else [word for word in reversed(words) if word]

    def _abbreviated(self, typed: str) -> list[str]:
        """Stretches of names with these initials, most frequent first; else words put one after another."""
        if len(typed) < 2:
            return []
        stretches: Counter[str] = Counter()
        at = self.initials.find(typed)
        while at >= 0 and stretches.total() < 500:
            stretches[self.phrases[at : at + len(typed)]] += 1 + 9 * self._whole(at, at + len(typed))
            at = self.initials.find(typed, at + 1)
        found = [stretch for stretch, _count in stretches.most_common(CHOICES)]
        pieced = self._pieced(typed)
        known = [self.short[typed]] if typed in self.short else []
        return found + ([pieced] if pieced else []) or known + self._shortened(typed)

    def _shortened(self, typed: str) -> list[str]:
        """Names of which the letters leave something out between pairs: yszc for 医师执业注册."""
        if len(typed) < 4 or len(typed) % 2 or len(set(typed)) == 1:
            return []
        pairs = (re.escape(typed[at : at + 2]) for at in range(0, len(typed), 2))
        matches = re.finditer(LEFT_OUT.join(pairs), self.initials)
        return list(
            dict.fromkeys(self.phrases[match.start() : match.end()] for match in itertools.islice(matches, 99))
        )[:2]

    def _whole(self, begin: int, end: int) -> int:
        """How many of its two edges are edges of a phrase."""
        before = self.phrases[begin - 1] if begin else GAP
        after = self.phrases[end] if end < len(self.phrases) else GAP
        return (not "\u3400" <= before <= "\u9fff") + (not "\u3400" <= after <= "\u9fff")

    def _pieced(self, typed: str) -> str:
        """Words whose initials these are, the fewest that will do; not mostly of two letters: they fit anything."""
        best: list[list[str] | None] = [[]]
        for end in range(1, len(typed) + 1):
            reached = [
                [*before, self.words[typed[begin:end]]]
                for begin in range(max(0, end - 8), end - 1)
                if (before := best[begin]) is not None and typed[begin:end] in self.words
            ]
            best.append(min(reached, key=len) if reached else None)
        found = best[-1]
        return "".join(found) if found and len(typed) > 4 and len(typed) >= 2.5 * len(found) else ""


def restore(
    phrases: Iterable[str],
    initials: str,
    words: Mapping[str, int],
    sounds: Iterable[str],
    short: Mapping[str, str] | None = None,
) -> Letters:
    """From the catalogue's phrases with their initials, and its words with how often they occur and how they sound.

    short: abbreviations with how they sound.
    """
    spoken: dict[str, dict[str, float]] = {}
    abbreviated: dict[str, list[str]] = {}
    most = max(words.values(), default=1)
    for (word, count), said in zip(words.items(), sounds, strict=True):
        spoken.setdefault(said, {})[word] = HOME + 3 * math.log(count) / math.log(most + 1)
    for word, said, weight in general():
        spoken.setdefault(said, {}).setdefault(word, weight)
    for word, said in (short or {}).items():
        spoken.setdefault(said, {}).setdefault(word, SHORT)
    for word in sorted(words, key=lambda word: -words[word]):
        abbreviated.setdefault(first_letters(word), []).append(word)
    ordered = {said: sorted(known.items(), key=lambda pair: -pair[1])[:3] for said, known in spoken.items()}
    shortest: dict[str, str] = {}
    for word in short or ():
        shortest.setdefault(first_letters(word), word)
    known = {key: each[0] for key, each in abbreviated.items()}
    return Letters(ordered, known, GAP.join(phrases), initials, shortest)


@functools.cache
def general() -> tuple[tuple[str, str, float], ...]:
    """Frequent words of the language: word, sound, how likely it is."""
    return tuple(_general())


def _general() -> Iterator[tuple[str, str, float]]:
    jieba.initialize()
    for word, frequency in jieba.dt.FREQ.items():
        if frequency >= FREQUENT and 2 <= len(word) <= 4 and not word.isascii():
            yield word, sound(word), math.log(frequency / jieba.dt.total)


@functools.lru_cache(200_000)
def sound(word: str) -> str:
    """Pinyin without tones, in one run."""
    return "".join(lazy_pinyin(word, v_to_u=False)).lower()


def first_letters(text: str) -> str:
    """The first letter of each character's sound; what is no Chinese stays as it is."""
    made = [
        _initial(run) if "\u3400" <= run[0] <= "\u9fff" else run
        for run in re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+", text)
    ]
    return "".join(made)


@functools.lru_cache(200_000)
def _initial(run: str) -> str:
    said = lazy_pinyin(run, style=Style.FIRST_LETTER)
    return "".join(each[:1] for each in said) if len(said) == len(run) else "?" * len(run)
