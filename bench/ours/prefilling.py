"""Filling a long form with what is known, for a firm with many earlier cases of several items."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.figures import latencies
from bench.ours import town
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.applications.models import Application
from yimen.applications.queries.earlier import known_for
from yimen.catalog import commands as catalog
from yimen.catalog import queries
from yimen.catalog.models import Edition
from yimen.city.models import Agency
from yimen.kit.actor import Actor
from yimen.kit.time import now
from yimen.sheets.queries import library

ITEMS, FIELDS = 5, 60
PLAIN = ("text", "number", "date", "phone")
VALUES = {"text": "江南路 1 号", "number": 120, "date": "2026-03-02", "phone": "0753-2345678"}


def prefilled(cases: int = 200, times: int = 200) -> dict[str, Any]:
    """Known values for a form of 60 questions, as a draft is begun; earlier cases of this item and four others."""
    place, at = town.town(), now()
    by = place.act("owner", at)
    agency = queries.current(town.ITEM).item.agency
    editions = [_release(agency, turn, at) for turn in range(ITEMS)]
    applications.give_consent(place.firm, channel=Channel.WEB, by=by, at=at)
    _earlier(place, editions, by, at, cases)
    took, statements = [], 0
    for turn in range(times):
        begun = time.perf_counter()
        known = known_for(editions[0].doc, editions[0].item_id, place.firm, [place.firm.pk], by=by, at=at)
        took.append(time.perf_counter() - begun)
        if turn == 0:
            with CaptureQueriesContext(connection) as counted:
                known_for(editions[0].doc, editions[0].item_id, place.firm, [place.firm.pk], by=by, at=at)
            statements = len(counted)
    return {**latencies(took), "filled": len(known), "statements": statements, "cases": cases, "fields": FIELDS}


def _release(agency: Agency, turn: int, at: datetime) -> Edition:
    """Items whose forms ask fields of the library; each asks some that the others don't."""
    elements = [
        each for each in library().fields.values() if each.kind.value in PLAIN and each.sensitivity != "sensitive"
    ]
    chosen = (elements[turn * 5 :] + elements)[:FIELDS]
    fields = [
        {"name": f"f{place}", "label": each.name, "type": each.kind.value, "element": each.code}
        for place, each in enumerate(chosen)
    ]
    raw = {
        "slug": f"bench-form-{turn}", "name": f"长表事项{turn}", "kind": "公共服务", "subjects": ["企业法人"],
        "department": agency.department, "level": ["县"], "case_type": "承诺件", "statutory_days": 20,
        "promised_days": 5, "fee": {"charged": False}, "visits": 0, "online_depth": "四级",
        "steps": [{"name": "受理", "role": "综合窗口"}, {"name": "决定", "role": "负责人"}], "form_fields": fields,
    }  # fmt: skip
    return catalog.release(raw, agency=agency, by=Actor.system(), at=at)


def _earlier(place: Any, editions: list[Edition], by: Actor, at: datetime, cases: int) -> None:
    """Submitted ones, written as their rows: how they came about is measured elsewhere."""
    for turn in range(cases):
        edition = editions[turn % ITEMS]
        draft = applications.begin(edition=edition, subject=place.firm, channel=Channel.WEB, by=by, at=at)
        answers = {field.name: VALUES[field.type.value] for field in edition.doc.form_fields}
        Application.objects.filter(pk=draft.pk).update(answers=answers, stage="submitted", submitted_at=at)
