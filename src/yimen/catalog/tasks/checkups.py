"""Findings follow what is released, within a minute."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yimen.catalog.commands import checkups
from yimen.kit.time import now


@app.periodic(cron="* * * * *")
@app.task(name="catalog.checkups", queueing_lock="catalog.checkups", pass_context=False)
def renew(timestamp: int = 0) -> None:
    """A few small statements where nothing has changed."""
    checkups.renew_checkups(at=now())
