"""The sweep, every minute, by the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yimen.kit.time import now
from yimen.supervision import commands


@app.periodic(cron="* * * * *")
@app.task(name="supervision.sweep", queueing_lock="supervision.sweep", pass_context=False)
def sweep(timestamp: int = 0) -> None:
    """Look at what is due a look. The lock keeps a slow sweep from piling up behind itself."""
    commands.sweep(at=now())
