"""Acceptance lays out the tasks; the end of a case drops what is left of them."""

from __future__ import annotations

from yimen.cases import events
from yimen.cases.queries import of_number
from yimen.kit.actor import Actor
from yimen.kit.events import hear
from yimen.review import commands
from yimen.review.queries import undone

WHY = "nobody may see an accepted case without its tasks, nor a task of a case that has ended"


@hear(events.CaseAccepted, now=True, why=WHY)
def lay_out_tasks(news: events.CaseAccepted) -> None:
    case = of_number(news.number)
    if not case.edition.doc.instant:
        commands.lay_out(case, by=Actor.system(), at=news.at)


@hear(events.CaseEnded, now=True, why=WHY)
def drop_tasks(news: events.CaseEnded) -> None:
    case = of_number(news.number)
    if undone(case, news.state) is not None:
        commands.drop(case, by=Actor.system(), at=news.at)
