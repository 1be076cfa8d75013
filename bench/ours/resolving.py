"""How each material is met: the law alone, and with the library and earlier cases read from the database."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.figures import latencies
from bench.ours import town
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.applications.queries import documents, lacking, resolving
from yimen.catalog import queries as catalog
from yimen.demo.queries import sample_answers
from yimen.kit.commands import remembering
from yimen.kit.time import now
from yimen.law.resolution import Demand, EarlierPaper, HeldLicence, Holdings, Situation, Trust, resolve

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.catalog.models import Edition
    from yimen.kit.actor import Actor

TODAY, ITEM = date(2026, 3, 2), "food-business-licence"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def resolved(seconds: float = 5, licences: int = 30, papers: int = 60) -> dict[str, float]:
    """The materials of every item in turn for somebody with many licences and earlier papers, by the law alone."""
    held = Holdings(licences=_licences(licences), earlier=_papers(papers))
    situations = [
        (demands, Situation(item=slug, today=TODAY, consent=True, tolerance_until=TODAY + timedelta(days=15)))
        for slug, demands in _editions()
    ]
    done = materials = 0
    begun = time.perf_counter()
    for demands, situation in cycle(situations):
        materials += len(resolve(demands, situation, held))
        done += 1
        if time.perf_counter() - begun > seconds:
            break
    took = time.perf_counter() - begun
    return {"applications_per_s": done / took, "materials_per_s": materials / took, "items": len(situations)}


def resolved_for_somebody(cases: int = 200, times: int = 200) -> dict[str, Any]:
    """The same for a firm's draft after so many of its cases with their papers, with all statements."""
    place, at = town.town(), now()
    by, edition = place.act("owner", at), catalog.current(ITEM)
    for _ in range(cases):
        applications.submit(_filled(place, edition, by, at), by=by, at=at)
    draft = applications.begin(edition=edition, subject=place.firm, channel=Channel.WEB, by=by, at=at)
    draft.refresh_from_db()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        with remembering():
            resolving.resolutions(draft, at)
        took.append(time.perf_counter() - begun)
    with CaptureQueriesContext(connection) as asked, remembering():
        resolving.resolutions(draft, at)
    return {**latencies(took), "per_s": len(took) / sum(took), "statements": len(asked.captured_queries)}


def _filled(place: town.Town, edition: Edition, by: Actor, at: datetime) -> Application:
    begun = applications.begin(edition=edition, subject=place.firm, channel=Channel.WEB, by=by, at=at)
    applications.answer(begun, sample_answers(edition.doc, begun.answers), by=by, at=at)
    begun.refresh_from_db()
    for lack in lacking(begun, documents(begun), at=at):
        applications.attach(begun, lack.key, upload=(f"{lack.key}.pdf", PDF), by=by, at=at)
    return begun


def _editions() -> list[tuple[str, list[Demand]]]:
    found = []
    for each in catalog.all_current():
        form = bool(each.doc.form_fields)
        found.append((each.doc.slug, [resolving.demand(one, form=form) for one in each.doc.materials]))
    return found


def _licences(count: int) -> list[HeldLicence]:
    kinds = sorted({each.licence for _slug, demands in _editions() for each in demands if each.licence})
    return [
        HeldLicence(number, kind, kind, Trust.A, TODAY - timedelta(days=number), None, TODAY + timedelta(days=number))
        for number, kind in zip(range(1, count + 1), cycle(kinds), strict=False)
    ]


def _papers(count: int) -> list[EarlierPaper]:
    wanted = [(slug, each) for slug, demands in _editions() for each in demands]
    return [
        EarlierPaper(
            number, slug, slug, each.key, each.need.name, Trust("ABCD"[number % 4]), TODAY - timedelta(days=number)
        )
        for number, (slug, each) in zip(range(1, count + 1), cycle(wanted), strict=False)
    ]
