"""Mandates for their page: whom one let act, for whom one may act; what a mandate means, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.queries import search
from yimen.identity.access import ENTERED_BY_CLERKS
from yimen.identity.choices import MandateKind, Power, ProofLevel
from yimen.identity.queries import mandates_of, mandates_to, represented, subject
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.time import day_of
from yimen.portal.queries.browsing import PERSON, short
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from yimen.identity.models import Mandate, Subject

ALL_ITEMS = 10_000
ENDED_SHOWN = 50


def givers(actor: Actor, at: datetime) -> list[Subject]:
    """In whose name the actor may give mandates: their own, their firms', their wards'."""
    if actor.subject is None:
        return []
    return [subject(actor.subject), *represented(actor.subject, at)]


def giver(actor: Actor, subject_id: int, at: datetime) -> Subject:
    """One of them. Raises NotFound: of whom one doesn't speak for one learns nothing."""
    found = next((each for each in givers(actor, at) if each.pk == subject_id), None)
    if found is None:
        raise NotFound
    return found


def page(actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything that the list shows: by giver what holds, what was given to oneself, what is over."""
    today, names = day_of(at), item_names()
    given = [(one, list(mandates_of(one.pk))) for one in givers(actor, at)]
    taken = list(mandates_to(actor.subject)) if actor.subject else []
    groups = [
        {
            "principal": one,
            "own": actor.is_one(one.pk),
            "lines": [_line(each, each.agent, names, today, mine=True) for each in rows if _holds(each, today)],
        }
        for one, rows in given
    ]
    over = [_line(each, each.agent, names, today, mine=True) for _one, rows in given for each in rows
            if not _holds(each, today)]  # fmt: skip
    over += [_line(each, each.principal, names, today, mine=False) for each in taken if not _holds(each, today)]
    return {
        "groups": groups,
        "taken": [_line(each, each.principal, names, today, mine=False) for each in taken if _holds(each, today)],
        "over": sorted(over, key=lambda line: -line["pk"])[:ENDED_SHOWN],
    }


def item_names(one: Subject | None = None) -> dict[str, str]:
    """{slug: name} of the items that a subject may apply for; of all items when none is given."""
    return {hit.slug: hit.name for hit in _items(one)}


def item_groups(one: Subject, held: Iterable[str]) -> list[dict[str, Any]]:
    """The same by agency, for choosing; held: what is chosen already, whose groups stand open."""
    chosen = set(held)
    by_agency = groupby(sorted(_items(one), key=lambda hit: (hit.agency, hit.name)), key=lambda hit: hit.agency)
    groups = []
    for agency, hits in by_agency:
        options = [{"value": hit.slug, "label": hit.name, "chosen": hit.slug in chosen} for hit in hits]
        count = sum(option["chosen"] for option in options)
        groups.append({"label": short(agency), "options": options, "count": count})
    return groups


def summary(wanted: Any, agent: Subject, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is about to be granted, for the page that checks."""
    return [
        {"label": _("受托人"), "value": f"{agent.name}（{agent.masked_number}）"},
        {"label": _("可以替您做"), "value": power_names(wanted.powers)},
        {"label": _("事项"), "value": [names[slug] for slug in wanted.items] or wanted.themes or _("所有事项")},
        {"label": _("期限"), "value": period(wanted.valid_from, wanted.valid_to)},
    ]


def power_names(powers: Iterable[str]) -> list[str]:
    """In the order in which they are asked."""
    held = set(powers)
    return [_(each.label) for each in Power if each in held]


def period(first: date, last: date | None) -> str:
    """From when until when, as people say it."""
    facts = {"first": plain_date(first), "last": plain_date(last)}
    return _("%(first)s 到 %(last)s") % facts if last else _("%(first)s 起，直到撤销") % facts


def _items(one: Subject | None) -> list[Any]:
    hits = search("", size=ALL_ITEMS).items
    if one is None:
        return list(hits)
    return [hit for hit in hits if (PERSON in hit.subjects if one.is_person else set(hit.subjects) - {PERSON})]


def _holds(mandate: Mandate, today: date) -> bool:
    """In force, or going to be."""
    return mandate.revoked_at is None and (mandate.valid_to is None or mandate.valid_to >= today)


def _line(mandate: Mandate, other: Subject, names: Mapping[str, str], today: date, *, mine: bool) -> dict[str, Any]:
    lasting = _holds(mandate, today)
    return {
        "pk": mandate.pk,
        "name": other.name,
        "number": other.masked_number,
        "kind": _(MandateKind(mandate.kind).label),
        "mine": mine,
        "period": period(mandate.valid_from, mandate.valid_to),
        "coming": lasting and mandate.valid_from > today,
        "waits": lasting and mandate.asks_consent and mandate.accepted_at is None,
        "accept_url": reverse("portal:accept_mandate", args=[mandate.pk]) if not mine else "",
        "level": _(ProofLevel(mandate.level).label),
        "themes": mandate.themes,
        "revoked": mandate.revoked_at,
        "powers": power_names(mandate.powers),
        "items": [names.get(slug, slug) for slug in mandate.items],
        "by_window": mandate.kind in ENTERED_BY_CLERKS,
        "end_url": reverse("portal:revoke_mandate", args=[mandate.pk]) if lasting else "",
    }
