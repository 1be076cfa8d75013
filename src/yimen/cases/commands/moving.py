"""What every verb does: lock the row, move it to the next state, write the same into the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from yimen.cases.access import wrong_state
from yimen.cases.models import Case
from yimen.cases.queries import REPLAYED, plain
from yimen.cases.queries.reading import JOINS, remember, remembered, whole
from yimen.city.queries import calendar_is, calendar_stamp
from yimen.clocks import queries as clocks
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal, Stale
from yimen.kit.prepared import prepared
from yimen.kit.time import day_of
from yimen.law.clocks import ClockKind, lapses_on
from yimen.law.refusals import Objection
from yimen.law.states import State, Verb, step
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.papers.commands import next_number, number_is

if TYPE_CHECKING:
    from yimen.clocks.models import Clock


class Unlawful(Refusal):
    """The law objects: its code and sentence are passed on."""

    def __init__(self, objection: Objection) -> None:
        self.code = objection.code
        super().__init__(objection.sentence)


def lock(case: Case, *, seen: int | None = None, paper: bool = True) -> Case:
    """The case, locked and fresh, with all a verb needs. seen: the version the page was made of; Stale if behind.

    The lock leaves the key alone: a sweep may note a card about the case meanwhile. Once in a command is enough.
    paper: the verb draws one up, so that its number comes along.
    """
    locked = remembered(case.number)
    if locked is None:
        locked = remember(_locked(case, paper))
    if seen is not None and seen != locked.version:
        raise Stale
    return locked


def _locked(known: Case, paper: bool) -> Case:
    """One statement for the row, its application, and what every verb asks for besides.

    What else the row points at never changes: it is taken over from the case that was found before.
    """
    (case,) = _drawing(known.pk) if paper else _locking(known.pk)
    if not all(name in known._state.fields_cache for name in JOINS):
        known = whole().get(pk=known.pk)
    for name in JOINS:
        case._state.fields_cache[name] = known._state.fields_cache[name]
    case.application.edition = case.edition
    calendar_is(getattr(case, "calendar_stamp"))  # noqa: B009 - columns of this statement only, unknown to the model
    if paper:
        number_is(getattr(case, "paper_number"))  # noqa: B009
    return case


def _row(key: int) -> QuerySet[Case]:
    rows = Case.objects.select_related("application").select_for_update(of=("self",), no_key=True)
    return rows.annotate(calendar_stamp=calendar_stamp()).filter(pk=key)


@prepared
def _locking(key: int) -> QuerySet[Case]:
    return _row(key)


@prepared
def _drawing(key: int) -> QuerySet[Case]:
    return _row(key).annotate(paper_number=next_number())


def note_reviewed(case: Case, *, at: datetime) -> None:
    """All opinions are given: from now on the case stands in the list of those who decide.

    Within a command of the reviewing room, which records it; no page that is open elsewhere becomes stale by it.
    """
    case.reviewed_at = at
    case.save(update_fields=["reviewed_at"])


def hold(numbers: Sequence[str]) -> None:
    """Lock several cases before their clocks, in one order for all."""
    for case in Case.objects.filter(number__in=numbers).order_by("id").select_for_update(no_key=True):
        remember(case)


class NotLapsed(Refusal):
    code = "not_lapsed"
    sentence = "期限尚未届满，不能按逾期处理。"


def require_lapsed(case: Case, verb: Verb, kind: ClockKind, at: datetime) -> Clock:
    """The clock whose running out lets the law act by itself. Raises WrongState, NotLapsed.

    Asked again under the lock: between a sweep's look and its deed somebody may have acted.
    """
    refusal = wrong_state(case, verb)
    if refusal is not None:
        raise refusal
    clock = clocks.running(case.number, kind)
    lapse = lapses_on(kind, clock.due_on) if clock else None
    if clock is None or lapse is None or day_of(at) < lapse:
        raise NotLapsed
    return clock


def refuse_if(objection: Objection | None) -> None:
    if objection is not None:
        raise Unlawful(objection)


def move(
    case: Case,
    verb: Verb,
    *,
    by: Actor,
    at: datetime,
    ground: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Step to the state the verb leads to, with other columns, and record exactly that."""
    changes["state"] = step(State(case.state), verb)
    save(case, verb, by=by, at=at, ground=ground, facts=facts, **changes)


def save(
    case: Case,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    ground: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Change columns of the row and record them under the verb."""
    changes["version"] = case.version + 1
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=list(changes))
    by = by.acting_for(case.subject_id)
    ledger.record(case_chain(case.number), verb, by=by, at=at, ground=ground, row=told(changes), **(facts or {}))


def told(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in changes.items() if name in REPLAYED}


@command
def move_due(case: Case, *, due_on: date, by: Actor, at: datetime) -> None:
    """The calendar changed and with it the due day of the clock that binds now."""
    case = lock(case, paper=False)
    save(case, "due-moved", by=by, at=at, ground="工作日历调整", due_on=due_on)


@command
def move_notice(case: Case, *, due_on: date, by: Actor, at: datetime) -> None:
    """The calendar changed and gives the applicant more time to supplement."""
    case = lock(case, paper=False)
    case.supplements.filter(supplied_at=None).update(due_on=due_on)
    ledger.record(case_chain(case.number), "due-moved", by=by, at=at, ground="工作日历调整", supplement_due=due_on)
