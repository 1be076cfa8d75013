"""Who holds which post."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yimen.city.choices import city_chain, clash
from yimen.city.commands import DutiesClash
from yimen.identity import access
from yimen.identity.choices import user_chain
from yimen.identity.commands.passwords import OwnAccount
from yimen.identity.models import Holding, User
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Refusal, Stale
from yimen.law.said import said
from yimen.ledger.commands import record

if TYPE_CHECKING:
    from yimen.city.models import Post


class AlreadyHeld(Refusal):
    code = "already_held"
    sentence = "此人已在这个岗位上。"


@command
def assign_post(user: User, post: Post, *, since: datetime | None = None, by: Actor, at: datetime) -> Holding:
    """Put somebody on a post, from now or from a later instant. Duty administrator.

    Raises Forbidden, OwnAccount, AlreadyHeld, and DutiesClash when the duties of all posts held may not meet in
    one person.
    """
    access.require_administrator(by)
    if by.user is not None and by.user == user.pk:
        raise OwnAccount
    User.objects.select_for_update().get(pk=user.pk)
    held = Holding.objects.filter(user=user, until=None).select_related("post")
    _require_apart(frozenset(post.duties).union(*(each.post.duties for each in held)))
    try:
        with transaction.atomic():
            holding = Holding.objects.create(user=user, post=post, since=since or at)
    except IntegrityError as twice:
        raise AlreadyHeld from twice
    record(user_chain(user.pk), "post_given", by=by, at=at, post=post.code, since=holding.since)
    record(city_chain("post", post.code), "holder_came", by=by, at=at, user=user.pk, since=holding.since)
    return holding


@command
def end_holding(holding: Holding, *, reason: str = "", by: Actor, at: datetime) -> None:
    """Take somebody off a post at once. Duty administrator. Raises Forbidden, OwnAccount, Stale."""
    access.require_administrator(by)
    row = Holding.objects.select_for_update(of=("self",)).select_related("post").get(pk=holding.pk)
    if by.user is not None and by.user == row.user_id:
        raise OwnAccount
    if row.until is not None:
        raise Stale
    row.until = max(at, row.since)
    row.save(update_fields=["until"])
    record(user_chain(row.user_id), "post_taken", by=by, at=at, ground=reason, post=row.post.code)
    record(city_chain("post", row.post.code), "holder_left", by=by, at=at, ground=reason, user=row.user_id)


def object_to_duties(code: str, duties: frozenset[str], at: datetime) -> None:
    """Before a post's duties change: would a holder's other posts clash with them? Raises DutiesClash."""
    holders = Holding.objects.current(at).filter(post__code=code).values_list("user_id", flat=True)
    others = Holding.objects.current(at).filter(user__in=list(holders)).exclude(post__code=code)
    for each in others.select_related("post"):
        _require_apart(duties | frozenset(each.post.duties))


def _require_apart(duties: frozenset[str]) -> None:
    pair = clash(duties)
    if pair:
        raise DutiesClash(one=said(str(pair[0].label)), other=said(str(pair[1].label)))
