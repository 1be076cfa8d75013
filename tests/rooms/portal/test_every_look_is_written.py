"""No road to a case, an application or a paper can be added that shows somebody's data and writes no look.

The roads are read from the house itself: every desk address with a number of a case, every operation of the API that
reads one. Each is gone by whoever of the staff is let in, with a case in whichever state it takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.builders import walk
from tests.builders.catalog import field
from tests.builders.desk import at
from yimen.api import api
from yimen.applications import commands as applications
from yimen.applications.choices import Presented
from yimen.cases import commands as cases
from yimen.cases.queries import of_number
from yimen.cases.tasks import follow_promises
from yimen.identity import commands as identity
from yimen.identity.queries import looks_at
from yimen.results import commands as results
from yimen.sheets.queries import GivenFile
from yimen.supervision.commands import sweep
from yimen.supervision.models import Card

__all__ = ["at"]

pytestmark = pytest.mark.django_db
ITEM, INSTANT = "food-business-licence", "public-place-hygiene"
DAY, FILED = walk.at("2026-03-02"), "site_plan"
WHO = ("clerk", "reviewer", "chief", "deliverer", "supervisor")
TAKE_ONLY = {"check"}  # addresses that only take what is sent


@pytest.fixture
def town(db, at):
    return walk.town()


@pytest.fixture
def edition(town):
    asked = [*walk.document(ITEM)["form_fields"], field(FILED, "file")]
    return town.release(ITEM, tolerance_days=5, form_fields=asked)


@pytest.fixture
def matters(town, edition):
    """One case in each state in which some page of the desk opens."""
    clerk, chief = town.act("clerk2", DAY), town.act("chief", DAY)
    reviewer = town.act("reviewer", DAY)
    asked = cases.ask_supplement(
        walk.received(town, edition, at=DAY), materials=[{"key": "m03", "reason": "不清晰"}], by=clerk, at=DAY
    )
    paused = cases.pause(
        walk.accepted(town, edition, at=DAY), ground="听证", planned_days=5, reason="有人申请。", by=reviewer, at=DAY
    )
    decided = walk.decided(town, edition, at=DAY)
    return [
        _filed(town, edition),
        walk.received(town, town.release(INSTANT), at=DAY),
        asked,
        walk.accepted(town, edition, at=DAY),
        paused,
        walk.reviewed(town, edition, at=DAY),
        _unkept(town, edition),
        decided,
        results.issue(walk.decided(town, edition, at=DAY), by=chief, at=DAY),
        walk.closed(town, edition, at=DAY),
    ]


def _filed(town, edition):
    """A question of its form is answered with a file."""
    draft, owner = walk.apply_for(town, edition, at=DAY), town.act("owner", DAY)
    applications.answer(draft, {FILED: GivenFile("图.pdf", walk.PDF)}, by=owner, at=DAY)
    applications.submit(draft, by=owner, at=DAY)
    return of_number(draft.number)


def _unkept(town, edition):
    """Accepted with a promise whose day has passed."""
    draft, owner = walk.apply_for(town, edition, at=DAY), town.act("owner", DAY)
    key = next(each.key for each in edition.doc.materials if each.necessity.value == "容缺")
    for each in draft.documents.filter(material=key):
        applications.remove(each, by=owner, at=DAY)
    applications.attach(draft, key, presented=Presented.PROMISE, by=owner, at=DAY)
    applications.submit(draft, by=owner, at=DAY)
    case = cases.accept(of_number(draft.number), by=town.act("clerk", DAY), at=DAY)
    follow_promises(at=walk.at("2026-03-20T07:30"))
    return case


def desk_roads(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """(address, name) of every page at the desk about the case of a number."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from desk_roads(pattern.url_patterns, address)
        elif address.startswith("desk/") and "cases/<str:number>/" in address and pattern.name not in TAKE_ONLY:
            yield address, pattern.name


def api_roads() -> list[str]:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    found = [path for path, operations in paths.items() if "get" in operations and "{number}" in path]
    return [path for path in found if "/cases/" in path or "/applications/" in path if "/public/" not in path]


def seen_by_somebody(browsers: dict[str, Client], address: str, matters) -> tuple[str, object] | None:
    """Who is let in, with which case; None when nobody is."""
    for case in matters:
        document = case.application.documents.filter(file__isnull=False).first()
        place = "/" + address.replace("<str:number>", case.number).replace("{number}", case.number)
        place = place.lstrip("/") if place.startswith("//") else place
        place = place.replace("<int:document>", str(document.pk))
        place = place.replace("<slug:name>", FILED).replace("{name}", FILED)
        for who, browser in browsers.items():
            before = len(looks_at(case.subject_id))
            if browser.get("/" + place.lstrip("/")).status_code == 200:
                fresh = looks_at(case.subject_id)
                return who, fresh[: len(fresh) - before]
    return None


def test_every_page_of_the_desk_about_a_case_writes_a_look(town, matters):
    browsers = {who: Client() for who in WHO}
    for who, browser in browsers.items():
        browser.force_login(town.users[who])

    roads = dict(desk_roads(get_resolver().url_patterns))
    found = {address: seen_by_somebody(browsers, address, matters) for address in roads}

    assert len(roads) > 20
    assert [address for address, seen in found.items() if seen is None] == [], "nobody was let in: show in which state"
    assert [address for address, seen in found.items() if seen is not None and not _told(seen[1])] == []


def test_every_reading_of_a_case_by_the_api_writes_a_look(town, matters):
    day = walk.at("2026-03-02")
    browsers = {}
    for who in ("reviewer", "clerk"):
        token = identity.make_token(town.users[who], life=timedelta(days=3650), by=town.act(who, day), at=day)
        browsers[who] = Client(headers={"authorization": f"Bearer {token}"})

    roads = api_roads()
    found = {address: seen_by_somebody(browsers, address, matters) for address in roads}

    assert {"/api/v1/cases/{number}", "/api/v1/applications/{number}"} <= set(roads)
    assert [address for address, seen in found.items() if seen is None] == []
    assert [address for address, seen in found.items() if seen is not None and not _told(seen[1])] == []


def _told(lines) -> bool:
    """Is there a look that says why, at what, in which case?"""
    return any(line.ground and line.facts["what"] and line.facts["case"] for line in lines)


def test_a_card_of_supervision_opens_its_case_and_writes_a_look(town, edition):
    case = walk.accepted(town, edition, at=DAY)
    sweep(at=walk.at("2026-06-01"))
    card = Card.objects.filter(number=case.number).order_by("id").first()
    browser = Client()
    browser.force_login(town.users["supervisor"])
    before = len(looks_at(case.subject_id))

    assert browser.get(f"/desk/supervision/cards/{card.pk}/").status_code == 200

    fresh = looks_at(case.subject_id)
    assert _told(fresh[: len(fresh) - before])
