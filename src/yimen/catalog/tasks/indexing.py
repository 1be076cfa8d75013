"""The search index follows what is released: at once, and every minute if something was missed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yimen.catalog.commands import indexing
from yimen.kit.time import now


@app.task(name="catalog.index", lock="catalog.index", pass_context=False)
def index() -> None:
    """Costs two small statements where another job has seen the change already."""
    indexing.renew_index(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="catalog.index_again", lock="catalog.index", queueing_lock="catalog.index_again", pass_context=False)
def index_again(timestamp: int = 0) -> None:
    """A job may have looked before a slow release was committed."""
    indexing.renew_index(at=now())
