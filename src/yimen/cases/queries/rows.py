"""Rows of a work list as the tag `table` shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from yimen.applications.choices import Channel
from yimen.cases.models import Case, Supplement
from yimen.cases.queries.faces import due_face
from yimen.kit.time import local
from yimen.law.clocks import ClockKind
from yimen.law.states import State
from yimen.ui.faces import ClockFace

CLOCKS = {
    State.RECEIVED: ClockKind.ACCEPTANCE,
    State.SUPPLEMENT: ClockKind.SUPPLEMENT,
    State.ACCEPTED: ClockKind.PROMISE,
    State.PAUSED: ClockKind.PROMISE,
    State.DECIDED: ClockKind.DELIVERY,
}
SINCE = {
    State.RECEIVED: "received_at",
    State.SUPPLEMENT: "received_at",
    State.ACCEPTED: "accepted_at",
    State.PAUSED: "accepted_at",
    State.DECIDED: "decided_at",
}


def rows(cases: Iterable[Case], at: datetime, *, query: str = "") -> list[dict[str, Any]]:
    """One statement more, and only when a supplement is awaited. query: goes with the address of each case."""
    listed = list(cases)
    awaited = _awaited(listed)
    suffix = f"?{query}" if query else ""
    return [
        {
            "clock": clock_of(case, awaited.get(case.pk, case.due_on), at),
            "number": case.number,
            "item": case.item_name,
            "applicant": case.applicant_name,
            "state": case.state,
            "since": _since(case),
            "channel": Channel(case.channel).label,
            "url": reverse("cases:case", args=[case.number]) + suffix,
        }
        for case in listed
    ]


def clock_of(case: Case, due: date | None, at: datetime) -> ClockFace | None:
    """The clock that binds now, as far as the row knows it; None when none runs."""
    kind = CLOCKS.get(State(case.state))
    if kind is None or due is None:
        return None
    return due_face(kind, due, at, opened=_since(case), state="paused" if case.state == State.PAUSED else "running")


def _awaited(cases: list[Case]) -> dict[int, date]:
    """The due days of supplements that haven't come: the applicant's clock, not the office's."""
    asked = [case.pk for case in cases if case.state == State.SUPPLEMENT]
    found = Supplement.objects.filter(case__in=asked, supplied_at=None) if asked else ()
    return {notice.case_id: notice.due_on for notice in found}


def _since(case: Case) -> datetime | None:
    at: datetime | None = getattr(case, SINCE.get(State(case.state), "closed_at"))
    return local(at) if at else None
