"""By day: who is told that a mandate ends soon; copies whose days are over are thrown away."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from yimen.identity import commands as identity
from yimen.identity.queries import ending, outlived_copies
from yimen.kit.actor import Actor
from yimen.kit.time import day_of, now
from yimen.portal import commands


@app.periodic(cron="20 7 * * *")
@app.task(name="portal.each_morning", queueing_lock="portal.each_morning")
def each_morning(timestamp: int = 0) -> None:
    """What is told is told once: a day on which the worker stood still is caught up with."""
    warn_of_ends(now())
    drop_copies(now())


def warn_of_ends(at: datetime) -> None:
    today = day_of(at)
    for mandate in ending(today, today + timedelta(days=settings.YIMEN_MANDATE_WARNING_DAYS)):
        commands.warn_of_end(mandate, by=Actor.system(), at=at)


def drop_copies(at: datetime) -> None:
    for copy in outlived_copies(at):
        identity.drop_copy(copy, by=Actor.system(), at=at)
