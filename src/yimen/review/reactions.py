"""Acceptance lays out the tasks; the end of a case drops what is left of them."""

from __future__ import annotations

from yimen.cases import events
from yimen.cases.queries import of_number, of_numbers
from yimen.clocks.events import DueDayMoved
from yimen.kit.actor import Actor
from yimen.kit.events import hear
from yimen.kit.time import now
from yimen.law.clocks import ClockKind
from yimen.review import commands
from yimen.review.queries import undone

DUE = "a work list must never show a due day that the task's clock doesn't have"
WHY = "nobody may see an accepted case without its tasks, nor a task of a case that has ended"


@hear(events.CaseAccepted, now=True, why=WHY)
def lay_out_tasks(news: events.CaseAccepted) -> None:
    commands.lay_out(of_number(news.number), by=Actor.system(), at=news.at)


@hear(events.CasePaused, now=True, why=DUE)
def follow_pause(news: events.CasePaused) -> None:
    commands.follow_clocks(of_number(news.number), by=Actor.system(), at=news.at)


@hear(events.CaseResumed, now=True, why=DUE)
def follow_resumption(news: events.CaseResumed) -> None:
    commands.follow_clocks(of_number(news.number), by=Actor.system(), at=news.at)


@hear(DueDayMoved, now=True, why=DUE)
def follow_calendar(news: DueDayMoved) -> None:
    case = of_numbers([news.about]).get(news.about) if news.kind == ClockKind.STEP else None
    if case is not None:
        commands.follow_clocks(case, by=Actor.system(), at=now())


@hear(events.CaseEased, now=True, why=DUE)
def follow_easing(news: events.CaseEased) -> None:
    if news.faster:
        commands.hasten(of_number(news.number), by=Actor.system(), at=news.at)


@hear(events.CaseEnded, now=True, why=WHY)
def drop_tasks(news: events.CaseEnded) -> None:
    case = of_number(news.number)
    if undone(case, news.state) is not None:
        commands.drop(case, by=Actor.system(), at=news.at)
