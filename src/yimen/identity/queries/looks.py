"""Who looked at somebody's data: entries of the ledger, newest first, by pages; reports about looks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet

from yimen.identity.access import may_judge, reports_of
from yimen.identity.models import LookReport, LookReportSet
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.paging import page
from yimen.ledger.choices import LOOK, subject_chain
from yimen.ledger.queries import Line, entries, entry_of, line_of

if TYPE_CHECKING:
    from yimen.ledger.models import Entry

BY = ("-at", "-id")


@dataclass(frozen=True)
class Look:
    """One look. subject: at which record; line: who, when, what for."""

    subject: int
    line: Line


def looks_at(subject_id: int) -> list[Line]:
    """Who looked at one record, newest first."""
    return [line_of(entry) for entry in entries([subject_chain(subject_id)], LOOK).order_by(*BY)]


def looks_of(subjects: Sequence[int], at: datetime) -> Iterator[Line]:
    """All looks at some records that may be shown by now, newest first."""
    return map(line_of, _shown(subjects, at).order_by(*BY).iterator(chunk_size=1000))


def look_page(
    subjects: Sequence[int],
    at: datetime,
    *,
    office: str = "",
    case: str = "",
    cursor: str | None = None,
    size: int = 20,
) -> tuple[list[Look], str | None]:
    """A page of them, and the cursor of the next. office: its name, case: its number; "" for all."""
    rows = _shown(subjects, at)
    for key, value in (("office", office), ("case", case)):
        if value:
            rows = rows.filter(body__contains=_written(key, value))
    found = page(rows, by=BY, cursor=cursor, size=size)
    return [Look(_subject(entry.chain), line_of(entry)) for entry in found.items], found.next


def look_choices(subjects: Sequence[int], at: datetime, size: int = 500) -> tuple[list[str], list[str]]:
    """Offices and cases among the last looks, for choosing: (names of offices, numbers of cases)."""
    lines = [line_of(entry) for entry in _shown(subjects, at).order_by(*BY)[:size]]
    offices = {str(line.by["office"]): None for line in lines if line.by["office"]}
    cases = {str(line.facts["case"]): None for line in lines if line.facts.get("case")}
    return list(offices), list(cases)


def look_of(subject: int, seq: int, at: datetime) -> Look:
    """One that may be shown by now. Raises NotFound."""
    chain = subject_chain(subject)
    line = entry_of(chain, seq)
    if line is None or line.verb != LOOK or at < _shown_from(line):
        raise NotFound("没有找到这次查看。")
    return Look(subject, line)


def reports_about(subjects: Sequence[int]) -> list[LookReport]:
    """What was reported about looks at some records, newest first."""
    return list(LookReport.objects.filter(subject__in=list(subjects)).order_by("-id"))


def own_report(subject: int = 0, seq: int = 0, *, pk: int = 0) -> LookReport:
    """By its number, or by the look it is about; whose it is, the caller asks. Raises NotFound."""
    rows = LookReport.objects.filter(pk=pk) if pk else LookReport.objects.filter(subject=subject, seq=seq)
    found = rows.first()
    if found is None:
        raise NotFound("没有找到这条反映。")
    return found


def look_reports(by: Actor) -> LookReportSet:
    """Reports that an actor sees at the desk, with whom they concern."""
    return LookReport.objects.filter(reports_of(by)).select_related("subject", "agency", "looker", "answered_by")


def look_report(pk: int, *, by: Actor) -> LookReport:
    """One of them. Raises NotFound."""
    found = look_reports(by).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到这条反映。")
    return found


def may_answer_report(report: LookReport, by: Actor) -> bool:
    return report.answered_at is None and may_judge(report, by)


def _shown(subjects: Sequence[int], at: datetime) -> QuerySet[Entry]:
    """Looks for a purpose that is sealed for a while (an investigation) are shown when its days are over."""
    rows = entries([subject_chain(pk) for pk in subjects], LOOK)
    for purpose, days in settings.YIMEN_LOOKS_SHOWN_LATER.items():
        rows = rows.exclude(Q(body__contains=_written("ground", purpose)) & Q(at__gt=at - timedelta(days=days)))
    return rows


def _shown_from(line: Line) -> datetime:
    return line.at + timedelta(days=settings.YIMEN_LOOKS_SHOWN_LATER.get(line.ground, 0))


def _written(key: str, value: str) -> str:
    """As it stands in an entry's text."""
    return f'"{key}":{json.dumps(value, ensure_ascii=False)}'


def _subject(chain: str) -> int:
    return int(chain.partition(":")[2])
