"""Commitments at the desk: what is to be checked until when, what was false, how each clock stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.queries.committing import commitments_at
from yimen.cases.access import desk_agencies
from yimen.cases.models import Case
from yimen.cases.queries.faces import due_face
from yimen.city.choices import Duty
from yimen.clocks import queries as clock_queries
from yimen.kit.actor import Actor
from yimen.law.clocks import ClockKind

if TYPE_CHECKING:
    from yimen.applications.models import Commitment

CHECKING = frozenset({Duty.REVIEWER, Duty.CHIEF})
STATES = ("open", "false", "done")
MOST = 100


def listed(actor: Actor, state: str, at: datetime) -> list[dict[str, Any]]:
    """Rows for the list, what is due first on top; those without a decision yet at the end."""
    found = list(commitments_at(desk_agencies(actor), state=state)[:MOST])
    numbers = {each.application.number for each in found}
    running = clock_queries.of_many(numbers, [ClockKind.COMMITMENT]) if found else {}
    faces = {
        clock.key: due_face(ClockKind.COMMITMENT, clock.due_on, at, opened=clock.opened_at)
        for clocks in running.values()
        for clock in clocks
    }
    rows = [_row(each, faces.get(str(each.pk))) for each in found]
    return sorted(rows, key=lambda row: (row["clock"] is None, row["due"] or at.date())) if state == "open" else rows


def case_of(commitment: Commitment) -> Case | None:
    """The case that its application became."""
    return Case.objects.select_related("agency", "subject").filter(application=commitment.application_id).first()


def tabs(state: str) -> Sequence[dict[str, Any]]:
    """Saved views of the list."""
    names = {"open": _("待核查"), "false": _("不实，未修复"), "done": _("已办")}
    return [
        {"label": names[each], "url": f"{reverse('cases:commitments')}?view={each}", "current": each == state}
        for each in STATES
    ]


def _row(each: Commitment, clock: Any) -> dict[str, Any]:
    subject = each.application.subject
    return {
        "url": reverse("cases:commitment", args=[each.pk]), "clock": clock, "due": clock.due if clock else None,
        "material": each.letter["proves"], "item": each.letter["item"], "applicant": subject.masked_name,
        "number": each.application.number, "signed": each.signed_at,
    }  # fmt: skip
