"""Several items that somebody puts together: what is chosen, what else could be, what it comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from yimen.catalog import queries as catalog
from yimen.catalog.queries.packaging import current_editions
from yimen.catalog.queries.packaging.choosing import MOST, Together
from yimen.kit.time import day_of
from yimen.vault.queries import held_by

if TYPE_CHECKING:
    from yimen.kit.actor import Actor

FOUND = 8


@dataclass(frozen=True)
class Line:
    """An item that is chosen, or could be. url: the page without it, or with it."""

    slug: str
    name: str
    agency: str
    url: str


def asked(given: QueryDict) -> list[str]:
    """The slugs in an address, each once; far more than can be put together are passed over."""
    return list(dict.fromkeys(given.getlist("item")))[: 4 * MOST]


def address(slugs: Iterable[str], **more: str) -> str:
    """The page with these items chosen."""
    given = [*(("item", slug) for slug in slugs), *((key, value) for key, value in more.items() if value)]
    return f"{reverse('portal:choose')}?{urlencode(given)}"


def lines(slugs: Sequence[str]) -> list[Line]:
    """What is chosen and can be applied for, each with the page without it."""
    editions = current_editions(slugs)
    return [
        Line(slug, editions[slug].doc.name, editions[slug].item.agency.name, address(e for e in slugs if e != slug))
        for slug in slugs
        if slug in editions
    ]


def others(q: str, slugs: Sequence[str], near: str) -> list[Line]:
    """What the search finds beside, each with the page with it."""
    found = catalog.search(q, size=FOUND + len(slugs), near=near).items if q else []
    return [
        Line(each.slug, each.name, each.agency, address([*slugs, each.slug], q=q))
        for each in found
        if each.slug not in slugs
    ][:FOUND]


def held_kinds(subjects: Collection[int], at: datetime) -> frozenset[str]:
    """The kinds of which somebody holds a valid licence: for these nothing has to wait."""
    day = day_of(at)
    return frozenset(each.kind.code for each in held_by(list(subjects)) if each.valid_on(day))


def own_kinds(actor: Actor, at: datetime) -> frozenset[str]:
    """The same for the reader, before it is known in whose name they apply."""
    return held_kinds(actor.subjects, at)


@dataclass(frozen=True)
class Sums:
    """How much one form saves."""

    fields: int
    fields_apart: int
    papers: int
    papers_apart: int


def sums(found: Together) -> Sums:
    """Of the merged form and list, against the items one by one."""
    assembly = found.resolution.assembly
    return Sums(
        fields=len(assembly.sheet().form_fields),
        fields_apart=sum(len(member.document.form_fields) for member in assembly.members),
        papers=sum(not each.given for each in assembly.materials),
        papers_apart=sum(len(member.document.materials) for member in assembly.members),
    )
