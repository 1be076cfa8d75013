"""Tasks: laid out when a case is accepted, opened place by place, done with an opinion, dropped when the case ends."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

from yimen.applications.queries import terms
from yimen.cases.access import require
from yimen.cases.commands import lock, note_reviewed
from yimen.catalog.choices import Step, StepKind
from yimen.clocks import commands as clocks
from yimen.clocks import queries as clock_queries
from yimen.clocks.commands import Start
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.events import speak
from yimen.kit.rows import update_each
from yimen.law.clocks import ClockKind
from yimen.law.invariants import reason_objection
from yimen.law.limits import Limit, Unit
from yimen.law.said import said
from yimen.law.states import Verb
from yimen.ledger import commands as ledger
from yimen.ledger.choices import case_chain
from yimen.review.choices import Opinion
from yimen.review.events import TaskDone
from yimen.review.models import Task
from yimen.review.queries import of

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.clocks.models import Clock


class NoSuchTask(NotFound):
    code = "no_such_task"
    sentence = "这件办件没有这个审查环节，请刷新页面后重试。"


class TaskNotOpen(Refusal):
    code = "task_not_open"
    sentence = "“{name}”环节{why}，不能出具意见。"


class OpinionNeedsReason(Refusal):
    code = "reason_missing"
    sentence = "不同意的意见应当说明理由。"


@command
def lay_out(case: Case, *, by: Actor, at: datetime) -> list[Task]:
    """The edition's review steps become tasks, those of the first place open. Instant items have none (许可法 34)."""
    tasks = [
        Task(
            case=case, number=case.number, agency_id=case.agency_id, item_name=case.item_name,
            applicant_name=case.applicant_name, place=place, name=step.name, role=step.role, days=_days(step),
        )
        for place, step in _places(case)
    ]  # fmt: skip
    first = [task for task in tasks if task.place == 1]
    for task in first:
        task.opened_at, task.due_on = at, clock_queries.due_day(_limit(task), at)
    made = Task.objects.bulk_create(tasks)
    _start_clocks(case, first, at)
    if not made:
        note_reviewed(case, at=at)
    ledger.record(case_chain(case.number), "laid-out", by=by, at=at, tasks=[[task.place, task.name] for task in made])
    return made


@command
def opine(
    case: Case, *, task: int, opinion: Opinion, text: str, by: Actor, at: datetime, seen: int | None = None
) -> Task:
    """Give an opinion on an open task (出具意见). Who may: reviewers of the agency, not whoever accepted the case.

    Two people may finish side-by-side tasks at once, from pages of the same version: both succeed, so `seen` is not
    asked; a task that is done already refuses. Speaks TaskDone.
    Raises WrongState, NotYourDuty, AcceptedIt, NoSuchTask, TaskNotOpen, OpinionNeedsReason.
    """
    case = lock(case, paper=False)
    require(Verb.OPINE, case, by, at)
    tasks = of(case)
    chosen = _require_open(tasks, task)
    if opinion is Opinion.DISAGREE and reason_objection(text, act="不同意"):
        raise OpinionNeedsReason
    chosen.opinion, chosen.text, chosen.done_at, chosen.done_by_id = opinion, text, at, by.user
    chosen.save(update_fields=["opinion", "text", "done_at", "done_by"])
    clocks.stop(case.number, [ClockKind.STEP], at=at, key=_key(chosen))
    _open_next(case, tasks, chosen, at)
    if all(each.done_at is not None for each in tasks):
        note_reviewed(case, at=at)
    ledger.record(case_chain(case.number), Verb.OPINE, by=by, at=at, task=chosen.name, opinion=opinion)
    speak(TaskDone(number=case.number, task=chosen.pk, opinion=opinion, at=at))
    return chosen


@command
def follow_clocks(case: Case, *, by: Actor, at: datetime) -> None:
    """A pause has ended or the calendar has changed: open tasks are due when their clocks are."""
    due = {
        clock.key: clock.due_on for clock in clock_queries.of_many([case.number], [ClockKind.STEP]).get(case.number, [])
    }
    tasks = [task for task in of(case) if task.is_open and due.get(_key(task), task.due_on) != task.due_on]
    for task in tasks:
        task.due_on = due[_key(task)]
    update_each(tasks, ["due_on"])
    ledger.record(case_chain(case.number), "tasks-moved", by=by, at=at, tasks=[task.name for task in tasks])


@command
def hasten(case: Case, *, by: Actor, at: datetime) -> None:
    """A shorter promise was granted: steps of which the new edition gives fewer days take fewer here too.

    Those that are open as far as their clocks allow. Called by the reaction to CaseEased only.
    """
    days = {step.name: _days(step) for _place, step in _places(case)}
    tasks = [task for task in of(case) if task.done_at is None and days.get(task.name, task.days) < task.days]
    for task in tasks:
        task.days = days[task.name]
        clock = clocks.shorten(case.number, ClockKind.STEP, _limit(task), key=_key(task), at=at)
        task.due_on = clock.due_on if clock else task.due_on
    update_each(tasks, ["days", "due_on"])
    ledger.record(case_chain(case.number), "tasks-moved", by=by, at=at, tasks=[task.name for task in tasks])


@command
def drop(case: Case, *, by: Actor, at: datetime) -> None:
    """The case ended or was decided: what was not done needs no doing any more."""
    dropped = Task.objects.filter(case=case, done_at=None, dropped_at=None).update(dropped_at=at)
    ledger.record(case_chain(case.number), "tasks-dropped", by=by, at=at, count=dropped)


def _places(case: Case) -> list[tuple[int, Step]]:
    """Review steps with their place: a step beside the one before it shares its place."""
    document, place = terms(case.application), 0
    found: list[tuple[int, Step]] = []
    if document.instant:
        return []
    for step in document.steps:
        if step.kind is not StepKind.REVIEW:
            continue
        place += 0 if step.parallel_with_previous and found else 1
        found.append((place, step))
    return found


def _days(step: Step) -> int:
    """Whole working days: half a day is counted as one, as clocks count days."""
    return max(1, math.ceil(step.days or 1))


def _open(case: Case, tasks: list[Task], at: datetime) -> None:
    if not tasks:
        return
    for task, clock in zip(tasks, _start_clocks(case, tasks, at), strict=True):
        task.opened_at, task.due_on = at, clock.due_on
    update_each(tasks, ["opened_at", "due_on"])


def _start_clocks(case: Case, tasks: list[Task], at: datetime) -> list[Clock]:
    starts = [Start(ClockKind.STEP, _limit(task), _key(task)) for task in tasks]
    return clocks.start(case.number, starts, agency=case.agency_id, at=at) if starts else []


def _limit(task: Task) -> Limit:
    return Limit(task.days, Unit.WORKING_DAY, "实施清单载明的环节时限")


def _open_next(case: Case, tasks: list[Task], done: Task, at: datetime) -> None:
    """When all of a place are done, the next place opens."""
    if any(task.done_at is None for task in tasks if task.place == done.place):
        return
    later = [task for task in tasks if task.place > done.place]
    following = min((task.place for task in later), default=None)
    _open(case, [task for task in later if task.place == following], at)


def _require_open(tasks: list[Task], wanted: int) -> Task:
    found = next((task for task in tasks if task.pk == wanted), None)
    if found is None:
        raise NoSuchTask
    if found.done_at is not None:
        raise TaskNotOpen(name=found.name, why=said("已经出具过意见"))
    if not found.is_open:
        raise TaskNotOpen(name=found.name, why=said("还没有轮到"))
    return found


def _key(task: Task) -> str:
    return f"task:{task.pk}"
