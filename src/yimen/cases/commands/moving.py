"""What every verb does: lock the row, move it to the next state, write the same into the ledger."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from yimen.cases.models import Case
from yimen.cases.queries import JOINS, REPLAYED, plain
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal, Stale
from yimen.law.refusals import Objection
from yimen.law.states import State, Verb, step
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain


class Unlawful(Refusal):
    """The law objects: its code and sentence are passed on."""

    def __init__(self, objection: Objection) -> None:
        self.code = objection.code
        super().__init__(objection.sentence)


def lock(case: Case, *, seen: int | None = None) -> Case:
    """The case, locked and fresh, with all a verb needs. seen: the version the page was made of; Stale if behind."""
    locked = Case.objects.select_related(*JOINS, "application").select_for_update(of=("self",)).get(pk=case.pk)
    if seen is not None and seen != locked.version:
        raise Stale
    return locked


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
    ledger.record(case_chain(case.number), verb, by=by, at=at, ground=ground, row=told(changes), **(facts or {}))


def told(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in changes.items() if name in REPLAYED}


@command
def move_due(case: Case, *, due_on: date, by: Actor, at: datetime) -> None:
    """The calendar changed and with it the due day of the clock that binds now."""
    case = lock(case)
    save(case, "due-moved", by=by, at=at, ground="工作日历调整", due_on=due_on)
