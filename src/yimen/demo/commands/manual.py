"""One item is handled as all should be: its editor writes the staff manual (业务手册), both offices approve."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yimen.catalog import commands as catalog
from yimen.catalog import queries
from yimen.identity import queries as people
from yimen.kit.actor import Actor
from yimen.kit.time import day_of

if TYPE_CHECKING:
    from yimen.catalog.models import Edition

FILE = Path(__file__).resolve().parents[1] / "data" / "manual.json"
AGO = timedelta(days=200)
DAY = timedelta(days=1)


def write_manual(*, at: datetime) -> Edition:
    """Standards, review points, wordings, a discretion table and a question that spares a material, in a new edition.

    By the commands that everybody uses, some months before `at`: nothing is open then that it could touch.
    """
    told, began = json.loads(FILE.read_text("utf-8")), at - AGO
    draft = catalog.begin_draft(queries.current(told["slug"]).item, by=_hand("editor", began), at=began)
    saved = catalog.save_draft(
        draft, _with(draft.document, told), base=draft.revision, by=_hand("editor", began), at=began
    ).edition
    sent = catalog.submit(
        saved, planned_from=day_of(began + 5 * DAY), note=told["note"], by=_hand("editor", began), at=began
    )
    staffed = began + 2 * DAY
    catalog.approve(
        sent, digest=sent.digest, reason="权责清晰，未增加申请材料。", by=_hand("staffing", staffed), at=staffed
    )
    legal = began + 5 * DAY
    return catalog.approve(
        sent, digest=sent.digest, reason="裁量标准依据充分，同意发布。", by=_hand("legal", legal), at=legal
    )


def _hand(username: str, at: datetime) -> Actor:
    return people.actor_for(people.account(username), at)


def _with(document: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The document with what the file adds: fields at the end, materials by name, the manual."""
    return {
        **document,
        "form_fields": [*document["form_fields"], *told["fields"]],
        "materials": [{**row, **told["materials"].get(row["name"], {})} for row in document["materials"]],
        "manual": told["manual"],
    }
