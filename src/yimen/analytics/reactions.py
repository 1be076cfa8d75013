"""An application is counted when it is sent, and anew when a supplement came and when the result was fetched."""

from __future__ import annotations

from yimen.analytics import commands
from yimen.applications.events import ApplicationSubmitted
from yimen.applications.queries import of_number
from yimen.cases.events import CaseSupplemented
from yimen.kit.events import hear
from yimen.kit.time import now
from yimen.results.events import ResultDelivered


@hear(ApplicationSubmitted)
def count_submission(news: ApplicationSubmitted) -> None:
    commands.count(of_number(news.number), now())


@hear(CaseSupplemented)
def count_supplement(news: CaseSupplemented) -> None:
    commands.count(of_number(news.number), now())


@hear(ResultDelivered)
def count_delivery(news: ResultDelivered) -> None:
    commands.count(of_number(news.number), now())
