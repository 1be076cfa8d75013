"""The sweep, every minute, by the worker; each hour, what waits without a clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yimen.kit.actor import Actor
from yimen.kit.time import now
from yimen.supervision import commands


@app.periodic(cron="* * * * *")
@app.task(name="supervision.sweep", queueing_lock="supervision.sweep", pass_context=False)
def sweep(timestamp: int = 0) -> None:
    """Look at what is due a look. The lock keeps a slow sweep from piling up behind itself."""
    commands.sweep(at=now())


@app.periodic(cron="25 * * * *")
@app.task(name="supervision.corrections", queueing_lock="supervision.corrections", pass_context=False)
def corrections(timestamp: int = 0) -> None:
    """Corrections from before they were timed get their clocks; mostly there are none."""
    if commands.untimed_corrections():
        commands.time_corrections(by=Actor.system(), at=now())
