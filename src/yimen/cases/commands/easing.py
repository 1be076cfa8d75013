"""A later edition eased something for everybody: an open case is granted it, under its lock, once."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from yimen.applications import commands as applications
from yimen.applications.access import require_system
from yimen.applications.queries import terms
from yimen.cases.commands.moving import lock, save
from yimen.cases.events import CaseEased
from yimen.cases.models import Case
from yimen.cases.queries.open_matters import open_matter
from yimen.catalog import queries as catalog
from yimen.catalog.choices import Reach
from yimen.clocks import commands as clocks
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal
from yimen.kit.events import speak
from yimen.kit.time import day_of
from yimen.law.clocks import ClockKind
from yimen.law.transition import Part

if TYPE_CHECKING:
    from yimen.catalog.models import Edition


class NothingToEase(Refusal):
    code = "nothing_to_ease"
    sentence = "新版本没有可以减轻这件办件的要求，或者已经减轻。"


@command
def ease(case: Case, *, edition: Edition, by: Actor, at: datetime) -> Case:
    """Grant what was chosen for all before the edition was released, as far as it still touches the case.

    A promise that runs is reckoned anew under the shorter limit. (docs/rules/transition.md)
    Who may: the platform. Speaks CaseEased. Raises NothingToEase, Forbidden.
    """
    require_system(by)
    case = lock(case, paper=False)
    matter, chosen = open_matter(case), [place for place, reach in edition.reach.items() if reach == Reach.ALL]
    before = terms(case.application)
    granted = catalog.easings(before, edition.doc, matter, chosen, on=day_of(at)) if matter else {}
    if not granted:
        raise NothingToEase
    case.application.eased = applications.ease(case.application, granted, version=edition.version, by=by, at=at).eased
    due = _hasten(case, at) if Part.PROMISE in granted else None
    if due is not None:
        save(case, "promise-shortened", by=by, at=at, facts={"edition": edition.version}, due_on=due)
    speak(CaseEased(number=case.number, at=at, version=edition.version, faster=Part.PROMISE in granted, due_on=due))
    return case


def _hasten(case: Case, at: datetime) -> date | None:
    limit = terms(case.application).decision_limits.promise
    clock = clocks.shorten(case.number, ClockKind.PROMISE, limit, at=at)
    return clock.due_on if clock else None
