"""Where a visitor is: the place chosen last, kept on the device only; and the places of a hit as a page tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.catalog import queries as catalog
from yimen.portal.queries.browsing import short

COOKIE = "yimen_place"
YEAR = 365 * 24 * 3600
CODE = re.compile(r"\d{6,12}")
FEW = 4


@dataclass(frozen=True)
class Place:
    """A place where something can be done, as a link."""

    label: str
    url: str


@dataclass(frozen=True)
class Shown:
    """A hit with its other places: a few at once, the rest on demand; beyond: those that aren't told at all."""

    hit: catalog.ItemHit
    first: list[Place]
    more: list[Place]
    beyond: int


def near(request: HttpRequest) -> str:
    """The code of the place that was chosen last on this device."""
    code = request.COOKIES.get(COOKIE, "")
    return code if CODE.fullmatch(code) else ""


def remember(answer: HttpResponse, code: str) -> None:
    """Keep the place on this device, or forget it."""
    if CODE.fullmatch(code):
        answer.set_cookie(COOKIE, code, max_age=YEAR, samesite="Lax", httponly=True)
    else:
        answer.delete_cookie(COOKIE)


def shown(hits: Iterable[catalog.ItemHit]) -> list[Shown]:
    """Hits as a page shows them."""
    return [_shown(hit) for hit in hits]


def _shown(hit: catalog.ItemHit) -> Shown:
    if hit.place_count == 1:
        return Shown(hit, [], [], 0)
    divisions = [each.division for each in hit.places]
    places = [
        Place(
            each.division_name if divisions.count(each.division) == 1 else short(each.agency),
            reverse("portal:guide", args=[each.slug]),
        )
        for each in hit.places
    ]
    return Shown(hit, places[:FEW], places[FEW:], hit.place_count - len(places))
