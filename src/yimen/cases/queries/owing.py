"""What was promised (容缺) at the desk: whose day has passed, whose comes, and in which words it is said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.queries.promising import dishonoured, outstanding
from yimen.cases.access import desk_agencies
from yimen.cases.models import Case
from yimen.cases.queries.faces import due_face
from yimen.kit.actor import Actor
from yimen.kit.paging import Page, capped, page
from yimen.law.clocks import ClockKind
from yimen.law.states import State, Verb
from yimen.ui.words import people_date

if TYPE_CHECKING:
    from yimen.applications.models import Document
    from yimen.catalog.models import Edition

SIZE = 50
WAITING = (State.ACCEPTED, State.PAUSED)


def promised(actor: Actor, *, cursor: str | None = None) -> Page[Document]:
    """Promises in accepted cases that are still to be kept, the oldest day on top: what has passed comes first."""
    return page(_promised(actor), by=("until", "id"), cursor=cursor, size=SIZE)


def count(actor: Actor, at: datetime) -> int:
    return capped(_promised(actor))


def promise_rows(found: list[Document], at: datetime) -> list[dict[str, Any]]:
    """As the tag `table` shows them. One statement for their cases."""
    rows = Case.objects.filter(application__in=[each.application_id for each in found])
    cases = {each.application_id: each for each in rows}
    return [_row(each, cases[each.application_id], at) for each in found]


def return_words(case: Case) -> str:
    """The reason for a return, to be read and changed by who signs it."""
    return "".join(
        f"你（单位）承诺在{people_date(each.until)}前补交“{_name(each, case.edition)}”，经提醒至今没有补交。"
        for each in _broken(case)
    )


def cautions(case: Case, verb: str) -> list[str]:
    """Who is about to decide is told that a promise wasn't kept, and what may follow."""
    if verb != Verb.DECIDE:
        return []
    words = _("承诺 %(day)s前补交的“%(name)s”没有按期补交，不能准予；可以等补齐，可以不予，也可以退件。")
    return [words % {"day": people_date(each.until), "name": _name(each, case.edition)} for each in _broken(case)]


def _promised(actor: Actor) -> QuerySet[Document]:
    """By way of the cases under way, which have an index: there are far more documents than those."""
    running = Case.objects.filter(agency__in=desk_agencies(actor), state__in=[str(state) for state in WAITING])
    return outstanding().filter(application__in=running.values("application"))


def _row(each: Document, case: Case, at: datetime) -> dict[str, Any]:
    return {
        "clock": due_face(ClockKind.SUPPLEMENT, each.until, at, opened=each.handed_in_at),
        "material": _name(each, each.application.edition),
        "item": case.item_name,
        "applicant": case.applicant_name,
        "number": case.number,
        "told": _("已告知逾期") if each.broken_at else "",
        "url": reverse("cases:case", args=[case.number]),
    }


def _broken(case: Case) -> list[Document]:
    case.application.edition = case.edition
    return dishonoured(case.application)


def _name(each: Document, edition: Edition) -> str:
    material = edition.doc.material(each.material)
    return material.name if material else each.material
