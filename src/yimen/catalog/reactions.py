"""What the worker does when somebody has sent a file, and when an edition changes from which others inherit."""

from __future__ import annotations

from yimen.catalog import commands, events
from yimen.catalog.models import Upload
from yimen.catalog.queries.delegation import behind
from yimen.identity.access import actor_for
from yimen.identity.queries import account_of
from yimen.kit.actor import Actor
from yimen.kit.events import hear
from yimen.kit.time import now


@hear(events.EditionReleased)
def follow_above(news: events.EditionReleased) -> None:
    """One standard, four levels: what inherits from the item says the same again; so does the item itself, if the one

    above it has changed while this edition was with the offices.
    """
    for item in behind(news.slug):
        commands.follow_upper(item, by=Actor.system(), at=now())


@hear(events.UploadBegun)
def look_at_upload(news: events.UploadBegun) -> None:
    upload = _upload(news.upload)
    if upload:
        commands.check_upload(upload, by=_actor(upload.begun_by), at=now())


@hear(events.UploadConfirmed)
def load_what_was_confirmed(news: events.UploadConfirmed) -> None:
    upload = _upload(news.upload)
    if upload:
        commands.load_upload(upload, by=_actor(news.by), at=now())


def _upload(number: int) -> Upload | None:
    return Upload.objects.select_related("file").filter(pk=number).first()


def _actor(user: int) -> Actor:
    """Whoever asked, with the rights they have now: a post may have ended meanwhile."""
    return actor_for(account_of(Actor(user=user)), now())
