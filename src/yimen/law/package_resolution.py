"""How each material of several items' one list is met, and why. Rule in words: docs/rules/packages.md

Every item's own list is resolved as if it stood alone (law.resolution); a merged material is met where each item that
wants it finds it met. So nothing is demanded for the package that no item of it demands (国务院令第716号 7).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from . import resolution_words as words
from .resolution import Resolution, Way
from .resolution_facts import Met

TO_BE_DONE = (Way.EARLIER, Way.LICENCE, Way.TOLERATED, Way.COMMITMENT)
"""What is asked for first where each item offers another way: what takes least; a letter is signed item by item."""


@dataclass(frozen=True, slots=True)
class MergedResolution(Met):
    """How a material of the merged list is met.

    whys: each sentence once; open: the other ways there are; members: (item, its own resolution) for each that wants
    it, in the order of the list; until: the first last day of what meets it.
    """

    key: str
    name: str
    way: Way
    whys: tuple[str, ...]
    met: bool
    required: bool
    open: tuple[Way, ...] = ()
    hints: tuple[str, ...] = ()
    until: date | None = None
    members: tuple[tuple[str, Resolution], ...] = ()

    @property
    def item_by_item(self) -> bool:
        """Is what remains done in the items' own applications: a letter that each office has worded for itself?"""
        return self.lacks and self.way is Way.COMMITMENT

    @property
    def wanting(self) -> tuple[tuple[str, Resolution], ...]:
        """The items for which something is still to be done."""
        return tuple((slug, each) for slug, each in self.members if each.lacks)


def together(key: str, name: str, members: Sequence[tuple[str, Resolution]]) -> MergedResolution:
    """One material for all items that want it. members: what each item's own list says of it."""
    asked = tuple((slug, each) for slug, each in members if each.asked)
    if not asked:
        return MergedResolution(key, name, Way.NOT_ASKED, (words.NOT_ASKED,), met=True, required=False)
    found = [each for _slug, each in asked]
    lacking = [each for each in found if each.lacks]
    if lacking:
        return _lacking(key, name, asked, lacking)
    required = [each for each in found if each.required]
    met = required or [each for each in found if each.met]
    told = met or found
    days = [each.until for each in met if each.until]
    return MergedResolution(
        key, name, told[0].way, _once(each.why for each in told), met=bool(met), required=bool(required),
        open=_open(told, told[0].way), hints=() if met else _once(hint for each in told for hint in each.hints),
        until=min(days, default=None), members=asked,
    )  # fmt: skip


def _lacking(
    key: str, name: str, asked: tuple[tuple[str, Resolution], ...], lacking: Sequence[Resolution]
) -> MergedResolution:
    """One paper serves all, so where one item demands it, it is demanded; else what takes least is asked for first."""
    demanding = [each for each in lacking if each.demanded]
    first = min(lacking, key=lambda each: TO_BE_DONE.index(each.way) if each.way in TO_BE_DONE else len(TO_BE_DONE))
    chosen = demanding[0] if demanding else first
    told = demanding or lacking
    return MergedResolution(
        key, name, chosen.way, _once([chosen.why, *(each.why for each in told)]), met=False, required=True,
        open=_open(lacking, chosen.way), hints=_once(hint for each in lacking for hint in each.hints), members=asked,
    )  # fmt: skip


def _open(found: Sequence[Resolution], but: Way) -> tuple[Way, ...]:
    """The ways that are there for some of them; what one item must have in paper is open to none but as paper."""
    demanding = [each for each in found if each.demanded]
    ways = {way for each in demanding or found for way in (each.way, *each.open)}
    return tuple(way for way in Way if way in ways and way is not but)


def _once(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in sentences if each))
