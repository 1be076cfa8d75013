"""Finding people and firms, their data, who may act for whom. Looking at another person's data is written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.city.ports import Holder
from yimen.identity.access import SPEAKING, actor_for, bearer, number_hash, plain_name, speaks_for, user_named
from yimen.identity.choices import Document, user_chain
from yimen.identity.models import ApiToken, Holding, Mandate, Subject, User
from yimen.kit.actor import Actor
from yimen.kit.commands import read_once
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.prepared import prepared
from yimen.kit.time import day_of
from yimen.law import identifiers
from yimen.ledger.choices import LOOK, subject_chain
from yimen.ledger.commands import look
from yimen.ledger.queries import Line, latest, story

__all__ = [
    "account",
    "account_at_window",
    "account_of",
    "actor_for",
    "agents_of",
    "bearer",
    "events_of",
    "find_subject",
    "holders",
    "holders_by_post",
    "holding",
    "holdings_of",
    "looks_at",
    "mandate_of",
    "mandates_of",
    "mandates_to",
    "may_act_for",
    "person_named",
    "posts_of",
    "principals_of",
    "profile_value",
    "represented",
    "same_person",
    "staff_accounts",
    "subject",
    "subject_for_staff",
    "subjects",
    "tokens_of",
    "user_named",
    "user_of",
]


_STAFF = Q(subject=None) | Q(Exists(Holding.objects.filter(user=OuterRef("pk"))))


class NobodyNamed(Refusal):
    """The same for a number nobody has and for one that bears another name: it tells nothing about either."""

    code = "nobody_named"
    sentence = "没有找到姓名和证件号码都相符的人，请与对方核对。"
    status = 422


def find_subject(document: str, number: str) -> Subject | None:
    """By document and number, however it was typed. For one's own affairs; staff go through subject_for_staff."""
    return Subject.objects.filter(document=document, number_hash=number_hash(document, number)).first()


def person_named(document: str, number: str, name: str) -> Subject:
    """A registered person of whom somebody knows number and name. Raises NobodyNamed."""
    found = find_subject(document, number)
    if found is None or not found.is_person or plain_name(found.name) != plain_name(name):
        raise NobodyNamed
    return found


def subject(subject_id: int) -> Subject:
    """Raises NotFound."""
    found = _subject(subject_id)
    if not found:
        raise NotFound("没有找到这个人或单位。")
    return found[0]


@prepared
def _subject(key: int) -> QuerySet[Subject]:
    return Subject.objects.filter(pk=key)


def subjects(ids: Iterable[int]) -> dict[int, Subject]:
    """Several at once, for lists."""
    return Subject.objects.in_bulk(list(ids))


def same_person(subject_id: int) -> tuple[int, ...]:
    """Every record of this person or firm, the one asked for first: ask for rows by these, never by one alone."""
    return (subject_id,)


def subject_for_staff(
    document: str, number: str, *, by: Actor, at: datetime, purpose: str, case: str = "", what: str = "基本信息"
) -> Subject | None:
    """Find a subject for somebody at work, and write down that they looked, why, and for which case."""
    found = find_subject(document, number)
    if found is not None:
        look(found.pk, by=by, at=at, purpose=purpose, case=case, what=what)
    return found


def profile_value(one: Subject, key: str) -> Any:
    """The value behind a prefill key (person.gender, org.address, …); None when the city doesn't know it.

    A person's keys say nothing about a firm, nor the other way round. Birth date and gender are
    in a citizen number.
    """
    kind, _, name = key.partition(".")
    if kind != ("person" if one.is_person else "org"):
        return None
    own = {"name": one.name, "id_number" if one.is_person else "uscc": one.number}
    known = {**_from_number(one), **{word: value for word, value in one.profile.items() if value}, **own}
    return known.get(name)


def _from_number(one: Subject) -> dict[str, Any]:
    if one.document != Document.CITIZEN_ID:
        return {}
    number = one.number
    return {"birth_date": identifiers.birth_date(number).isoformat(), "gender": identifiers.gender(number).label}


def may_act_for(agent: int, principal: int, power: str, item: str, at: datetime) -> bool:
    """May one subject do this for another, in this item (slug)? For oneself always. 许可法 29."""
    if agent == principal:
        return True
    between = _between(agent, principal, day_of(at), at)
    return any(power in each.powers and (not each.items or item in each.items) for each in between)


@prepared
def _between(agent: int, principal: int, day: date, at: datetime) -> QuerySet[Mandate]:
    return Mandate.objects.valid(day, at).filter(agent=agent, principal=principal)


def principals_of(agent: int, at: datetime) -> list[Mandate]:
    """For whom somebody may act now: the mandates, each with its principal."""
    return read_once(f"identity.principals_of:{agent}:{at}", lambda: _given_to(agent, day_of(at), at))


@prepared
def _given_to(agent: int, day: date, at: datetime) -> QuerySet[Mandate]:
    return Mandate.objects.valid(day, at).filter(agent=agent).select_related("principal").order_by("id")


def agents_of(principal: int, at: datetime) -> list[Mandate]:
    """Who may act for somebody now: the mandates, each with its agent."""
    return list(Mandate.objects.in_force(at).filter(principal=principal).select_related("agent").order_by("id"))


def mandates_of(principal: int) -> QuerySet[Mandate]:
    """All that were ever given by a subject, newest first."""
    return Mandate.objects.filter(principal=principal).select_related("agent").order_by("-id")


def mandates_to(agent: int) -> QuerySet[Mandate]:
    """All that were ever given to a person, newest first."""
    return Mandate.objects.filter(agent=agent).select_related("principal").order_by("-id")


def mandate_of(mandate_id: int, *, by: Actor, at: datetime) -> Mandate:
    """One that the actor gave, or was given. Raises NotFound."""
    found = Mandate.objects.filter(pk=mandate_id).select_related("principal", "agent").first()
    if found is None or not (by.subject == found.agent_id or speaks_for(by, found.principal_id, at)):
        raise NotFound("没有找到这项授权。")
    return found


def represented(agent: int, at: datetime) -> list[Subject]:
    """The firms and wards in whose name somebody may give mandates, besides their own."""
    found = {each.principal_id: each.principal for each in principals_of(agent, at) if each.kind in SPEAKING}
    return list(found.values())


def looks_at(subject_id: int) -> list[Line]:
    """Who looked at somebody's data, newest first."""
    return [line for line in reversed(story(subject_chain(subject_id))) if line.verb == LOOK]


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
