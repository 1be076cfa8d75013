"""Uploads are taken up again when a worker ended in the middle; old ones are removed with their files."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from procrastinate.contrib.django import app

from yimen.catalog import commands
from yimen.catalog.commands.uploading.reviving import kept_since
from yimen.catalog.models import Upload
from yimen.catalog.queries.uploads import silent_uploads, uploads_before
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.kit.time import now

log = logging.getLogger(__name__)
MOST_AT_ONCE = 200


@app.periodic(cron="* * * * *")
@app.task(name="catalog.uploads", queueing_lock="catalog.uploads", pass_context=False)
def revive(timestamp: int = 0) -> None:
    """Every minute: one that fell silent is under way again within two."""
    revive_silent(at=now())


@app.periodic(cron="50 3 * * *")
@app.task(name="catalog.old_uploads", queueing_lock="catalog.old_uploads", pass_context=False)
def clear(timestamp: int = 0) -> None:
    """Every night."""
    remove_old(at=now())


def revive_silent(*, at: datetime) -> int:
    """How many were asked for again, or given up."""
    return sum(_done(commands.revive_upload, upload, at) for upload in silent_uploads(at))


def remove_old(*, at: datetime) -> int:
    """How many went. Some at a time, so that a first night doesn't hold the worker up."""
    before = kept_since(at)
    old = uploads_before(before)[:MOST_AT_ONCE] if before else ()
    return sum(_done(commands.remove_upload, each, at) for each in old)


def _done(verb: Callable[..., object], upload: Upload, at: datetime) -> bool:
    try:
        verb(upload, by=Actor.system(), at=at)
    except Refusal as refused:
        log.info("upload left as it is: %s", refused.detail)
        return False
    return True
