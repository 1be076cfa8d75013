"""Reading tasks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from yimen.cases.queries import LISTED, in_agencies
from yimen.city.choices import Duty
from yimen.kit.actor import Actor
from yimen.kit.commands import read_once
from yimen.kit.errors import Refusal
from yimen.kit.paging import Page, behind, capped, cut, merge, place
from yimen.kit.prepared import prepared
from yimen.kit.rows import Among
from yimen.law.said import several
from yimen.law.states import State, Verb
from yimen.review.access import visible
from yimen.review.choices import Opinion
from yimen.review.models import Task

if TYPE_CHECKING:
    from yimen.cases.models import Case


OPEN = Q(opened_at__isnull=False, done_at=None, dropped_at=None)
DUE = ("due_on", "id")
REVIEWING = frozenset({Duty.REVIEWER, Duty.CHIEF})


class NothingOpen(Refusal):
    code = "nothing_open"
    sentence = "各审查环节都已出具意见，或者还没有轮到。"


class TasksUndone(Refusal):
    code = "tasks_undone"
    sentence = "还有 {count} 个审查环节没有出具意见（{names}），不能作出决定。"


def of(case: Case) -> list[Task]:
    """The tasks of a case in their order."""
    return read_once(f"review.of:{case.pk}", lambda: _of(case.pk))


@prepared
def _of(case: int) -> QuerySet[Task]:
    return Task.objects.filter(case=case).select_related("done_by").order_by("place", "id")


def open_to(actor: Actor) -> QuerySet[Task]:
    """Open tasks of the agencies one reviews for, due first."""
    open_ones = Task.objects.filter(visible(actor), opened_at__isnull=False, done_at=None, dropped_at=None)
    return open_ones.order_by("due_on", "id")


def working(actor: Actor, *, cursor: str | None = None, size: int = 50, item: str = "") -> Page[Task]:
    """A page of the tasks one can do now, due first; those of paused cases wait."""
    rows = Task.objects.filter(OPEN)
    if item:
        rows = rows.filter(item_name__icontains=item)
    if cursor:
        rows = behind(rows, DUE, cursor)
    return cut(_first(rows, actor, size + 1), by=DUE, size=size)


def next_task(actor: Actor, done: Task) -> Task | None:
    """The task after one in the list of `working`, else the first that is left."""
    rows = Task.objects.filter(OPEN).exclude(pk=done.pk)
    later = _first(behind(rows, DUE, place(done, DUE)), actor, 1) if done.due_on else []
    return next(iter(later or _first(rows, actor, 1)), None)


def _first(rows: QuerySet[Task], actor: Actor, size: int) -> list[Task]:
    """The index knows what is open, the case whether it is paused. Few are: the places they leave are filled after."""
    found: list[Task] = []
    over, chunk = {"agency_id": _agencies(actor)}, max(size, 20)
    while len(found) < size:
        batch = merge(rows.select_related("case").defer("case__password"), over=over, by=DUE, size=chunk)
        found += [task for task in batch if task.case.state == State.ACCEPTED]
        if len(batch) < chunk:
            break
        rows = behind(rows, DUE, place(batch[-1], DUE))
    return found[:size]


def decidable(actor: Actor) -> QuerySet[Case]:
    """Accepted cases that wait for nothing but the decision."""
    rows = in_agencies(_agencies(actor)).filter(reviewed_at__isnull=False, decided_at=None, closed_at=None)
    return rows.filter(state=State.ACCEPTED, due_on__isnull=False)


def to_decide(actor: Actor, *, cursor: str | None = None, size: int = 50) -> Page[Case]:
    """A page of them, due first."""
    rows = decidable(actor).select_related(None).only(*LISTED)
    if cursor:
        rows = behind(rows, DUE, cursor)
    over = {"agency_id": _agencies(actor)}
    return cut(merge(rows, over=over, by=DUE, size=size + 1), by=DUE, size=size)


def next_decision(case: Case, actor: Actor, at: datetime) -> str | None:
    """The number of the case that is due first among those that wait for the decision, this one left out."""
    rows = decidable(actor).exclude(pk=case.pk).select_related(None).only(*LISTED)
    found = merge(rows, over={"agency_id": _agencies(actor)}, by=DUE, size=1)
    return found[0].number if found else None


def disagreements(case: Case, verb: str) -> list[str]:
    """What whoever decides should read first."""
    if verb != Verb.DECIDE:
        return []
    return [
        _("“%(name)s”环节不同意：%(text)s（%(who)s）")
        % {"name": task.name, "text": task.text, "who": task.done_by.name if task.done_by else ""}
        for task in of(case)
        if task.opinion == Opinion.DISAGREE
    ]


def count_tasks(actor: Actor, at: datetime) -> int:
    return capped(Task.objects.filter(Among("agency_id", _agencies(actor)), OPEN, case__state=State.ACCEPTED))


def count_decidable(actor: Actor, at: datetime) -> int:
    return capped(decidable(actor).select_related(None))


def _agencies(actor: Actor) -> list[int]:
    return sorted(actor.agencies) if actor.duties & REVIEWING else []


def none_open(case: Case, at: datetime) -> Refusal | None:
    """Why there is nothing to give an opinion on."""
    return None if any(task.is_open for task in of(case)) else NothingOpen()


def undone(case: Case, outcome: str) -> Refusal | None:
    """What hinders a decision: steps without an opinion. Instant items at an authorised window have none."""
    names = [task.name for task in of(case) if task.done_at is None and task.dropped_at is None]
    return TasksUndone(count=len(names), names=several(names)) if names else None


def part(case: Case, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Tasks as the API shows them: to staff with opinions, to the applicant without."""
    waits = case.state == State.ACCEPTED
    return [
        {
            "id": task.pk,
            "name": task.name,
            "role": task.role,
            "place": task.place,
            "state": "done"
            if task.done_at
            else "dropped"
            if task.dropped_at
            else "open"
            if task.opened_at and waits
            else "waiting",
            "opened_at": task.opened_at,
            "due_on": task.due_on,
            "done_at": task.done_at,
            **(_opinion(task) if actor.agencies and case.agency_id in actor.agencies else {}),
        }
        for task in of(case)
    ]


def _opinion(task: Task) -> dict[str, Any]:
    return {
        "opinion": task.opinion,
        "opinion_label": Opinion(task.opinion).label if task.opinion else "",
        "text": task.text,
        "done_by": task.done_by.name if task.done_by else "",
    }
