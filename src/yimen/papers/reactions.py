"""A paper that was drawn up is set and signed by a job, after the commit of whatever it tells."""

from __future__ import annotations

from yimen.kit.events import hear
from yimen.kit.time import now
from yimen.papers.commands import finished
from yimen.papers.events import PaperDrawnUp
from yimen.papers.queries import by_number


@hear(PaperDrawnUp)
def set_and_sign(news: PaperDrawnUp) -> None:
    finished(by_number(news.number), at=now())
