"""Who may act for whom: mandates in force, given and taken; a person's other records always count in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from yimen.identity.access import SPEAKING, records, records_behind, same_person, speaks_for
from yimen.identity.models import Mandate, Subject
from yimen.identity.ports import items_of, themes_of
from yimen.kit.actor import Actor
from yimen.kit.commands import read_once
from yimen.kit.errors import NotFound
from yimen.kit.prepared import prepared
from yimen.kit.time import day_of
from yimen.law import mandates as law

NOTHING = "-"


def may_act_for(agent: int, principal: int, power: str, item: str, at: datetime) -> bool:
    """May one subject do this for another, in this item (slug)? For oneself always. 许可法 29."""
    if agent == principal:
        return True
    between = _between(agent, principal, day_of(at), at)
    themes = themes_of(item) if any(each.themes for each in between) else frozenset[str]()
    if any(law.obstacle(authority(each), power=power, item=item, themes=themes, at=at) is None for each in between):
        return True
    return agent in same_person(principal)


def roles_between(agent: int, principal: int, at: datetime) -> frozenset[str]:
    """What somebody is to another now, by mandates in force: kinds (MandateKind)."""
    return frozenset(each.kind for each in _between(agent, principal, day_of(at), at))


def authority(mandate: Mandate) -> law.Authority:
    """A mandate as the law reads it."""
    return law.Authority(
        kind=mandate.kind,
        powers=frozenset(mandate.powers),
        first=mandate.valid_from,
        last=mandate.valid_to,
        items=frozenset(mandate.items),
        themes=frozenset(mandate.themes),
        revoked_at=mandate.revoked_at,
        asks_consent=mandate.asks_consent,
        accepted_at=mandate.accepted_at,
    )


@prepared
def _between(agent: int, principal: int, day: date, at: datetime) -> QuerySet[Mandate]:
    return Mandate.objects.valid(day, at).filter(agent__in=records(agent), principal__in=records(principal))


def principals_of(agent: int, at: datetime) -> list[Mandate]:
    """For whom somebody may act now: the mandates, each with its principal.

    `items` names those of its themes too; `principals` are all records of the principal.
    """
    return read_once(f"identity.principals_of:{agent}:{at}", lambda: _spelt_out(_given_to(agent, day_of(at), at)))


@prepared
def _given_to(agent: int, day: date, at: datetime) -> QuerySet[Mandate]:
    rows = Mandate.objects.valid(day, at).filter(agent__in=records(agent)).select_related("principal").order_by("id")
    return rows.annotate(records=records_behind("principal"))


def _spelt_out(found: list[Mandate]) -> list[Mandate]:
    """A theme without items lets nobody do anything: never empty, for that would mean everything."""
    for each in found:
        if each.themes:
            each.items = [*each.items, *items_of(each.themes)] or [NOTHING]
    return found


def agents_of(principal: int, at: datetime) -> list[Mandate]:
    """Who may act for somebody now: the mandates, each with its agent."""
    rows = Mandate.objects.in_force(at).filter(principal__in=records(principal))
    return list(rows.select_related("agent").order_by("id"))


def mandates_of(principal: int) -> QuerySet[Mandate]:
    """All that were ever given by a subject, newest first."""
    return Mandate.objects.filter(principal__in=records(principal)).select_related("agent").order_by("-id")


def mandates_to(agent: int) -> QuerySet[Mandate]:
    """All that were ever given to a person, newest first."""
    return Mandate.objects.filter(agent__in=records(agent)).select_related("principal").order_by("-id")


def mandate_of(mandate_id: int, *, by: Actor, at: datetime) -> Mandate:
    """One that the actor gave, or was given. Raises NotFound."""
    found = Mandate.objects.filter(pk=mandate_id).select_related("principal", "agent").first()
    if found is None or not (by.is_one(found.agent_id) or speaks_for(by, found.principal_id, at)):
        raise NotFound("没有找到这项授权。")
    return found


def represented(agent: int, at: datetime) -> list[Subject]:
    """The firms and wards in whose name somebody may give mandates, besides their own."""
    found = {each.principal_id: each.principal for each in principals_of(agent, at) if each.kind in SPEAKING}
    return list(found.values())


def ending(first: date, last: date) -> Iterable[Mandate]:
    """Mandates whose last day lies between two days, both included, and that nobody ended before."""
    rows = Mandate.objects.filter(valid_to__gte=first, valid_to__lte=last, revoked_at=None)
    return rows.select_related("principal", "agent").order_by("id")
