"""When the calendar changes, clocks that count through the changed days are reckoned anew."""

from __future__ import annotations

from yimen.city.events import CalendarChanged
from yimen.clocks import commands
from yimen.kit.actor import Actor
from yimen.kit.events import hear
from yimen.kit.time import now


@hear(CalendarChanged)
def reckon_anew(news: CalendarChanged) -> None:
    commands.recompute(first=news.first, last=news.last, by=Actor.system(), at=now())
