"""What somebody keeps to be filled in for them (常用信息), and what they want forgotten; one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from yimen.applications.models import Remembered
from yimen.kit.time import day_of
from yimen.sheets.ports import Origin, Prefilled
from yimen.sheets.queries.profile import USUAL

ALL = ""
"""The row that speaks of every field."""


@dataclass(frozen=True)
class Memory:
    """rows: by subject and field of the library."""

    rows: Mapping[tuple[int, str], Remembered]

    def off(self, subjects: Collection[int]) -> bool:
        """Was remembering switched off, under any record of the person?"""
        return any(row.off for row in self._of(subjects, ALL))

    def forgotten(self, subjects: Collection[int], element: str, at: datetime) -> bool:
        """Does what was written on that instant say nothing any more?"""
        forgets = [row.forgets for key in (ALL, element) for row in self._of(subjects, key) if row.forgets]
        return self.off(subjects) or any(at <= until for until in forgets)

    def kept(self, subjects: Collection[int], element: str) -> Remembered | None:
        """What they typed for a field; of several records of one person the newest."""
        rows = [row for row in self._of(subjects, element) if row.said_at]
        return max(rows, key=lambda row: (row.said_at, row.pk), default=None)

    def filling(self, subjects: Collection[int], element: str, turn: int) -> list[Prefilled]:
        """The same as a form takes it."""
        row = None if self.off(subjects) else self.kept(subjects, element)
        if row is None or row.said_at is None:
            return []
        return [Prefilled(row.value, USUAL, day_of(row.said_at), Origin.PROFILE, ref=element, turn=turn)]

    def _of(self, subjects: Iterable[int], element: str) -> list[Remembered]:
        return [row for pk in subjects if (row := self.rows.get((pk, element)))]


def memory(subjects: Collection[int]) -> Memory:
    """Of these people and firms."""
    rows = Remembered.objects.filter(subject__in=list(subjects)) if subjects else ()
    return Memory({(row.subject_id, row.element): row for row in rows})


def kept_of(subjects: Collection[int]) -> list[Remembered]:
    """Every row, for a copy of somebody's data."""
    return list(Remembered.objects.filter(subject__in=list(subjects)).order_by("subject", "element"))
