"""The lists are published on the first day of a quarter."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from procrastinate.contrib.django import app

from yimen.catalog.commands.publishing import AlreadyPublished, NothingToPublish, publish_lists
from yimen.catalog.queries.lists.quarters import first_day, quarter_of
from yimen.kit.actor import Actor
from yimen.kit.time import day_of, now

log = logging.getLogger(__name__)

# How long a platform that stood still on the first day makes up for it.
CATCH_UP = timedelta(days=7)


@app.periodic(cron="5 * * * *")
@app.task(name="catalog.publish_quarter", queueing_lock="catalog.publish_quarter", pass_context=False)
def publish_quarter(timestamp: int = 0) -> None:
    """Every hour, so that the first one of the quarter's first day finds it, whatever zone the machine is in."""
    publish_when_due(at=now())


def publish_when_due(*, at: datetime) -> None:
    """In the first days of a quarter what nobody has published yet."""
    quarter = quarter_of(day_of(at))
    if day_of(at) >= first_day(quarter) + CATCH_UP:
        return
    try:
        publish_lists(quarter, by=Actor.system(), at=at)
    except (AlreadyPublished, NothingToPublish) as refused:
        log.debug("%s", refused.detail)
