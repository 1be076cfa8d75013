"""Acceptance lays out the tasks; the end of a case drops what is left of them."""

from __future__ import annotations

from yimen.cases import events
from yimen.cases.models import Case
from yimen.kit.actor import Actor
from yimen.kit.events import hear
from yimen.review import commands
from yimen.review.models import Task

WHY = "nobody may see an accepted case without its tasks, nor a task of a case that has ended"


@hear(events.CaseAccepted, now=True, why=WHY)
def lay_out_tasks(news: events.CaseAccepted) -> None:
    case = Case.objects.select_related("edition", "item").get(number=news.number)
    if not case.edition.doc.instant:
        commands.lay_out(case, by=Actor.system(), at=news.at)


@hear(events.CaseEnded, now=True, why=WHY)
def drop_tasks(news: events.CaseEnded) -> None:
    case = Case.objects.get(number=news.number)
    if Task.objects.filter(case=case, done_at=None, dropped_at=None).exists():
        commands.drop(case, by=Actor.system(), at=news.at)
