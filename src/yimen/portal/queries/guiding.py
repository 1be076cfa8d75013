"""What a guide says beyond the edition itself: what the city has of the reader, drafts, the flow with its branches."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yimen.applications.queries import drafts, foreseen
from yimen.catalog.queries import in_force
from yimen.catalog.queries.coming import coming
from yimen.catalog.queries.delegation import lower_of
from yimen.catalog.queries.flow import chart
from yimen.catalog.queries.flow_svg import svg
from yimen.catalog.queries.life import item_of, items_named
from yimen.identity.queries import principals_of
from yimen.kit.actor import Actor
from yimen.kit.telling import translated
from yimen.kit.time import day_of
from yimen.law.resolution import Way
from yimen.portal.queries.applicants import covers
from yimen.portal.queries.browsing import link
from yimen.portal.queries.changes import changes

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.catalog.models import Edition

_DRAWN: dict[tuple[str, str], dict[str, Any]] = {}
MANY = 2000
FOR_WHOM = 5
"""For how many of those whom the reader may act for it is looked up what the city has."""


def held(edition: Edition, actor: Actor, at: datetime) -> dict[str, str]:
    """{material key: why} for what needn't be handed in: it lies in the reader's vault, or was handed in before."""
    if actor.subject is None or not edition.doc.materials:
        return {}
    subjects = [
        *actor.subjects,
        *(pk for each in principals_of(actor.subject, at) if covers(each, edition.doc.slug) for pk in each.principals),
    ]
    return {
        how.key: str(translated(how.why))
        for how in foreseen(edition, subjects[:FOR_WHOM], at)
        if how.met and how.way in (Way.LICENCE, Way.EARLIER)
    }


def drafts_of(edition: Edition, actor: Actor, at: datetime) -> list[Application]:
    """What the reader has begun for this item."""
    if actor.user is None:
        return []
    return [each for each in drafts(actor, at) if each.item.slug == edition.doc.slug and each.window_id is None]


def coming_to(edition: Edition, at: datetime) -> dict[str, Any] | None:
    """What takes the guide's place on a later day: since when, why, and what is different for whoever applies."""
    later = coming(edition, today=day_of(at))
    if later is None:
        return None
    return {"day": later.planned_from, "note": later.note, "changes": changes(edition.doc, later.doc)}


def flow(edition: Edition) -> dict[str, Any]:
    """The chart, and its drawing for the page; kept by what the edition says and the language it is said in."""
    key = (edition.digest, get_language() or "")
    if key not in _DRAWN:
        if len(_DRAWN) >= MANY:
            _DRAWN.pop(next(iter(_DRAWN)), None)
        drawn = chart(edition.doc)
        _DRAWN[key] = {"chart": drawn, "drawing": mark_safe(svg(drawn))}
    return _DRAWN[key]


def crumbs(edition: Edition) -> list[dict[str, str]]:
    """Home, the first theme, the item."""
    theme = edition.doc.theme[0] if edition.doc.theme else ""
    middle = [{"label": theme, "url": link({"theme": theme})}] if theme else []
    return [{"label": _("首页"), "url": reverse("portal:home")}, *middle, {"label": edition.doc.name, "url": ""}]


def address_of(edition: Edition) -> str:
    """The public address of the guide, for a QR code."""
    return f"{settings.YIMEN_ADDRESS}{reverse('portal:guide', args=[edition.doc.slug])}"


def local(edition: Edition) -> dict[str, Any]:
    """Where else it is kept: the edition from which this one is drawn, and the places that have their own."""
    item = edition.item
    lower = [each for each in lower_of(item) if in_force(each.pk)] if getattr(edition, "inherited", True) else []
    return {"upper": item.upper, "place": item.agency.division.name, "lower": lower}


def instead(slug: str) -> dict[str, Any]:
    """What is told of an item that can't be applied for: what takes its place, whom to ask."""
    item = item_of(slug)
    successors = [each for each in items_named(item.successors) if in_force(each.pk)]
    return {"item": item, "successors": successors, "phone": item.agency.window_phone or item.agency.phone}
