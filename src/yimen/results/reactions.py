"""A grant is drawn up at once, so that whoever signs finds it ready."""

from __future__ import annotations

from yimen.cases.choices import Outcome
from yimen.cases.events import CaseDecided
from yimen.cases.queries import of_number
from yimen.kit.actor import Actor
from yimen.kit.events import hear
from yimen.results import commands


@hear(CaseDecided, now=True, why="a granted case without its drawn-up result could be delivered empty")
def draw_up_result(news: CaseDecided) -> None:
    if news.outcome == Outcome.GRANT:
        commands.draw_up(of_number(news.number), by=Actor.system(), at=news.at)
