"""Accounts and posts held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.city.ports import Holder
from yimen.identity.choices import user_chain
from yimen.identity.models import ApiToken, Holding, User
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.prepared import prepared
from yimen.ledger.queries import Line, latest

_STAFF = Q(subject=None) | Q(Exists(Holding.objects.filter(user=OuterRef("pk"))))


def staff_accounts(asked: str = "") -> QuerySet[User]:
    """Accounts of people who hold or held a post, or have no person behind them; asked: part of a user name or name.

    The public's accounts are not for browsing: they are found by their whole user name only.
    """
    if not asked:
        return User.objects.filter(_STAFF)
    part = Q(username__icontains=asked) | Q(name__icontains=asked)
    return User.objects.filter((_STAFF & part) | Q(username=asked.lower()))


def account(username: str) -> User:
    """Raises NotFound."""
    found = _named(username)
    if not found:
        raise NotFound("没有这个账号。")
    return found[0]


@prepared
def _named(username: str) -> QuerySet[User]:
    return User.objects.filter(username=username)


def account_names(accounts: Iterable[int]) -> dict[int, str]:
    """{account: the name of whoever it belongs to}."""
    return dict(User.objects.filter(pk__in=list(accounts)).values_list("pk", "name"))


def account_of(actor: Actor) -> User:
    """The account behind an actor, with its person. Raises NotFound for the platform and the anonymous."""
    found = User.objects.select_related("subject").filter(pk=actor.user).first() if actor.user else None
    if found is None:
        raise NotFound("没有这个账号。")
    return found


def account_at_window(subject_id: int) -> User | None:
    """The account of a person who stands at the window, closed or not."""
    return User.objects.filter(subject=subject_id).first()


def tokens_of(user: User, at: datetime) -> list[datetime]:
    """Until when each access token of an account lasts."""
    rows = ApiToken.objects.filter(user=user, expires_at__gt=at).order_by("expires_at")
    return list(rows.values_list("expires_at", flat=True))


def events_of(user: User, size: int = 20) -> list[Line]:
    """What happened with an account, newest first."""
    return latest(user_chain(user.pk), size)


def user_of(subject_id: int) -> User | None:
    """The account of a person, for messages to them."""
    return User.objects.filter(subject=subject_id, is_active=True).first()


def holders(post_ids: Iterable[int], at: datetime) -> QuerySet[Holding]:
    """Who holds these posts now."""
    return Holding.objects.current(at).filter(post__in=list(post_ids)).select_related("user").order_by("since", "id")


def holding(holding_id: int) -> Holding:
    """Raises NotFound."""
    found = Holding.objects.filter(pk=holding_id).select_related("user", "post").first()
    if found is None:
        raise NotFound("没有这条在岗记录。")
    return found


def posts_of(user_ids: Iterable[int], at: datetime) -> dict[int, list[str]]:
    """The names of the posts that each of these people holds now."""
    found: dict[int, list[str]] = {}
    for each in Holding.objects.current(at).filter(user__in=list(user_ids)).select_related("post").order_by("since"):
        found.setdefault(each.user_id, []).append(each.post.name)
    return found


def holders_by_post(post_ids: Iterable[int], at: datetime) -> dict[int, list[Holder]]:
    """For city's list of posts."""
    found: dict[int, list[Holder]] = {}
    for each in holders(post_ids, at):
        found.setdefault(each.post_id, []).append(Holder(each.user.name, each.since))
    return found


def holdings_of(user: User, at: datetime) -> QuerySet[Holding]:
    """The posts somebody holds now."""
    return Holding.objects.current(at).filter(user=user).select_related("post", "post__agency").order_by("since", "id")
