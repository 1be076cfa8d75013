"""A grant is drawn up at once, so that whoever signs finds it ready; a void case takes its results back."""

from __future__ import annotations

from yimen.cases.choices import Outcome
from yimen.cases.events import CaseDecided, CaseEnded, DecisionRevoked
from yimen.cases.queries import of_number
from yimen.kit.actor import Actor
from yimen.kit.events import hear
from yimen.law.states import State
from yimen.results import commands


@hear(CaseDecided, now=True, why="a granted case without its drawn-up result could be delivered empty")
def draw_up_result(news: CaseDecided) -> None:
    if news.outcome == Outcome.GRANT:
        commands.draw_up(of_number(news.number), by=Actor.system(), at=news.at)


@hear(DecisionRevoked, now=True, why="a licence of a revoked decision must not be valid for a moment longer")
def take_back_revoked(news: DecisionRevoked) -> None:
    commands.recall(of_number(news.number), reason=news.reason, by=Actor.system(), at=news.at)


@hear(CaseEnded, now=True, why="a licence of a void case must not be valid for a moment longer")
def take_back(news: CaseEnded) -> None:
    case = of_number(news.number)
    if news.state == State.VOID and case.decided_at is not None:
        commands.recall(case, reason=case.reason, by=Actor.system(), at=news.at)
