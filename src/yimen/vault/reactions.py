"""What the worker does: a licence that was signed gets its layout file, a batch of old licences is looked at, entered.

Both after the commit: signing doesn't wait for it.
"""

from __future__ import annotations

from yimen.identity.access import actor_for
from yimen.identity.queries import account_of
from yimen.kit.actor import Actor
from yimen.kit.events import hear
from yimen.kit.time import now
from yimen.vault import events, queries
from yimen.vault.commands import filed, importing
from yimen.vault.events import LicenceSigned
from yimen.vault.models import Batch


@hear(LicenceSigned)
def set_file(news: LicenceSigned) -> None:
    """What was made for a case; what was taken in has a file of its own, or gets one when somebody asks for it."""
    licence = queries.one(news.licence) if news.case else None
    if licence is not None:
        filed(licence, at=now())


@hear(events.BatchMapped)
def look_at_batch(news: events.BatchMapped) -> None:
    batch = _batch(news.batch)
    if batch:
        importing.read_batch(batch, by=_actor(news.by), clock=now)


@hear(events.BatchPassed)
def enter_what_passed(news: events.BatchPassed) -> None:
    batch = _batch(news.batch)
    if batch:
        importing.enter_batch(batch, by=_actor(news.by), clock=now)


def _batch(number: int) -> Batch | None:
    return Batch.objects.select_related("kind", "agency", "table", "scans").filter(pk=number).first()


def _actor(user: int) -> Actor:
    """Whoever asked, with the rights they have now: a post may have ended meanwhile."""
    return actor_for(account_of(Actor(user=user)), now())
