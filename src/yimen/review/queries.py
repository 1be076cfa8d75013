"""Reading tasks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.law.states import State
from yimen.review.access import visible
from yimen.review.choices import Opinion
from yimen.review.models import Task

if TYPE_CHECKING:
    from yimen.cases.models import Case


class TasksUndone(Refusal):
    code = "tasks_undone"
    sentence = "还有 {count} 个审查环节没有出具意见（{names}），不能作出决定。"


def of(case: Case) -> list[Task]:
    """The tasks of a case in their order."""
    return list(Task.objects.filter(case=case).select_related("done_by").order_by("place", "id"))


def open_to(actor: Actor) -> QuerySet[Task]:
    """Open tasks of the agencies one reviews for, due first."""
    open_ones = Task.objects.filter(visible(actor), opened_at__isnull=False, done_at=None, dropped_at=None)
    return open_ones.order_by("due_on", "id")


def undone(case: Case, outcome: str) -> Refusal | None:
    """What hinders a decision: steps without an opinion. Instant items at an authorised window have none."""
    names = [task.name for task in of(case) if task.done_at is None and task.dropped_at is None]
    return TasksUndone(count=len(names), names="、".join(names)) if names else None


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
