"""The library's clockwork: batches that fell silent go on, what ends soon is told, old codes are forgotten."""

from __future__ import annotations

import logging
from datetime import datetime

from procrastinate.contrib.django import app

from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.kit.time import now
from yimen.vault import commands
from yimen.vault.commands import importing
from yimen.vault.queries.importing import silent_batches

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="vault.batches", queueing_lock="vault.batches", pass_context=False)
def revive(timestamp: int = 0) -> None:
    """Every minute: one that fell silent is under way again within two."""
    revive_silent(at=now())


def revive_silent(*, at: datetime) -> int:
    """How many were asked for again, or given up."""
    done = 0
    for batch in silent_batches(at):
        try:
            importing.revive_batch(batch, by=Actor.system(), at=at)
        except Refusal as refused:
            log.info("batch left as it is: %s", refused.detail)
        else:
            done += 1
    return done


@app.periodic(cron="10 8 * * *")
@app.task(name="vault.tell_expiries", queueing_lock="vault.tell_expiries")
def tell_expiries(timestamp: int = 0) -> None:
    """In the morning; whoever was told already is not told again."""
    commands.tell_expiries(at=now())


@app.periodic(cron="40 3 * * *")
@app.task(name="vault.forget_codes")
def forget_codes(timestamp: int = 0) -> None:
    """Codes that ran out a day ago."""
    commands.forget_codes(at=now())


@app.periodic(cron="50 3 * * *")
@app.task(name="vault.forget_batches", queueing_lock="vault.forget_batches")
def forget_batches(timestamp: int = 0) -> None:
    """Tables and scans of batches that were over long ago."""
    importing.forget_batches(at=now())
