"""A correction that waits is timed as cases are: its clock, and the cards that come of it."""

from __future__ import annotations

from yimen.clocks import commands as clocks
from yimen.identity.events import CorrectionAnswered, CorrectionWaits
from yimen.kit.events import hear
from yimen.law.clocks import ClockKind
from yimen.supervision.choices import correction_matter
from yimen.supervision.commands import correction_clock


@hear(CorrectionWaits, now=True, why="what waits without its clock would be late unseen")
def time_correction(news: CorrectionWaits) -> None:
    """Asked by the person after a form had noticed it: the time begins anew, as its day does."""
    about = correction_matter(news.correction)
    clocks.stop(about, [ClockKind.CORRECTION], at=news.at)
    clocks.start(about, [correction_clock(news.days)], agency=news.agency, at=news.at)


@hear(CorrectionAnswered, now=True, why="an answered correction must get no card")
def stop_correction(news: CorrectionAnswered) -> None:
    clocks.stop(correction_matter(news.correction), [ClockKind.CORRECTION], at=news.at)
